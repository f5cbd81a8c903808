"""What stands in deploy/ keeps to the schemas, and agrees with the image, the settings, the metrics and with itself."""

import copy
import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from itertools import combinations
from pathlib import Path
from typing import Any

import jsonschema
import kubernetes_validate
import promql_parser
import pytest
import yaml

from bot.discord.desk import LAST_WORDS_SECONDS
from bot.metrics.meters import Meters
from bot.metrics.standing import Standing
from bot.settings import Settings, documented
from bot.settings.env_file import SECRETS
from bot.settings.shards import Shards
from tests.architecture.sources import CHECKOUT
from tests.architecture.test_dockerfile import FINAL, IMAGE_USER
from tests.tools.docs.documents import documents

Json = dict[str, Any]

DEPLOY = CHECKOUT / "deploy"
MANIFESTS = sorted(file for file in (DEPLOY / "kubernetes").glob("*.yaml") if file.name != "kustomization.yaml")
OLDEST_KUBERNETES = "1.32"  # and the newest whose schemas are installed
KNOWN = {setting.name for setting in documented()}
HEALTHY = json.loads(FINAL.last("HEALTHCHECK").value.partition("CMD ")[2])
_METRIC = re.compile(r"\b(?:rapporteur|process)_\w+")
_LABEL = re.compile(r"\{\{(\w+)\}\}|by \(([^)]*)\)")
_GIVEN_BY_PROMETHEUS = {"instance", "le"}


def read(file: Path) -> Json:
    """The one document of a YAML file."""
    found: Json = yaml.safe_load(file.read_text("utf-8"))
    return found


def manifest(kind: str) -> Json:
    """The one manifest of a kind."""
    (found,) = (one for one in map(read, MANIFESTS) if one["kind"] == kind)
    return found


COMPOSE = read(DEPLOY / "compose.yaml")
BOT, DATABASE = COMPOSE["services"]["bot"], COMPOSE["services"]["database"]
POD = manifest("StatefulSet")["spec"]["template"]["spec"]
(CONTAINER,) = POD["containers"]
BOARD = json.loads((DEPLOY / "grafana.json").read_text("utf-8"))


@cache
def compose_schema() -> Json:
    """The schema of the Compose Specification."""
    file = resources.files("check_jsonschema") / "builtin_schemas/vendor/compose-spec.json"
    found: Json = json.loads(file.read_text("utf-8"))
    return found


def kubernetes_settings() -> dict[str, str]:
    """The environment of a Pod."""
    given: dict[str, str] = manifest("ConfigMap")["data"] | manifest("Secret")["stringData"]
    assert [next(iter(source.values()))["name"] for source in CONTAINER["envFrom"]] == ["rapporteur", "rapporteur"]
    assert [next(iter(source)) for source in CONTAINER["envFrom"]] == ["configMapRef", "secretRef"]
    return FINAL.environment() | given


def test_the_compose_file_keeps_to_the_specification() -> None:
    jsonschema.validate(COMPOSE, compose_schema())


@pytest.mark.parametrize("version", [OLDEST_KUBERNETES, kubernetes_validate.latest_version()])
@pytest.mark.parametrize("file", MANIFESTS, ids=lambda file: file.name)
def test_a_manifest_keeps_to_the_schema_of_its_kind(file: Path, version: str) -> None:
    """With no field that Kubernetes does not know."""
    assert version.startswith(kubernetes_validate.validate(read(file), version, strict=True))


def test_a_field_that_nobody_knows_is_seen() -> None:
    compose, pods = copy.deepcopy(COMPOSE), copy.deepcopy(manifest("StatefulSet"))
    compose["services"]["bot"]["read_onyl"] = True
    pods["spec"]["template"]["spec"]["containers"][0]["livenessprobe"] = {}
    with pytest.raises(jsonschema.ValidationError, match="read_onyl"):
        jsonschema.validate(compose, compose_schema())
    with pytest.raises(kubernetes_validate.ValidationError, match="livenessprobe"):
        kubernetes_validate.validate(pods, OLDEST_KUBERNETES, strict=True)


def test_kustomize_takes_every_manifest_but_the_example() -> None:
    listed = read(DEPLOY / "kubernetes/kustomization.yaml")["resources"]
    assert sorted([*listed, "secret.example.yaml"]) == [file.name for file in MANIFESTS]


