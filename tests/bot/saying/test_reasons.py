"""Reasons in sentences: how each word was found never sounds like more than it was, and a later edition is told of."""

import pytest

from bot.saying.reply import Heading, Line, Reply
from bot.saying.templates import load
from bot.saying.why import explanation_reply
from retrieval.answer import Answer, Excerpt
from retrieval.considered import Explained
from retrieval.kind import Kind
from retrieval.outcome import Outcome
from retrieval.why.explanation import Asked, Counted, Explanation, Found, How, Offer, Place
from retrieval.why.sought import Search, Sought
from tests import builders

TEMPLATES = load()
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
    answer = Answer(
        question="Where was the car?",
        outcome=Outcome.ANSWERED,
        confidence=0.9,
        edition="0f1e2d3c4b5a",
        excerpts=(excerpt,),
        shown=1,
        reports=(REPORT,),
    )
    asked = (Asked("car", read_as, 1.0, found),)
    score = counted or Counted(1.0, 0.5, -0.5)
    explanation = Explanation(PASSAGE, sentence, asked, pairs, kind, offer or Offer(), score)
    reply = explanation_reply(TEMPLATES, Explained(answer, (explanation,)))
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
        answer = Answer(
            question="Where?",
            outcome=outcome,
            confidence=0.6,
            edition="0f1e2d3c4b5a",
            excerpts=(),
            shown=0,
            reports=(REPORT,),
        )
        reply = explanation_reply(TEMPLATES, Explained(answer, ()))
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
    answer = Answer(
        question="Where was the car?",
        outcome=Outcome.SILENT,
        confidence=confidence,
        edition="0f1e2d3c4b5a",
        excerpts=(),
        shown=0,
        reports=(REPORT,),
    )
    reply = explanation_reply(TEMPLATES, Explained(answer, ()), before="a09b3bca9e43")
    assert reply == Reply(
        (
            Heading("Where was the car?"),
            Line(
                "The reports have changed since that answer was given: it came from edition a09b3bca9e43, this one "
                "from edition 0f1e2d3c4b5a."
            ),
            Line("Nothing about this was found in the report."),
            Line("The report asked is “A van”."),
            Line(TEMPLATES("answer.rephrase")),
            Line(f"Confidence {end}"),
        ),
        footer="Edition 0f1e2d3c4b5a.",
    )


def looked_for(
    *words: Sought, outcome: Outcome = Outcome.SILENT, confidence: float = 0.05, **facts: object
) -> list[str]:
    """What is said of a search, without the lines that every silent answer has."""
    found: dict[str, object] = {"closest": PASSAGE, "kind": Kind.PLACE, "is_offered": True, "closest_offers": True}
    found["about"] = 0.4
    search = Search(words, answered_from=0.55, closest_from=0.7, **(found | facts))  # type: ignore[arg-type]  # by name
    answer = Answer(
        question="Where was the car?",
        outcome=outcome,
        confidence=confidence,
        edition="0f1e2d3c4b5a",
        excerpts=(),
        shown=0,
        reports=(REPORT,),
    )
    reply = explanation_reply(TEMPLATES, Explained(answer, (), search))
    lines = [part.text for part in reply.parts if isinstance(part, Line)]
    return lines[3 if outcome is Outcome.SILENT else 1 :]


