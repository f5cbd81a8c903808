"""The grammar of buttons' ids: what was made here is read as what it was, and nothing else is read at all."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.ids import Around, Ask, Cite, More, Press, Summarise, Why
from bot.errors.serving import UnknownActionError
from corpus.passage import Span

Action = Around | Ask | Cite | More | Press | Summarise | Why

KEYS = st.from_regex(r"[a-z][a-z0-9-]{0,30}:[1-9][0-9]{0,3}(\.[1-9])?(@[0-9a-f]{8})?", fullmatch=True)
EDITIONS = st.from_regex(r"[0-9a-f]{12}", fullmatch=True)
REPORTS = st.none() | st.from_regex(r"[a-z][a-z0-9.:-]{0,60}", fullmatch=True)
NAMES = st.from_regex(r"[a-z][a-z0-9.-]{0,60}", fullmatch=True)  # as they stand in citations
QUESTIONS = st.text(st.characters(exclude_characters="\n"), min_size=1, max_size=90)
SPANS = st.none() | st.builds(lambda start, size: Span(start, start + size), *[st.integers(0, 90_000)] * 2)
ACTIONS: st.SearchStrategy[Action] = st.one_of(
    st.builds(Around, KEYS, SPANS),
    st.builds(Ask, QUESTIONS, st.none() | NAMES),
    st.builds(Cite, KEYS),
    st.builds(More, EDITIONS, st.integers(0, 999), REPORTS),
    st.builds(Press, KEYS, st.integers(0, 99_999)),
    st.builds(Summarise, NAMES),
    st.builds(Why, EDITIONS, REPORTS),
)
KINDS: tuple[type[Action], ...] = (Around, Ask, Cite, More, Press, Summarise, Why)
PARSERS: tuple[Callable[[str], Action], ...] = tuple(kind.parse for kind in KINDS)


@given(ACTIONS)
def test_an_id_is_read_as_what_it_was_made_of(action: Action) -> None:
    assert type(action).parse(str(action)) == action


@given(st.text(max_size=110) | st.from_regex(r"(ask|context|cite|more|passage|summary|why):.{0,100}", fullmatch=True))
def test_any_other_text_is_one_error(text: str) -> None:
    for parse in PARSERS:
        try:
            assert str(parse(text)) == text
        except UnknownActionError:
            continue


@pytest.mark.parametrize(
    "action",
    ["context:a:1+4", "context:a:1+-4", "cite:a", "cite:", "more:0f1e2d3c4b5a", "more:x:1", "ask:a", "summary:"],
)
def test_half_an_id_is_none(action: str) -> None:
    for parse in PARSERS:
        with pytest.raises(UnknownActionError):
            parse(action)
