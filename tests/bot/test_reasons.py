"""Reasons in sentences: how each word was found never sounds like more than it was, and a later edition is told of."""

import pytest

from bot.findings import Explained
from bot.reasons import explanation_reply
from bot.reply import Heading, Line, Reply
from bot.templates import load
from retrieval.answer import Answer, Excerpt, Outcome
from retrieval.explanation import Asked, Counted, Explanation, Found, How, Offer, Place
from retrieval.query import Kind
from tests import builders

WORDS = load()
REPORT = builders.report("It rained. The van stood near Kita in 2024.", id="van", title="A van")
PASSAGE = next(REPORT.body)


def reasons(
    found: Found | None,
    *,
    read_as: str | None = None,
    kind: Kind = Kind.PLACE,
    offer: Offer | None = None,
    counted: Counted | None = None,
    pairs: tuple[str, ...] = (),
) -> list[str]:
    """The lines under the one excerpt of an answer."""
    sentence = PASSAGE.sentence(1)
    excerpt = Excerpt(REPORT, PASSAGE, sentence, sentence, 1.0)
    answer = Answer("Where was the car?", Outcome.ANSWERED, 0.9, "0f1e2d3c4b5a", (excerpt,), 1)
    asked = (Asked("car", read_as, 1.0, found),)
    score = counted or Counted(1.0, 0.5, -0.5)
    explanation = Explanation(PASSAGE, sentence, asked, pairs, kind, offer or Offer(), score)
    reply = explanation_reply(WORDS, Explained(answer, (explanation,)), (REPORT,))
    return [part.text for part in reply.parts if isinstance(part, Line)]


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (None, "“car” stands neither in it nor elsewhere in the passage."),
        (Found(Place.HERE, How.EXACT, "car"), "“car” stands in it as it is."),
        (
            Found(Place.HERE, How.FORM, "cars"),
            "“car” stands in it as “cars”, another form or a close relative of the word.",
        ),
        (
            Found(Place.HERE, How.FAMILY, "carrier"),
            "“car” does not stand in it, but “carrier” does, a word of the same family.",
        ),
        (
            Found(Place.HERE, How.EQUIVALENT, "van"),
            "“car” does not stand in it, but “van” does, which may stand for it.",
        ),
        (Found(Place.BEFORE, How.EXACT, "car"), "“car” does not stand in it, but in the sentence before."),
        (
            Found(Place.AFTER, How.FORM, "cars"),
            (
                "“car” does not stand in it; “cars”, another form or a close relative of the word, stands in the "
                "sentence after."
            ),
        ),
        (
            Found(Place.PASSAGE, How.FAMILY, "carrier"),
            (
                "“car” does not stand in it; “carrier”, a word of the same family, stands in another sentence of the "
                "passage."
            ),
        ),
        (
            Found(Place.BEFORE, How.EQUIVALENT, "van"),
            "“car” does not stand in it; “van”, which may stand for it, stands in the sentence before.",
        ),
    ],
)
def test_how_a_word_was_found(found: Found | None, sentence: str) -> None:
    assert reasons(found)[1] == f"• {sentence}"


def test_a_word_read_as_another_says_so_first() -> None:
    assert reasons(Found(Place.HERE, How.EQUIVALENT, "van"), read_as="cars")[1] == (
        "• “car” was read as “cars”. “cars” does not stand in it, but “van” does, which may stand for it."
    )


@pytest.mark.parametrize(
    ("kind", "offer", "sentence"),
    [
        (
            Kind.PLACE,
            Offer(("near",), ("Kita",), ("2024",), has_year=True, has_quotation=True, says_by_whom=True),
            (
                "a place. It offers words that tell of it (“near”), further capitalised words (“Kita”), further "
                "numbers (“2024”), a year, quotation marks, “by”, for who did it."
            ),
        ),
        (
            Kind.NUMBER,
            Offer(names=("Kita",)),
            ("a number. Nothing in it looks like that; it offers further capitalised words (“Kita”)."),
        ),
        (Kind.TIME, Offer(), "a time. It has no further capitalised word, no further number and no quotation."),
        (
            Kind.THING,
            Offer(names=("Kita",)),
            ("no kind of thing in particular. It offers further capitalised words (“Kita”)."),
        ),
        (
            Kind.PERSON,
            Offer(names=tuple("ABCDEFGH")),
            ("a person. It offers further capitalised words (“A”, “B”, “C”, “D”, “E”, “F” and 2 more)."),
        ),
    ],
)
def test_what_was_asked_for_and_what_is_offered(kind: Kind, offer: Offer, sentence: str) -> None:
    assert reasons(None, kind=kind, offer=offer)[2] == f"• Asked for: {sentence}"


def test_what_counted_most_comes_first_and_what_spoke_against_it_is_left_out() -> None:
    assert reasons(None, counted=Counted(1.0, 2.0, -1.0))[3] == (
        "• What counted, most first: what stands around it, its words."
    )
    assert reasons(None, counted=Counted(0.0, 0.0, -1.0))[3] == (
        "• Nothing speaks for it; it is only nearer than the rest."
    )


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_its_words(kind: Kind) -> None:
    assert reasons(None, kind=kind)[2].startswith("• Asked for: ")


def test_what_is_said_of_the_confidence_agrees_with_the_outcome() -> None:
    def end(outcome: Outcome) -> str:
        answer = Answer("Where?", outcome, 0.6, "0f1e2d3c4b5a", (), 0)
        reply = explanation_reply(WORDS, Explained(answer, ()), (REPORT,))
        return next(part.text for part in reversed(reply.parts) if isinstance(part, Line))

    assert end(Outcome.ANSWERED) == "Confidence 0.60 of 1: the best sentence more likely than not answers the question."
    assert end(Outcome.CLOSEST) == "Confidence 0.60 of 1: the best sentence may or may not answer the question."


@pytest.mark.parametrize(
    ("confidence", "end"),
    [
        (1.0, "1.00 of 1: the best sentence very likely answers the question."),
        (0.3, "0.30 of 1: the best sentence may or may not answer the question."),
        (0.0, "0.00 of 1: the best sentence hardly answers the question."),
    ],
)
def test_silence_has_its_confidence_and_a_later_edition_is_told_of(confidence: float, end: str) -> None:
    answer = Answer("Where was the car?", Outcome.SILENT, confidence, "0f1e2d3c4b5a", (), 0)
    reply = explanation_reply(WORDS, Explained(answer, ()), (REPORT,), before="a09b3bca9e43")
    assert reply == Reply(
        (
            Heading("Where was the car?"),
            Line(
                "The reports have changed since that answer was given: it came from edition a09b3bca9e43, this one "
                "from edition 0f1e2d3c4b5a."
            ),
            Line("The report does not say."),
            Line("The report asked is “A van”."),
            Line(WORDS("answer.rephrase")),
            Line(f"Confidence {end}"),
        ),
        footer="Edition 0f1e2d3c4b5a.",
    )
