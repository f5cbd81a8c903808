"""An operator's file of equivalents: added to the bundled ones whole, or refused with the line and what to do."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.answering import Answerer
from retrieval.errors import LexiconError, LexiconLineError
from retrieval.overview.summary import summarise
from retrieval.question.asked import Question
from retrieval.question.query import Query
from retrieval.why.explanation import Found, How, Place
from retrieval.words.lexicon import BUNDLED, Lexicons
from retrieval.words.lexicon_file import LONGEST_FILE, read
from tests.builders import edition, report
from tests.said import words

OWN = """\
# Words of the water programme.
[en]
same = '''
borehole, tube well     # in both directions
mutuelle > savings group
'''
close = '''
WHO > World Health Organization
'''
loose = "Yayé, panel"

[fr]
same = '''mirador, puits'''
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "lexicon.toml"


def written(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file


def equivalents(text: str, lexicons: Lexicons, tag: str = "en") -> dict[tuple[str, ...], float]:
    """What the first want of a question may be found by."""
    return dict(Query.of(text, tag, lexicons=lexicons).equivalents[0])


def refusal(file: Path) -> str:
    with pytest.raises(LexiconError) as refused:
        read(file)
    assert refused.value.fields["file"] == str(file)
    where = f"line {refused.value.fields['line']}: " if isinstance(refused.value, LexiconLineError) else ""
    return f"{where}{words(refused.value.fields['problem'])}"


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("boreholes", {("tube", "well"): 0.85}),
        ("tube wells", {("borehol",): 0.85}),
        ("mutuelles", {("save", "group"): 0.85}),
        ("savings", {}),  # the arrow points one way
        ("Yayé", {("panel",): 0.35}),
    ],
)
def test_its_entries_count_as_the_bundled_ones_do(
    file: Path, question: str, found: dict[tuple[str, ...], float]
) -> None:
    assert equivalents(question, BUNDLED) == {}
    assert equivalents(question, read(written(file, OWN))) == found


def test_the_bundled_entries_stay(file: Path) -> None:
    lexicons = read(written(file, "[en]\nloose = 'corpse, mannequin'\n"))
    assert equivalents("corpse", lexicons) == equivalents("corpse", BUNDLED) | {("mannequin",): 0.35}


@pytest.mark.parametrize(("table", "weight"), [("same", 0.85), ("loose", 0.6)])
def test_where_both_give_an_equivalent_the_nearer_one_counts(file: Path, table: str, weight: float) -> None:
    """An operator can bring words nearer to each other, and take nothing away."""
    text = f"[en]\nclose = 'mutuelle, tontine'\n{table} = 'mutuelle, tontine'\n"
    assert equivalents("tontine", read(written(file, text)))["mutuell",] == weight


def test_a_name_in_capitals_is_told_from_a_stop_word(file: Path) -> None:
    lexicons = read(written(file, OWN))
    assert equivalents("What did the WHO say?", lexicons) == {("world", "health", "organiz"): 0.6}
    assert Query.of("Who said it?", "en", lexicons=lexicons) == Query.of("Who said it?", "en")
    back = read(written(file, "[en]\nsame = 'world health organization > WHO'\n"))
    answerer = Answerer(edition(["The WHO sent tents.", "A man who sang left."]), lexicons=back)
    best = answerer.answer(Question.parse("What did the World Health Organization send?")).excerpts[0]
    assert best.text == "The WHO sent tents."


@pytest.mark.parametrize(("tag", "key"), [("fr", "puit"), ("fr-CA", "puit"), ("es", None)])
def test_each_language_has_its_own_table(file: Path, tag: str, key: str | None) -> None:
    lexicons = read(written(file, OWN))
    added = equivalents("mirador", lexicons, tag).items() - equivalents("mirador", BUNDLED, tag).items()
    assert added == ({((key,), 0.85)} if key else set())


@pytest.mark.parametrize(
    "text", ["", "# nothing yet\n", "[en]\n", "[en]\nsame = ''\n", "[en]\nsame = '''\n# a, b\n'''"]
)
def test_a_file_without_entries_adds_nothing(file: Path, text: str) -> None:
    assert equivalents("corpse", read(written(file, text))) == equivalents("corpse", BUNDLED)


