"""Which shards a process has, by its settings and its host name."""

import pytest

from bot.errors.settings import BadSettingError, ShardsError
from bot.settings import Settings
from bot.settings.shards import Shards
from tests.said import TEMPLATES

COUNT, IDS, EACH = "RAPPORTEUR_SHARD_COUNT", "RAPPORTEUR_SHARD_IDS", "RAPPORTEUR_SHARDS_PER_PROCESS"


@pytest.mark.parametrize(
    ("given", "host", "ids"),
    [
        ({COUNT: "3"}, "any", (0, 1, 2)),
        ({COUNT: "6", IDS: "4, 0-1"}, "any", (0, 1, 4)),
        ({COUNT: "5", EACH: "2"}, "rapporteur-2.pods.svc", (4,)),
    ],
)
def test_the_shards_of_a_process(given: dict[str, str], host: str, ids: tuple[int, ...]) -> None:
    shards = Settings.load(given, None).shards(host)
    assert shards is not None
    assert (shards.ids, shards.is_first, shards.are_all) == (ids, 0 in ids, len(ids) == shards.count)


@pytest.mark.parametrize(("count", "each"), [(6, (2, 2, 2)), (7, (4, 3)), (6, (5, 1)), (1, (1,))])
def test_the_parts_of_all_processes_are_no_more_than_the_whole(count: int, each: tuple[int, ...]) -> None:
    parts = [1 / Shards(count, tuple(range(number))).processes for number in each]
    assert sum(parts) <= 1


def test_without_settings_there_are_none() -> None:
    assert Settings.load({}, None).shards("rapporteur-1") is None


@pytest.mark.parametrize(
    ("given", "host"),
    [
        ({IDS: "0"}, "any"),
        ({COUNT: "2", IDS: "0", EACH: "1"}, "any"),
        ({COUNT: "2", IDS: "1-2"}, "any"),
        ({COUNT: "2", EACH: "1"}, "rapporteur"),
        ({COUNT: "2", EACH: "1"}, "rapporteur-2"),
    ],
)
def test_what_cannot_be_told_is_refused(given: dict[str, str], host: str) -> None:
    with pytest.raises(ShardsError) as caught:
        Settings.load(given, None).shards(host)
    assert TEMPLATES.error(caught.value).startswith("The shards of this process cannot be told: ")


@pytest.mark.parametrize("ids", ["x", "3-1", "0,0", "0-1,1", "99999", ","])
def test_what_is_no_list_of_shards_is_refused(ids: str) -> None:
    with pytest.raises(BadSettingError):
        Settings.load({COUNT: "6", IDS: ids}, None)
