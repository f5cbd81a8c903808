"""The memory of which answer is whose: what is not yet there, what is gone, and what is forgotten with time."""

from bot.discord.limits import TOKEN_SECONDS
from bot.discord.pairs import KEPT_SECONDS, Answer, Pairs
from tests.clock import Clock


def test_a_pair_is_forgotten_after_hours() -> None:
    clock = Clock()
    pairs, answer = Pairs[str](clock), Answer(channel=1, id=20)
    pairs.ask(10)
    assert pairs.answered(10, answer)
    assert pairs.of(10) is answer
    clock.now += KEPT_SECONDS + 1
    assert pairs.of(10) is None


def test_a_message_of_another_kind_is_no_answer() -> None:
    pairs = Pairs[str](Clock())
    assert pairs.answered(10, Answer(channel=1, id=20))
    assert pairs.of(10) is None


def test_an_edit_waits_for_an_answer_that_is_in_the_making_and_for_no_other() -> None:
    clock = Clock()
    pairs = Pairs[str](clock)
    pairs.ask(10)
    for edit in ("first", "last"):
        pairs.wait(10, edit)
    pairs.wait(11, "never asked")
    assert (pairs.waiting(10), pairs.waiting(10), pairs.waiting(11)) == ("last", None, None)
    pairs.wait(10, "too long ago")
    clock.now += TOKEN_SECONDS + 1
    assert pairs.waiting(10) is None


def test_a_question_that_is_deleted_before_its_answer_is_there_is_not_there_any_more() -> None:
    pairs = Pairs[str](Clock())
    pairs.ask(10)
    pairs.wait(10, "an edit")
    assert pairs.delete(10) is None
    assert not pairs.answered(10, Answer(channel=1, id=20))
    assert (pairs.of(10), pairs.waiting(10)) == (None, None)
