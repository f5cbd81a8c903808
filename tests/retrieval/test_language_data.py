"""The data of each language hold together: no word is listed twice, no rule hides another, every line can be read."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

import retrieval.language
from corpus.text.frequent import frequent_words
from retrieval.kind import Kind
from retrieval.language import SNOWBALL, halves, language, numbered
from retrieval.language.folding import fold
from retrieval.words.lexicon import WEIGHTS
from retrieval.words.spelling import frequent
from retrieval.words.terms import analyzer_of

FOLDER = Path(retrieval.language.__file__).parent
TAGS = sorted(path.name for path in FOLDER.iterdir() if (path / "words.toml").exists())


def repeated(words: list[str]) -> list[str]:
    return [word for word, count in Counter(words).items() if count > 1]


def words(tag: str) -> dict[str, str]:
    return tomllib.loads((FOLDER / tag / "words.toml").read_text("utf-8"))


def listed(tag: str, name: str) -> list[str]:
    """The words of a table of texts, folded as they are compared."""
    return [analyzer_of(tag).fold(word) for word in words(tag)[name].split()]


def irregular_lines(tag: str) -> list[list[str]]:
    analyzer = analyzer_of(tag)
    lines = words(tag)["irregular"].splitlines()
    return [list(dict.fromkeys(analyzer.fold(word) for word in line.split())) for line in lines if line.split()]


def lexicon_lines(tag: str) -> list[str]:
    tables = language(tag).lexicon
    return [line for name in tables for raw in tables[name].splitlines() if (line := raw.partition("#")[0].strip())]


def test_english_has_data() -> None:
    assert "en" in TAGS


@pytest.mark.parametrize("tag", TAGS)
class TestLanguage:
    def test_stop_words_are_compared_folded_and_none_is_written_twice(self, tag: str) -> None:
        assert repeated(words(tag)["stop_words"].split()) == []
        assert language(tag).stop_words == frozenset(listed(tag, "stop_words"))

    def test_no_form_stands_under_two_heads_or_is_a_head_itself(self, tag: str) -> None:
        lines = irregular_lines(tag)
        assert repeated([form for line in lines for form in line]) == []
        assert [line for line in lines if len(line) < 2] == []
        assert {form: line[0] for line in lines for form in line[1:]} == dict(language(tag).irregular)

    def test_irregular_forms_are_no_stop_words(self, tag: str) -> None:
        stop_words = language(tag).stop_words
        hidden = {form for line in irregular_lines(tag) for form in line[1:] if form in stop_words}
        assert hidden == ({"one"} if tag == "en" else set())  # more often a pronoun than a number

    def test_no_known_word_ends_as_a_misspelt_one(self, tag: str) -> None:
        endings = language(tag).misspelt_endings
        assert repeated(list(endings)) == []
        known = " ".join([words(tag)["stop_words"], words(tag)["irregular"], *lexicon_lines(tag)])
        assert [word.text for word in analyzer_of(tag).words(known) if word.text.endswith(endings)] == []

    def test_what_tells_topics_is_known_folded_and_stands_once(self, tag: str) -> None:
        told = language(tag).topics
        known = {"determiners", "introduced_by", "adverbs_end", "no_things_end", "things", "empty_headings"}
        assert set(told) <= known
        assert [name for name, text in told.items() if repeated(text.split())] == []
        analyzer = analyzer_of(tag)
        assert [word for text in told.values() for word in text.split() if analyzer.fold(word) != word] == []
        assert not set(told["determiners"].split()) & set(told["introduced_by"].split())

    def test_the_lexicon_has_known_tables_and_lines_with_two_sides_or_two_items(self, tag: str) -> None:
        assert set(language(tag).lexicon) <= set(WEIGHTS)
        for line in lexicon_lines(tag):
            sides = [[item.strip() for item in side.split(",")] for side in line.split(">")]
            assert len(sides) == 2 or (len(sides) == 1 and len(sides[0]) > 1), line
            assert all(item for side in sides for item in side), line

    def test_lexicon_items_are_phrases_of_few_words_none_twice_on_a_side(self, tag: str) -> None:
        for line in lexicon_lines(tag):
            for side in line.split(">"):
                items = [item.strip() for item in side.split(",")]
                assert repeated(items) == [], line
                assert [item for item in items if len(item.split()) > 5] == [], line

    def test_lexicon_targets_hold_a_word_that_is_looked_for(self, tag: str) -> None:
        analyzer = analyzer_of(tag)
        for line in lexicon_lines(tag):
            targets = line.rpartition(">")[2].split(",")
            assert [item for item in targets if not analyzer.terms(item)] == [], line

    def test_no_lexicon_line_stands_twice(self, tag: str) -> None:
        assert repeated(lexicon_lines(tag)) == []

    def test_what_joins_questions_is_complete_and_no_word_stands_twice(self, tag: str) -> None:
        tables = {path.parent.name: tomllib.loads(path.read_text("utf-8")) for path in FOLDER.glob("*/halves.toml")}
        assert set(tables[tag]) == set(tables["en"])
        assert [name for name, text in tables[tag].items() if repeated(text.split())] == []
        assert halves(tag)["joins"]

    def test_what_is_numbered_is_complete_and_no_word_stands_twice(self, tag: str) -> None:
        tables = numbered(tag)
        assert set(tables) == set(numbered("en"))
        assert [name for name, words in tables.items() if repeated(list(words))] == []
        assert len(tables["counting"]) == len(tables["ranking"])

    def test_kinds_of_questions_are_known_and_complete(self, tag: str) -> None:
        kinds = language(tag).questions["kinds"]
        assert set(kinds) <= {kind.value for kind in Kind}
        assert [name for name, table in kinds.items() if set(table) != {"asks", "nouns", "offers"}] == []
        assert repeated([noun for table in kinds.values() for noun in set(table["nouns"].split())]) == []
        assert repeated([ask.strip() for table in kinds.values() for ask in table["asks"].split(",")]) == []

    def test_the_frequent_words_are_of_one_drawer_and_listed_once(self, tag: str) -> None:
        tables = frequent_words(tag)
        listed = [word for part in tables.values() for word in part.replace("|", " ").split()]
        assert repeated(listed) == []
        assert [word for word in listed if not word.isalpha() or fold(word) != word] == []
        assert all(
            word.startswith(drawer) for drawer, part in tables.items() for word in part.replace("|", " ").split()
        )
        assert {part.count("|") for part in tables.values()} <= {4}

    def test_the_forms_of_a_chat_are_listed_once_and_stand_for_words(self, tag: str) -> None:
        tables = language(tag).typed
        lines = [line for name in ("forms", "beside") for line in tables.get(name, "").splitlines() if line.strip()]
        assert [line for line in lines if line.count(">") != 1 or not line.partition(">")[2].strip()] == []
        forms = [form.strip() for line in lines for form in line.partition(">")[0].split(",")]
        assert repeated(forms) == []
        assert [form for form in forms if fold(form) != form or len(form.split()) not in (1, 2)] == []
        known = frequent(tag)
        assert [form for form in forms if " " not in form and form in known.tiers(form)] == []


@pytest.mark.parametrize("tag", ["nl", "xx", "", "..", "../en", "e/n", "ﬀ"])
def test_a_language_without_data_is_empty(tag: str) -> None:
    found = language(tag)
    assert (found.stop_words, found.irregular, found.lexicon, found.questions) == (frozenset(), {}, {}, {})
    assert (found.misspelt_endings, found.topics) == ((), {})
    assert found.stemmer == SNOWBALL.get(tag.partition("-")[0])