@pytest.mark.parametrize("mark", ["\ufeff", ""])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_marks_and_line_ends_of_other_systems(file: Path, mark: str, end: str) -> None:
    file.write_bytes((mark + OWN.replace("\n", end)).encode())
    assert equivalents("boreholes", read(file)) == {("tube", "well"): 0.85}


def test_an_answer_and_its_explanation_know_an_operators_equivalent(file: Path) -> None:
    asked = edition(["The mutuelle met in Kita.", "It rained in Kita."])
    lexicons = read(written(file, "[en]\nsame = 'tontine, mutuelle'\n"))
    answerer, question = Answerer(asked, lexicons=lexicons), Question.parse("Where did the tontine meet?")
    assert answerer.answer(question).excerpts[0].text == "The mutuelle met in Kita."
    assert answerer.answer(question).excerpts[0].score > Answerer(asked).answer(question).excerpts[0].score
    reasons = {word.typed: word.found for word in answerer.consider(question).explained.explanations[0].asked}
    assert reasons["tontine"] == Found(Place.HERE, How.EQUIVALENT, "mutuelle")


def test_a_misspelt_word_may_be_meant_for_an_operators(file: Path) -> None:
    lexicons = read(written(file, "[en]\nsame = 'tontines, mutuelle'\n"))
    answerer = Answerer(edition(["The mutuelle met in Kita.", "It rained in Kita."]), lexicons=lexicons)
    explanation = answerer.consider(Question.parse("Where in Kita did the tontinse meet?")).explained.explanations[0]
    read_as = {word.typed: (word.read_as, word.found) for word in explanation.asked}["tontinse"]
    assert read_as == ("tontines", Found(Place.HERE, How.EQUIVALENT, "mutuelle"))


def test_one_report_of_several_is_asked_with_it_too(file: Path) -> None:
    lexicons = read(written(file, "[en]\nsame = 'tontine, mutuelle'\n"))
    answerer = Answerer(edition(["The mutuelle met.", "It rained."], ["It snowed."]), lexicons=lexicons)
    assert answerer.answer(Question.parse("tontine"), "report-1").excerpts[0].text == "The mutuelle met."


