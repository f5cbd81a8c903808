"""The check of quotations: what must hold for any words of any report, and for whatever is typed."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from corpus.edition import Edition
from corpus.ingest.pipeline import BUNDLED, ingest
from corpus.passage import Kind, Passage
from retrieval.errors import EmptyQuotationError, LongQuotationError, QuotationError, WordlessQuotationError
from retrieval.quotation.checking import Checker
from retrieval.quotation.given import QUOTATION_LIMIT
from retrieval.quotation.marks import bare, quoted
from retrieval.quotation.tokens import Token, tokens
from retrieval.quotation.values import Checked
from retrieval.quotation.verdict import Verdict
from retrieval.search.scope import Scope
from tests.builders import edition, report

GOLDEN = Path(__file__).parents[1] / "golden"
PLACES = (BUNDLED, GOLDEN / "quotes" / "reports", GOLDEN / "everyday" / "french", GOLDEN / "everyday" / "english")
SWAPPED = str.maketrans({"'": "’", "’": "'", "“": '"', "”": '"', '"': "“", "-": "–", "–": "-", " ": "\u00a0"})


def checker_of(made: Edition) -> Checker:
    return Checker(made, Scope(made.reports))


EDITION = ingest(PLACES).edition
PASSAGES = [p for r in EDITION.reports for p in r.passages if p.kind is not Kind.FURNITURE and tokens(p.searched)]
CHECKER = checker_of(EDITION)


@st.composite
def words(draw: st.DrawFn) -> tuple[Passage, list[Token]]:
    """A passage, and some of its tokens in a row, a word among them."""
    passage = draw(st.sampled_from(PASSAGES))
    own = tokens(passage.searched)
    begin = draw(st.integers(0, len(own) - 1))
    chosen = own[begin : draw(st.integers(begin + 1, min(len(own), begin + 60)))]
    assume(any(token.is_word for token in chosen))
    return passage, chosen


def shows_slices(found: Checked) -> bool:
    return all(e.text == e.passage.text[e.span.start : e.span.end] for e in found.excerpts)


@given(words())
@settings(max_examples=300)
def test_any_words_of_a_passage_are_exact(taken: tuple[Passage, list[Token]]) -> None:
    passage, chosen = taken
    found = CHECKER.check(passage.text[chosen[0].start : chosen[-1].end])
    assert found.verdict is Verdict.EXACT
    assert found.excerpts
    assert shows_slices(found)


@given(words(), st.sampled_from(["marks", "upper", "lines", "end", "soft"]), st.randoms(use_true_random=False))
@settings(max_examples=300)
def test_marks_blanks_and_case_make_no_difference_but_one_of_type(
    taken: tuple[Passage, list[Token]], change: str, dice: random.Random
) -> None:
    passage, chosen = taken
    assume(any(token.is_word for token in chosen[-1:]))
    text = passage.text[chosen[0].start : chosen[-1].end]
    if change == "marks":
        text = re.sub(r"(?<!\d)-(?=\d)|(?<=\d)[ \u00a0](?=\d)", lambda found: found[0], text.translate(SWAPPED))
    elif change == "upper":
        text = text.upper()
    elif change == "lines":
        text = text.replace(" ", "\n")
    elif change == "end":
        text += dice.choice(".,;:!?")
    else:
        at = dice.randrange(len(text) + 1)
        text = f"{text[:at]}\u00ad{text[at:]}"
    found = CHECKER.check(text)
    assert found.verdict.is_true
    assert shows_slices(found)


@given(words(), st.randoms(use_true_random=False))
@settings(max_examples=300)
def test_another_word_or_number_is_never_the_same(taken: tuple[Passage, list[Token]], dice: random.Random) -> None:
    passage, chosen = taken
    text, base = passage.text, chosen[0].start
    place = dice.choice([token for token in chosen if token.is_word])
    raw = text[place.start : place.end]
    digit = re.search(r"\d", raw)
    other = f"{raw[: digit.start()]}{(int(digit[0]) + 5) % 10}{raw[digit.end() :]}" if digit else "zyxwv"
    found = CHECKER.check(text[base : place.start] + other + text[place.end : chosen[-1].end])
    assume(other in found.text)  # where there are quotation marks, only the words between them are checked
    if digit and len(chosen) < 4:  # another number may well stand alone somewhere else
        return
    assert not found.verdict.is_true
    assert shows_slices(found)


@given(st.one_of(st.text(max_size=200), st.text("“”\"'«»….[] \n-–\u200b\u202e*>a1", max_size=80)))
@settings(max_examples=300)
def test_whatever_is_typed_is_judged_or_refused_with_a_sentence(text: str) -> None:
    try:
        found = CHECKER.check(text)
    except QuotationError:
        return
    assert shows_slices(found)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", EmptyQuotationError),
        (" \n\t", EmptyQuotationError),
        ("“”", WordlessQuotationError),
        ("\u200b\u2060", WordlessQuotationError),
        ("… --- !", WordlessQuotationError),
        ("a " * QUOTATION_LIMIT, LongQuotationError),
    ],
)
def test_what_cannot_be_checked_is_refused(text: str, error: type[QuotationError]) -> None:
    with pytest.raises(error):
        CHECKER.check(text)


def test_a_number_is_one_word_with_its_sign_and_its_separators() -> None:
    found = [token.text for token in tokens("1,200 of -5 at 12.5, 3–7, 12 300 and 10²")]
    assert found == ["1,200", "of", "-5", "at", "12.5", ",", "3", "7", ",", "12300", "and", "10", "²"]


def test_tokens_say_where_they_stand() -> None:
    text = "L’ﬁn\u00ad e\u0301tait «\u00a0là\u00a0»…"
    assert [text[token.start : token.end] for token in tokens(text)] == ["L", "ﬁn", "e\u0301tait", "là", "…"]


def test_words_of_another_report_do_not_lend_themselves() -> None:
    """A sentence half of one report and half of another is joined, whichever way round."""
    made = edition(
        ["The mission found nine wells near the northern road."], ["Soldiers of the fourth brigade burned two schools."]
    )
    found = checker_of(made).check(
        "The mission found nine wells and soldiers of the fourth brigade burned two schools."
    )
    assert found.verdict is Verdict.JOINED
    assert [excerpt.report.id for excerpt in found.excerpts] == ["report-1", "report-2"]


def test_a_quotation_over_the_end_of_a_paragraph() -> None:
    made = edition(report("The wells were dry.", "Nobody came back."))
    checker = checker_of(made)
    assert checker.check("The wells were dry.\nNobody came back.").verdict is Verdict.EXACT
    found = checker.check("The wells were dry. Nobody came back.")
    assert found.verdict is Verdict.TYPOGRAPHIC
    assert [excerpt.text for excerpt in found.excerpts] == ["The wells were dry.", "Nobody came back."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “one two” and “three”.", ["one two", "three"]),
        ('"I saw "him" there," she said, "twice."', ['I saw "him" there,', "twice."]),
        ("« un » et « deux »", [" un ", " deux "]),
        ("It's ‘the victims’ families’, he said", ["the victims’ families"]),
        ("“open\n\nnext” one", ["open"]),
        ("5\" and '90s", []),
        ("It's 'the victims' families', he said", ["the victims' families"]),
        ("'We pay the victims' families,' the army said", ["We pay the victims' families,"]),
        ("labelled 'false' and 'a lie', it's said", ["false", "a lie"]),
        ("labelled ‘false’ and ‘a lie’", ["false", "a lie"]),
        ("'10 were shot,' they said", ["10 were shot,"]),
        ("the victims' car and the guards' boat", []),
        ("took 'em in the '90s to the guards' boat", []),
        ("rock 'n' roll, 5' 10' high", []),
    ],
)
def test_what_stands_between_quotation_marks(text: str, expected: list[str]) -> None:
    assert [text[span.start : span.end] for span in quoted(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'They ran.'", "They ran."),
        ("'the victims' families'", "the victims' families"),
        ("“the victims’”", "the victims"),
        ("\"labelled 'false'\"", "labelled 'false'"),
        ("'false' and 'a lie'", "'false' and 'a lie'"),
    ],
)
def test_a_quotation_without_the_marks_around_it(text: str, expected: str) -> None:
    assert bare(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "“The army must face prosecution,” said the experts",
        "The experts called the claims “defamatory”",
        "The experts called the claims “false” and “defamatory”",
        "The experts said: “the bodies were found near Fatissouma”",
        "the victims' remains were “hidden”, said the experts' spokesman",
    ],
)
@pytest.mark.parametrize("marks", ["‘’", "''", '""'])
def test_all_marks_quote_alike(text: str, marks: str) -> None:
    """Whichever marks are typed around the words that are quoted: the verdict, the words, the speaker."""

    def told(typed: str) -> tuple[object, ...]:
        found = CHECKER.check(typed)
        return found.verdict, found.text, found.differences, found.cut_off

    assert told(text.translate(str.maketrans("“”", marks))) == told(text)


@pytest.mark.parametrize(
    ("typed", "verdict", "text"),
    [
        ("“Families lost contact with the victims” (paragraph 3)", "exact", "Families lost contact with the victims"),
        ("“Families lost contact” [well:1@943c04b4]", "exact", "Families lost contact"),
        ("“Nobody met” (paragraph 3)", "not_found", "Nobody met"),
        ("as the mayor put it, 'the state will pay'", "typographic", "the state will pay"),
        ("He ate his hat and “lost contact with the victims”", "exact", "lost contact with the victims"),
        ("Families of “the state” will pay for hats", "altered", "Families of “the state” will pay for hats"),
    ],
)
def test_what_is_quoted_is_checked_beside_remarks_and_words_that_are_found_nowhere(
    typed: str, verdict: str, text: str
) -> None:
    """Not where a word or two are set off among others."""
    found = checker_of(edition(report(MADE_UP))).check(typed)
    assert (found.verdict.value, found.text) == (verdict, text)


@pytest.mark.parametrize("marks", ["“”", "‘’", "''", '""'])
def test_a_report_may_quote_with_any_marks(marks: str) -> None:
    """The speaker is told of each sentence of a quotation, and the whole of it is shown."""
    said = "“Nobody came to the victims' houses. They left us there,” the mayor said.".translate(
        str.maketrans("“”", marks)
    )
    checker = checker_of(edition(report(f"The plane came at dawn. {said} Families' cars burned.")))
    for words in ("Nobody came", "They left us there"):
        found = checker.check(words)
        assert (found.verdict, found.cut_off) == (Verdict.EXACT, ("the mayor said",))
        assert [excerpt.text for excerpt in found.excerpts] == [said]
    [other] = checker.check("“Nobody came,” said the commander").differences
    assert (other.quoted, other.true) == ("said the commander", "the mayor said")
    assert checker.check("Families' cars burned").cut_off == ()


NOR = "Nor did the inquiry find any evidence that the crew had been drinking."
YET = "The mission has not been able to establish that the army fired first."
AUCUNE = "La mission n'a trouvé à ce jour aucune preuve concluante que l'équipage avait bu."

FIRM = "The inquiry found no firm and independently verified proof that the crew had been drinking."
FERME = "La mission n'a trouvé aucune preuve ferme et dûment vérifiée que l'équipage avait bu."


@pytest.mark.parametrize(
    ("language", "sentence", "quotation", "negation", "reaches"),
    [
        ("en", NOR, "the crew had been drinking", "Nor", True),
        ("en", NOR, "had been drinking", "Nor", True),
        ("en", YET, "the army fired first", "not", True),
        ("fr", AUCUNE, "l'équipage avait bu", "aucune", True),
        ("en", FIRM, "the crew had been drinking", "no", True),
        ("fr", FERME, "l'équipage avait bu", "aucune", True),
        (
            "fr",
            "Le comité n'a jamais pu établir à ce jour que l'équipage avait bu.",
            "l'équipage avait bu",
            "n'a jamais",
            True,
        ),
        ("en", "No guard was there and the mayor said that they fired first.", "they fired first", "No", False),
        ("en", "Without delay and proof officers said that they fired first.", "they fired first", "Without", False),
        ("en", "Nobody was hurt there and the mayor said that they fired first.", "they fired first", "Nobody", False),
        ("en", "Not long after the fire, the guards said that they fired first.", "they fired first", "Not", False),
        ("en", "Nobody at the gate saw from where they fired first.", "they fired first", "Nobody", False),
    ],
)
def test_a_negation_reaches_over_what_is_claimed(
    language: str, sentence: str, quotation: str, negation: str, *, reaches: bool
) -> None:
    """However far before "that" it stands, unless a sign or a word that joins clauses stands between."""
    told = checker_of(edition(report(sentence, language=language))).check(quotation).cut_off
    assert (negation in told) is reaches


MADE_UP = "Families lost contact with the victims shortly thereafter. The state will pay for the schools."


@pytest.mark.parametrize("text", ["Families of the victims pay", "Families with victims of the state pay"])
def test_words_that_stand_here_and_there_are_no_other_wording(text: str) -> None:
    assert checker_of(edition(report(MADE_UP))).check(text).verdict is Verdict.NOT_FOUND


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("the", False),
        ("with the", False),
        ("will", False),
        ("the state", True),
        ("pay", True),
        ("it is what it was for", True),
    ],
)
def test_a_few_little_words_tell_nothing(text: str, tells: bool) -> None:
    assert checker_of(edition(report(MADE_UP))).check(text).is_telling is tells