def sought(how: How | None, *found: str, more: int = 0, **facts: object) -> Sought:
    given: dict[str, object] = {"typed": "car", "read_as": None, "in_closest": how is not None, "is_phrase": False}
    given |= {"how": how, "found": found, "passages": (PASSAGE,) if found else (), "more": more}
    return Sought(**(given | facts))  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        (sought(How.EXACT, "car"), "“car” stands in van:1."),
        (sought(How.EXACT, "car", more=1), "“car” stands in van:1 and one more passage."),
        (sought(How.EXACT, "car", more=7), "“car” stands in van:1 and 7 more passages."),
        (
            sought(How.FORM, "cars", "car"),
            "“car” stands in van:1, as it is or in another form (“cars”, “car”).",
        ),
        (
            sought(How.SPELLING, "cars", "car", typed="carr", read_as="car"),
            "“carr” was read as “car”. “car” stands in van:1, as it is or in another form (“cars”, “car”).",
        ),
        (
            sought(How.FAMILY, "carrier"),
            "“car” stands nowhere, but a word of the same family does: “carrier”, in van:1.",
        ),
        (
            sought(How.EQUIVALENT, *"abcdefgh"),
            "“car” stands nowhere, but what may stand for it does: “a”, “b”, “c”, “d”, “e”, “f” and 2 more, in van:1.",
        ),
        (
            sought(How.EQUIVALENT, "human\nrights"),
            "“car” stands nowhere, but what may stand for it does: “human rights”, in van:1.",
        ),
        (sought(None), "“car” stands nowhere, nor does anything that is known to stand for it."),
        (
            sought(How.EQUIVALENT, "fire", is_phrase=True),
            "“car” has only stop words, which are not looked for; what may stand for it is “fire”, in van:1.",
        ),
        (
            sought(None, is_phrase=True),
            "“car” has only stop words, which are not looked for, and nothing that may stand for it is there.",
        ),
    ],
)
def test_where_a_word_stands_that_got_no_answer(word: Sought, sentence: str) -> None:
    heading, first, *_ = looked_for(word)
    assert heading == "What was looked for, in all passages that answers are taken from:"
    assert first == f"• {sentence}"


def test_what_the_closest_passage_lacks() -> None:
    lost, here = sought(None, typed="ship"), sought(How.EXACT, "car")
    assert looked_for(here, lost)[3] == "• The passage that comes closest, van:1, lacks “ship”."
    assert looked_for(here)[2] == (
        "• The passage that comes closest, van:1, holds each of these words or what may stand for it; that alone is no "
        "answer."
    )
    assert not [line for line in looked_for(lost) if "comes closest" in line]
    assert not [line for line in looked_for(here, closest=None) if "comes closest" in line]


def test_what_was_asked_for_and_stands_nowhere_near() -> None:
    lost = sought(None)
    assert looked_for(lost, closest_offers=False)[2] == (
        "• Asked for: a place. The sentence that comes closest has nothing that looks like one."
    )
    assert looked_for(lost, closest_offers=False, is_offered=False)[2] == (
        "• Asked for: a place. Nothing that looks like one stands in the passages that come closest."
    )
    assert len(looked_for(lost)) == len(looked_for(lost, kind=Kind.THING, closest_offers=False)) == 3


HARDLY = "the best sentence hardly answers the question. An answer takes 0.55. The reports are about the matter of the"
SHOWN = "; the closest passages are shown from 0.70 on."
PERHAPS = (
    "the best sentence may or may not answer the question. An answer takes 0.55. The closest passages are shown because"
)
ABOUT = " the reports are about the matter of the question, with a probability of"


@pytest.mark.parametrize(
    ("outcome", "confidence", "about", "sentence"),
    [
        (Outcome.SILENT, 0.05, 0.4, f"Confidence 0.05 of 1: {HARDLY} question with a probability of 0.40{SHOWN}"),
        (Outcome.SILENT, 0.05, 0.6996, f"Confidence 0.05 of 1: {HARDLY} question with a probability of 0.6996{SHOWN}"),
        (Outcome.CLOSEST, 0.4, 0.9, f"Confidence 0.40 of 1: {PERHAPS}{ABOUT} 0.90."),
        (Outcome.CLOSEST, 0.5499, 0.9, f"Confidence 0.5499 of 1: {PERHAPS}{ABOUT} 0.90."),
    ],
)
def test_a_probability_stands_beside_what_it_falls_short_of(
    outcome: Outcome, confidence: float, about: float, sentence: str
) -> None:
    assert looked_for(sought(None), outcome=outcome, confidence=confidence, about=about)[-1] == sentence


def test_where_no_sentence_holds_anything_there_is_no_best_one() -> None:
    assert looked_for(sought(None), closest=None, confidence=0.0)[-1] == (
        "Confidence 0 of 1: no sentence holds anything of the question."
    )