def test_every_variable_is_a_setting_with_a_value_that_can_be_used() -> None:
    assert set(BOT["environment"]) <= KNOWN
    assert {*manifest("ConfigMap")["data"], *manifest("Secret")["stringData"]} <= KNOWN
    for given in (FINAL.environment() | BOT["environment"], kubernetes_settings()):
        settings = Settings.load(given, None)
        assert settings.metrics is not None
        assert settings.health_file is not None


def test_secrets_stand_in_no_file_here_and_in_no_environment_of_a_container() -> None:
    """Of the compose file they are one file, which the bot reads as its .env; git ignores the folder."""
    assert not SECRETS & {*BOT["environment"], *manifest("ConfigMap")["data"]}
    assert manifest("Secret")["stringData"] == dict.fromkeys(manifest("Secret")["stringData"], "")
    assert set(manifest("Secret")["stringData"]) == SECRETS
    (secret,) = BOT["secrets"]
    assert (BOT["working_dir"], secret["target"]) == ("/run/secrets", ".env")
    assert {Path(one["file"]).parts[0] for one in COMPOSE["secrets"].values()} == {"secrets"}
    assert "deploy/secrets/" in (CHECKOUT / ".gitignore").read_text("utf-8").splitlines()
    named = {*DATABASE["secrets"], secret["source"]}
    assert named == set(COMPOSE["secrets"])
    assert DATABASE["environment"]["POSTGRES_PASSWORD_FILE"] == f"/run/secrets/{DATABASE['secrets'][0]}"


def test_the_container_is_the_one_of_the_dockerfile() -> None:
    """The same user, the same question whether it is well, and nothing written but in the volume and in /tmp."""
    (volume,) = FINAL.last("VOLUME").words()
    health = str(Path(FINAL.environment()["RAPPORTEUR_HEALTH_FILE"]).parent)
    assert BOT["user"] == FINAL.last("USER").value
    assert BOT["read_only"] is True
    assert [one.partition(":")[2] for one in BOT["volumes"]] == [volume]
    assert BOT["tmpfs"] == [health]
    assert BOT["cap_drop"] == CONTAINER["securityContext"]["capabilities"]["drop"] == ["ALL"]
    names = {"interval": "interval", "timeout": "timeout", "start_period": "start-period", "retries": "retries"}
    flags = {ours: FINAL.last("HEALTHCHECK").flag(name) for ours, name in names.items()}
    assert {name: str(BOT["healthcheck"][name]) for name in names} == flags
    assert BOT["healthcheck"]["test"] == ["CMD", *HEALTHY]
    security = POD["securityContext"]
    assert (security["runAsUser"], security["runAsGroup"], security["fsGroup"]) == (IMAGE_USER,) * 3
    assert security["runAsNonRoot"] is True
    assert CONTAINER["securityContext"]["readOnlyRootFilesystem"] is True
    assert CONTAINER["securityContext"]["allowPrivilegeEscalation"] is False
    assert [one["mountPath"] for one in CONTAINER["volumeMounts"]] == [volume, health]
    assert {one["name"] for one in CONTAINER["volumeMounts"]} == {one["name"] for one in POD["volumes"]}


def test_all_probes_look_at_the_health_file_and_only_a_long_silence_ends_a_pod() -> None:
    probes = {name: CONTAINER[f"{name}Probe"] for name in ("startup", "readiness", "liveness")}
    assert [probe["exec"]["command"] for probe in probes.values()] == [HEALTHY] * 3
    bears = {name: probe["periodSeconds"] * probe["failureThreshold"] for name, probe in probes.items()}
    assert bears["startup"] == bears["liveness"] == 15 * 60
    assert bears["readiness"] < bears["liveness"]


def test_answers_under_way_have_their_time_before_a_container_is_killed() -> None:
    longest = Settings().shutdown_seconds + LAST_WORDS_SECONDS
    assert POD["terminationGracePeriodSeconds"] > longest
    assert int(BOT["stop_grace_period"].removesuffix("s")) > longest


def test_the_pods_have_every_shard_once() -> None:
    settings, each = Settings.load(kubernetes_settings(), None), list[int]()
    name, replicas = manifest("StatefulSet")["metadata"]["name"], manifest("StatefulSet")["spec"]["replicas"]
    for ordinal in range(replicas):
        shards = settings.shards(f"{name}-{ordinal}")
        assert isinstance(shards, Shards)
        each.extend(shards.ids)
    assert each == list(range(settings.shard_count or 0))


def test_a_neighbouring_service_cannot_give_a_pod_a_variable_that_is_no_setting() -> None:
    """Kubernetes would make RAPPORTEUR_DATABASE_PORT of a Service called rapporteur-database."""
    assert POD["enableServiceLinks"] is False


