"""A chat in a terminal can be asked on about its last answer: why, the context, the reference, more."""

import io
from typing import cast

import pytest

from bot.commands.command import Context, Upkeep
from bot.commands.registry import Registry
from bot.saying.reply import Heading, Line, Paste, Quote, Reply
from bot.saying.templates import load
from bot.service.service import Service
from bot.terminal.chat import chat
from bot.terminal.completing import completions
from corpus.ingest.pipeline import BUNDLED

TEMPLATES = load()
ASK = "Who executed the civilians?"


@pytest.fixture(scope="module")
def service() -> Service:
    return Service.of_folder(BUNDLED)


def talk(service: Service, *typed: str) -> tuple[list[Reply], str]:
    """The replies to some lines, and what was told besides."""
    shown, told = list[Reply](), io.StringIO()
    context = Context(service.snapshot, cast("Upkeep", None), TEMPLATES, "chat")
    chat(context, Registry(), iter(typed), shown.append, told)
    return shown, told.getvalue()


def quotes(reply: Reply) -> list[Quote]:
    return [part for part in reply.parts if isinstance(part, Quote)]


def test_excerpts_are_numbered_and_more_of_them_go_on_counting(service: Service) -> None:
    (answer, more, again), told = talk(service, "How many civilians were executed?", "more", "/more")
    count = len(quotes(answer))
    assert told == ""
    numbers = [quote.number for reply in (answer, more, again) for quote in quotes(reply)]
    assert numbers == list(range(1, count + 7))
    assert len({quote.text for reply in (answer, more, again) for quote in quotes(reply)}) == count + 6


def test_more_comes_to_an_end(service: Service) -> None:
    replies, told = talk(service, ASK, *["more"] * 9)
    assert told == ""
    assert replies[-1].parts[-1] == Line(TEMPLATES("more.none"))


def test_why_context_and_cite_take_the_number_that_was_shown(service: Service) -> None:
    (answer, why, context, cite), told = talk(service, ASK, "why 1", "Context 1", "cite 1")
    (first, *_) = quotes(answer)
    assert told == ""
    assert [quote.key for quote in quotes(why)] == [first.key]
    assert any(isinstance(part, Line) and part.text.startswith("• “executed”") for part in why.parts)
    assert first.key in [quote.key for quote in quotes(context)]
    assert len(quotes(context)) == 3
    assert len([part for part in cite.parts if isinstance(part, Paste)]) == 4


@pytest.mark.parametrize(("form", "sign"), [("bibtex", "@misc{"), ("ris", "TY  - RPRT"), ("plain", "UN Experts")])
def test_cite_gives_one_form(service: Service, form: str, sign: str) -> None:
    (_, cite), _ = talk(service, ASK, f"cite 1 {form}")
    (paste,) = cite.parts
    assert isinstance(paste, Paste)
    assert paste.text.startswith(sign)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ((ASK, "context 99"), "There is no excerpt 99; choose one from 1 to "),
        ((ASK, "why 0"), "There is no excerpt 0; "),
        (("/more",), "There is no excerpt to go back to. "),
        (("/why 1",), "There is no excerpt to go back to. "),
        (("why 1",), "There is no excerpt to go back to. "),
        (("who won the world cup", "context 1."), "There is no excerpt to go back to. "),
        ((ASK, "cite 1 apa"), "A reference has no form “apa”; there are: plain, markdown, bibtex, ris."),
    ],
)
def test_what_cannot_be_shown_is_said(service: Service, typed: tuple[str, ...], sentence: str) -> None:
    replies, told = talk(service, *typed)
    assert (len(replies), told.startswith(sentence), told.count("\n")) == (len(typed) - 1, True, 1)


@pytest.mark.parametrize("line", ["why were they killed", "more bodies?", "cite the report", "context of the killing"])
def test_a_question_that_begins_so_is_one(service: Service, line: str) -> None:
    replies, told = talk(service, ASK, line)
    assert (len(replies), told) == (2, "")
    assert replies[1].parts[0] == Heading(line)


@pytest.mark.parametrize("line", ["pourquoi 1", "Contexte 1 ?", "citer 1", "suite", "/pourquoi 1", "why 1"])
def test_in_french_they_have_french_names_too(service: Service, line: str) -> None:
    shown, told = list[Reply](), io.StringIO()
    context = Context(service.snapshot, cast("Upkeep", None), load("fr"), "chat")
    chat(context, Registry(), iter((ASK, line)), shown.append, told)
    assert (len(shown), told.getvalue()) == (2, "")
    assert shown[1].parts[0] != Heading(line)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("/su", ["/summary "]),
        ("/c", ["/context ", "/cite "]),
        ("/q", ["/quote ", "/quit "]),
        ("/summary ", ["well ", "road ", "--about ", "--length "]),
        ("/summary we", ["well "]),
        ("/ask --report ", ["well ", "road "]),
        ("/ask --report well --", ["--explain "]),
        ("cite 1 b", ["bibtex "]),
        ("where was ", []),
        ("", None),
    ],
)
def test_what_tab_completes(line: str, found: list[str] | None) -> None:
    completed = [f"{one} " for one in completions(line, Registry(), ("well", "road"), ("/help", "/quit"))]
    assert completed == found if found is not None else len(completed) > 10
