"""The Dockerfile keeps its promises, and its lines work. The proof of the lines needs PyPI and PROVE_DOCKERFILE=1."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.settings import Settings
from tests.architecture.dockerfile import Builder, Stage, ignored, stages
from tests.architecture.sources import CHECKOUT

BUILD, FINAL = stages((CHECKOUT / "Dockerfile").read_text("utf-8"))
IGNORE = [
    line for line in (CHECKOUT / ".dockerignore").read_text("utf-8").splitlines() if line and not line.startswith("#")
]
LOCKS = ("requirements.lock", "requirements-build.lock")
IMAGE_USER = 10001
ANSWER = "discovered near Fatissouma village"


def locked(name: str) -> dict[str, list[str]]:
    """The pinned distributions of a lock file, with the version for each Python and platform."""
    versions: dict[str, list[str]] = {}
    for line in (CHECKOUT / name).read_text("utf-8").splitlines():
        if line and not line.startswith((" ", "#")):
            requirement = Requirement(line.removesuffix("\\").strip())
            (specifier,) = requirement.specifier
            assert specifier.operator == "==", line
            versions.setdefault(canonicalize_name(requirement.name), []).append(specifier.version)
    return versions


def test_the_base_image_is_pinned_by_its_digest() -> None:
    assert re.fullmatch(r"python:3\.1[1-9]\.\d+-slim-\w+@sha256:[0-9a-f]{64}", FINAL.image)
    assert BUILD.image == FINAL.image, "what is compiled in one stage must run in the other"


def test_the_container_runs_as_nobody_in_particular_and_keeps_only_data() -> None:
    assert FINAL.last("USER").value == f"{IMAGE_USER}:{IMAGE_USER}"
    assert FINAL.last("VOLUME").words() == ["/data"]
    assert FINAL.last("STOPSIGNAL").value == "SIGTERM"
    assert (FINAL.last("ENTRYPOINT").words(), FINAL.last("CMD").words()) == (["rapporteur"], ["run"])


def test_the_settings_of_the_image_are_settings() -> None:
    settings = Settings.load(FINAL.environment(), None)
    assert (settings.data, settings.health_file) == (Path("/data"), Path("/tmp/rapporteur.health"))  # noqa: S108  # the image's own


def test_what_the_build_copies_is_let_through_and_nothing_else_is() -> None:
    copied = {name.strip("/") for step in BUILD.instructions if step.name == "COPY" for name in step.words()[:-1]}
    assert copied == {line.removeprefix("!") for line in IGNORE if line.startswith("!")}
    assert [name for name in sorted(copied) if not (CHECKOUT / name).exists()] == []
    for name in (".git", ".env", ".venv/bin/python", "tests/builders.py", "bot/__pycache__/x.pyc", "Dockerfile"):
        assert ignored(name, IGNORE), name
    assert not ignored("bot/saying/templates/en.toml", IGNORE)


@pytest.mark.parametrize("name", LOCKS)
def test_everything_that_is_installed_is_pinned_by_its_hash(name: str) -> None:
    text = (CHECKOUT / name).read_text("utf-8")
    pinned = [block for block in re.split(r"\n(?=\S)", text) if not block.startswith("#")]
    assert pinned
    assert [block for block in pinned if not re.search(r"--hash=sha256:[0-9a-f]{64}", block)] == []
    assert "://" not in text, "where packages come from is the installer's business"
    installs = [step.value for step in BUILD.instructions if step.name == "RUN" and f"-r {name}" in step.value]
    assert len(installs) == 1
    assert "--require-hashes" in installs[0]
    assert "--only-binary :all:" in installs[0]


@pytest.mark.parametrize(
    ("lock", "table", "key"), [(LOCKS[0], "project", "dependencies"), (LOCKS[1], "build-system", "requires")]
)
def test_a_lock_holds_what_pyproject_asks_for(lock: str, table: str, key: str) -> None:
    asked = map(Requirement, tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))[table][key])
    versions = locked(lock)
    for requirement in asked:
        held = versions.get(canonicalize_name(requirement.name), [])
        assert held, f"{requirement.name} is not in {lock}: make it anew with the command at its top"
        assert all(requirement.specifier.contains(version) for version in held), (str(requirement), held)


@pytest.mark.parametrize("extra", ["html", "metrics", "opensearch", "pdf", "postgres"])
def test_the_image_reads_every_kind_of_file_knows_both_databases_and_the_cluster_and_can_be_watched(extra: str) -> None:
    extras = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    versions = locked(LOCKS[0])
    for requirement in map(Requirement, extras[extra]):
        held = versions.get(canonicalize_name(requirement.name), [])
        assert any(map(requirement.specifier.contains, held)), (str(requirement), held)


class Container:
    """The last stage, built in a folder, and run there as far as possible as a container would run it."""

    def __init__(self, builder: Builder, user: int | None) -> None:
        self.root = builder.root
        self._builder = builder
        self._user = user

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run a command with the environment of the image."""
        given = {name: self._builder.moved(value) for name, value in FINAL.environment().items()}
        path = given.pop("PATH").replace("$PATH", "/usr/bin:/bin")
        environ = {"PATH": path, "HOME": "/", "TMPDIR": str(self.root / "tmp"), "PYTHONUTF8": "1", **given}
        program = shutil.which(arguments[0], path=path)
        assert program, f"{arguments[0]} is not in the image"
        return subprocess.run(
            [program, *arguments[1:]],
            cwd=self.root,
            env=environ,
            user=self._user,
            group=self._user,
            extra_groups=None if self._user is None else [],
            capture_output=True,
            text=True,
            check=False,
        )

    def call(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run the image's entry point."""
        return self.run(*FINAL.last("ENTRYPOINT").words(), *arguments)

    def contents(self) -> dict[str, tuple[int, int]]:
        """Every file outside of /data and /tmp with its size and time of change."""
        found = {}
        for folder, _, names in os.walk(self.root):
            for name in names:
                path = Path(folder, name)
                state = path.lstat()
                found[path.relative_to(self.root).as_posix()] = (state.st_size, state.st_mtime_ns)
        return {name: state for name, state in found.items() if not name.startswith(("data/", "tmp/"))}


@pytest.fixture(scope="module")
def container() -> Iterator[Container]:
    """The image's file system, made by the Dockerfile's own lines in a clean folder and then made read-only."""
    if not os.environ.get("PROVE_DOCKERFILE"):
        pytest.skip("set PROVE_DOCKERFILE=1 to install from PyPI what the Dockerfile installs")
    clean = Path(tempfile.mkdtemp(prefix="dockerfile-"))
    clean.chmod(0o755)  # the image's user has to get through
    user = IMAGE_USER if os.geteuid() == 0 else None
    try:
        builder = Builder(clean / "root", CHECKOUT, base_image(clean, user), IGNORE, environ())
        builder.build(BUILD)
        builder.finish(BUILD.name)
        builder.build(FINAL)
        make_read_only(builder.root)
        yield Container(builder, user if can_run(builder.root / "opt/rapporteur/bin/python", user) else None)
    finally:
        subprocess.run(["chmod", "-R", "u+w", str(clean)], check=True)  # noqa: S607  # the system's own
        shutil.rmtree(clean)


def environ() -> dict[str, str]:
    """The environment of a build; how PyPI is reached here is kept, nothing else is."""
    kept = ("PIP_", "SSL_", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy")
    passed = {name: value for name, value in os.environ.items() if name.startswith(kept)}
    return passed | {"PATH": "/usr/bin:/bin", "HOME": os.environ.get("HOME", "/")}


def base_image(clean: Path, user: int | None) -> Path:
    """An interpreter with pip in place of the base image's, if possible one that the image's user can run too."""
    named = [FINAL.image.partition(":")[2][:4], "3.13", "3.12", "3.11"]
    found = [
        Path(path) for version in named if (path := shutil.which(f"python{version}", path="/usr/local/bin:/usr/bin"))
    ]
    mine = Path(getattr(sys, "_base_executable", sys.executable))
    chosen = next((python for python in found if can_run(python, user)), mine)
    subprocess.run([chosen, "-m", "venv", clean / "base"], check=True)
    return clean / "base/bin/python"


def can_run(python: Path, user: int | None) -> bool:
    """Whether a user can run an interpreter that has what a virtual environment needs."""
    try:
        done = subprocess.run(
            [python, "-c", "import ensurepip, venv"], user=user, group=user, capture_output=True, check=False
        )
    except OSError:
        return False
    return done.returncode == 0


def make_read_only(root: Path) -> None:
    """Leave nothing writable but /data, which belongs to the image's user, and /tmp, which belongs to everyone."""
    subprocess.run(["chmod", "-R", "a-w", str(root)], check=True)  # noqa: S607  # the system's own
    (root / "data").chmod(0o700)
    root.chmod(0o755)
    (root / "tmp").mkdir(mode=0o777)
    (root / "tmp").chmod(0o1777)
    root.chmod(0o555)


def test_the_image_answers_and_writes_nothing_outside_of_data(container: Container) -> None:
    before = container.contents()
    assert not any(name.startswith(("src/", "opt/build/")) for name in before), "the build's tools stay behind"

    answered = container.call("ask", "Where were the bodies found?")
    assert ANSWER in answered.stdout
    assert (answered.returncode, answered.stderr) == (0, "")

    refreshed = container.call("corpus", "refresh")
    assert refreshed.returncode == 0, refreshed.stderr
    assert (container.root / "data/rapporteur.db").is_file()

    started = container.call(*FINAL.last("CMD").words())
    assert (started.returncode, "DISCORD_TOKEN" in started.stderr) == (2, True)

    assert container.contents() == before


def test_the_image_is_healthy_as_long_as_its_file_is_fresh(container: Container) -> None:
    check = re.sub(r"^.*?CMD ", "", FINAL.last("HEALTHCHECK").value)
    command = Stage("", "", stages(f"FROM scratch\nCMD {check}")[0].instructions).last("CMD").words()
    file = container.root / "tmp/rapporteur.health"
    assert container.run(*command).returncode == 1, "it has never been connected"
    file.touch()
    assert container.run(*command).returncode == 0
    os.utime(file, (0, 0))
    assert container.run(*command).returncode == 1, "it has not been connected for long"
    file.unlink()


def test_every_module_of_the_image_is_compiled(container: Container) -> None:
    script = (
        "import bot.__main__, bot.discord.client, corpus.store.store, retrieval.answering, sys, os\n"
        "files = {m.__cached__ for m in list(sys.modules.values()) if getattr(m, '__cached__', None)}\n"
        "print(*sorted(file for file in files if not os.path.exists(file)), sep='\\n')"
    )
    done = container.run("python", "-c", script)
    assert (done.stdout.strip(), done.returncode) == ("", 0), done.stderr