def test_one_port_and_one_name_hold_it_together() -> None:
    metrics = Settings.load(kubernetes_settings(), None).metrics
    assert metrics
    assert CONTAINER["ports"] == [{"name": "metrics", "containerPort": metrics.port}]
    (port,) = manifest("Service")["spec"]["ports"]
    assert (port["port"], port["targetPort"]) == (metrics.port, "metrics")
    assert manifest("NetworkPolicy")["spec"]["ingress"][0]["ports"][0]["port"] == "metrics"
    assert BOT["ports"] == [f"127.0.0.1:{metrics.port}:{metrics.port}"]
    assert BOT["environment"]["RAPPORTEUR_METRICS"] == str(metrics)
    labels = manifest("StatefulSet")["spec"]["template"]["metadata"]["labels"]
    budget, policy = manifest("PodDisruptionBudget")["spec"], manifest("NetworkPolicy")["spec"]
    selectors = [manifest("StatefulSet")["spec"]["selector"], budget["selector"], policy["podSelector"]]
    assert [one["matchLabels"] for one in selectors] == [labels] * 3
    assert manifest("Service")["spec"]["selector"] == labels
    assert manifest("StatefulSet")["spec"]["serviceName"] == manifest("Service")["metadata"]["name"]


def test_every_container_has_requests_and_limits() -> None:
    for kind in ("requests", "limits"):
        assert set(CONTAINER["resources"][kind]) == {"cpu", "memory"}
    for service in COMPOSE["services"].values():
        assert {"cpus", "memory"} <= set(service["deploy"]["resources"]["limits"])
        assert service["read_only"] is True


def metrics() -> dict[str, set[str]]:
    """Every metric that the bot exposes by the names of its samples, with its labels."""
    meters = Meters(lambda: Standing(1, 1, 1, dt.datetime.now(dt.UTC)), now=lambda: dt.datetime.now(dt.UTC))
    meters.see("request", {"outcome": "answered", "place": "server", "ms": 1, "undelivered": "late"})
    meters.see("refresh", {"changed": True, "seconds": 1.0})
    meters.see("limited", {"scope": "user"})
    meters.note_lag(0.0)
    samples = [sample for family in meters.registry.collect() for sample in family.samples]
    return {sample.name: set(sample.labels) for sample in samples if not sample.name.endswith("_created")}


def ours(names: Iterable[str]) -> set[str]:
    """The metrics of our own among names of samples; the samples of a histogram are of one."""
    return {re.sub(r"_(?:bucket|sum|count)$", "", name) for name in names if name.startswith("rapporteur_")}


def expressions() -> Iterator[tuple[str, str]]:
    """Every expression of the board, with what its legend says."""
    for panel in BOARD["panels"]:
        for target in panel["targets"]:
            yield target["expr"], target["legendFormat"]


def test_the_board_asks_for_metrics_and_labels_that_there_are_and_leaves_none_out() -> None:
    exposed = metrics()
    asked = set[str]()
    for expression, legend in expressions():
        names = set(_METRIC.findall(expression))
        assert names <= set(exposed), expression
        grouped = ",".join(",".join(found) for found in _LABEL.findall(f"{expression} {legend}"))
        labels = {label.strip() for label in grouped.split(",")} - {""}
        assert labels <= set().union(*(exposed[name] for name in names)) | _GIVEN_BY_PROMETHEUS, expression
        promql_parser.parse(re.sub(r"\$__rate_interval", "5m", expression))
        asked |= names
    assert ours(asked) == ours(exposed)
    queries = [one["query"]["query"] for one in BOARD["templating"]["list"] if one["type"] == "query"]
    assert {name for query in queries for name in _METRIC.findall(query)} <= set(exposed)


def test_no_panel_of_the_board_covers_another() -> None:
    assert len({panel["id"] for panel in BOARD["panels"]}) == len(BOARD["panels"])
    places = [panel["gridPos"] for panel in BOARD["panels"]]
    for a, b in combinations(places, 2):
        beside = a["x"] + a["w"] <= b["x"] or b["x"] + b["w"] <= a["x"]
        assert beside or a["y"] + a["h"] <= b["y"] or b["y"] + b["h"] <= a["y"]
    assert all(place["x"] + place["w"] <= 24 for place in places)  # the width of a board


def test_every_metric_stands_in_the_document() -> None:
    assert ours(documents()["docs/scale.md"].spans()) == ours(metrics())