def test_a_summary_of_a_topic_takes_near_equivalents_after_the_topic_itself(file: Path) -> None:
    of = report("The mutuelle met. A savings group sang. A group danced. The tontine paid. The panel left.")
    text = "[en]\nsame = 'tontine > savings group'\nclose = 'tontine, mutuelle'\nloose = 'tontine, panel'\n"
    lexicons = read(written(file, text))

    def texts(length: int) -> list[str]:
        found = summarise(of, "e", length=length, about=Question("the tontine"), lexicons=lexicons)
        return [excerpt.text for excerpt in found.excerpts]

    assert texts(1) == ["The tontine paid."]
    assert texts(2) == ["A savings group sang.", "The tontine paid."]
    assert texts(5) == ["The mutuelle met.", "A savings group sang.", "The tontine paid."]
    spoken = summarise(of, "e", about=Question("tontine"), lexicons=lexicons).excerpts
    assert [e.passage.cut(match) for e in spoken for match in e.matches] == ["mutuelle", "savings", "group", "tontine"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "[en]\nsame = '''\ntontine, mutuelle\n\n  lonely  # word\n'''\n",
            "line 5: “lonely” stands alone; write what may stand for it behind a comma, or what it finds behind “>”",
        ),
        (
            "[en]\nsame = '''tontine, mutuelle\n > group\n'''\n",
            "line 3: “> group” has nothing on the left of “>”; write words of a question there",
        ),
        (
            '[en]\nclose = """\ntontine > , # group\n"""\n',
            "line 3: “tontine > ,” has nothing on the right of “>”; write words of reports there",
        ),
        (
            "[en]\nloose = 'tontine > group > panel'\n",
            "line 2: “tontine > group > panel” has more than one “>”; write a line for each",
        ),
        (
            "[en]\nsame = '''\ntontine > a group of five women\n'''\n",
            "line 3: “a group of five women” has 5 words, and an item may have 4; shorten it",
        ),
        ("[en]\nsame = '''\ntontine, & …\n'''\n", "line 3: “& …” holds no word; take it out"),
        (
            "[en]\nsame = '''\ntontine, who did it\n'''\n",
            (
                "line 3: “who did it” holds only stop words, by which nothing is found; write it on the left of “>” "
                "alone, or take it out"
            ),
        ),
        (
            "[fr]\nsame = '''\nici\n'''\n[en]\nsame = '''\nici\n'''\n",
            "line 3: “ici” stands alone; write what may stand for it behind a comma, or what it finds behind “>”",
        ),
        (
            '[en]\nsame = "tontine, mutuelle\\nlonely"\n',
            "“lonely” stands alone; write what may stand for it behind a comma, or what it finds behind “>”",
        ),
        (
            "[en]\nsame = 'tontine, group'\nsaem = 'b'\n",
            "line 3: [en] cannot hold “saem”; write one of same, close, loose",
        ),
        ("[en]\nsame = ['tontine, group']\n", "line 2: “same” of [en] is no text; write it as same = '''…'''"),
        (
            "same = '''\ntontine, group\n'''\n",
            "line 1: “same” belongs to no language; write a line such as [en] above it",
        ),
        ("\nen = 'x'\n", "line 2: “en” is no table; write a line such as [en] and below it same = '''…'''"),
        ("[[en]]\n", "line 1: “en” is no table; write a line such as [en] and below it same = '''…'''"),
        (
            "[en]\n[ english ]\n",
            "line 2: there is no language “english”; write one of ar, de, en, es, fr, it, pt, ru",
        ),
        ("[en-GB]\n", "line 1: there is no language “en-GB”; write one of ar, de, en, es, fr, it, pt, ru"),
        (
            "[en]\nsame\n",
            "line 2: it is not TOML (expected '=' after a key in a key/value pair); write entries as same",
        ),
        ("[en]\nsame = '''\na, b\n", "line 4: it is not TOML (expected \"'''\"); write entries as same = '''…'''"),
        ("n = " + "[\n" * 100_000, "it is not TOML that can be read; write entries as same = '''…'''"),
        (
            f"[en]\n{'a.' * 500}a = 1\n",
            "line 2: it has 1005 characters, and may have 1000; write several lines",
        ),
        ("#\n" * (LONGEST_FILE // 2) + "#", "it is larger than 1 MiB; keep the entries that you need"),
    ],
)
def test_a_fault_is_told_with_its_line_and_what_to_do(file: Path, text: str, problem: str) -> None:
    assert refusal(written(file, text)).startswith(problem)


def test_a_file_that_is_no_text(file: Path) -> None:
    file.write_bytes(b"[en]\nsame = 'caf\xe9, bar'\n")
    assert refusal(file) == "line 2: it is not UTF-8 text; save the file as UTF-8"


def test_what_is_no_file(file: Path) -> None:
    assert refusal(file) == "there is no such file; correct its path, or take the setting out"
    assert refusal(Path("\0")) == "there is no such file; correct its path, or take the setting out"
    file.mkdir()
    assert refusal(file) == "it is a folder or a device; name a file"
    assert refusal(Path("/dev/zero")) == "it is a folder or a device; name a file"


ITEM = st.lists(st.sampled_from(["who", "WHO", "tontine", "Ségou", "U.N.", "don't", "&", "水", "56/1"]), max_size=5)
LINE = st.lists(ITEM.map(" ".join), max_size=3).map(", ".join)
ENTRY = st.one_of(LINE, st.tuples(LINE, LINE).map(" > ".join), st.text(st.characters(exclude_categories=["C"])))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=st.lists(ENTRY, max_size=3), tag=st.sampled_from(["en", "fr", "ar"]))
def test_any_file_is_taken_or_refused_at_a_line_of_its_own(file: Path, entries: list[str], tag: str) -> None:
    text = f"[{tag}]\nsame = '''\n" + "\n".join(entries).replace("'''", "") + "\n'''\n"
    try:
        lexicons = read(written(file, text))
    except LexiconLineError as refused:
        line = int(str(refused.fields["line"]))
    else:
        line = 3
        query = Query.of("Who told the WHO of U.N. tontine don't in Segou 56/1 水", tag, lexicons=lexicons)
        assert all(0 < weight < 1 for found in query.equivalents for weight in found.values())
    assert 3 <= line <= len(text.split("\n"))
