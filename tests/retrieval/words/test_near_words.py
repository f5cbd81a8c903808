"""Words near each other in meaning: the table that ships, when it is opened, what it finds, and what it never does."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answering import Answerer
from retrieval.confidence.facts import FACTS
from retrieval.confidence.model import shipped, without
from retrieval.evidence.features import NO_FEATURES
from retrieval.evidence.weights import Model
from retrieval.language import language
from retrieval.language.folding import fold
from retrieval.question.asked import Question
from retrieval.search.scope import Scope
from retrieval.search.searching import rank
from retrieval.why.explanation import Found, How, Place
from retrieval.words import near_words
from retrieval.words.near_words import LEAST, MOST, Near
from retrieval.words.terms import analyzer_of
from retrieval.words.vectors import WIDTH, Table, written
from tests.builders import edition
from tests.tools.near_words import packed, terms

CHECKOUT = Path(__file__).parents[3]
KEY = analyzer_of("en").key
TEXT = (
    "The orchestra was seen at the harbour on Monday.",
    "The veterinarian closed the shop in June.",
    "A lorry stood before the town hall, and nobody knew why.",
)


def english() -> Table:
    table = near_words.table("en")
    assert table is not None
    return table


def keys(*words: str) -> list[str]:
    return [key for word in words if (key := KEY(word))]


def cosines(word: str, *held: str) -> dict[str, float]:
    (key,) = keys(word)
    return dict(Near(keys(*held), "en").of(key))


@pytest.mark.parametrize(
    ("tag", "model", "most"),
    [("en", "all-MiniLM-L6-v2, Apache-2.0", 4.5e6), ("fr", "universal-sentence-encoder-multilingual 3 by Google", 2e6)],
)
def test_the_table_says_where_it_comes_from_and_is_no_larger_than_it_may_be(tag: str, model: str, most: float) -> None:
    file = language(tag).near
    assert file is not None
    assert file.stat().st_size < most
    with file.open("rb") as opened:
        told = json.loads(opened.readline())
    assert model in told["model"]
    assert "Apache-2.0" in told["model"]
    assert "wordfreq" in told["words"]
    assert "CC BY-SA 4.0" in told["words"]
    assert "python -m tests.tools.near_words" in told["made"]
    notice = (CHECKOUT / "NOTICE").read_text("utf-8")
    assert file.relative_to(CHECKOUT).as_posix() in notice


def test_the_terms_are_sorted_and_are_those_that_reports_are_read_in() -> None:
    table = english()
    found = [term.decode() for term in table.terms]
    assert found == sorted(set(found))
    assert table.rows.shape == (len(found), 192)
    lines = "\n".join(language("en").lexicon.values()).splitlines()
    # Names have no near words, and rare ones of countries and capitals are not among those that the table is made of.
    written = {"&": "and", "St.": "Saint"}
    names = [str(name).removesuffix(" SAR China").split() for name in Locale.parse("en").territories.values()]
    countries = {" ".join(fold(written.get(word, word)) for word in name) for name in names}
    others = [line for line in lines if countries.isdisjoint(item.strip() for item in line.split(","))]
    listed = " ".join(others).replace(",", " ").replace(">", " ").split()
    mine = {key for word in listed if word.isascii() and word.isalpha() and (key := KEY(word)) and len(key) <= WIDTH}
    assert mine - set(found) == set(), "words.toml has changed: make the table anew, as tests/tools/near_words.py says"


def test_the_french_terms_are_sorted_and_near_words_are_found_among_them() -> None:
    table = near_words.table("fr")
    assert table is not None
    found = [term.decode() for term in table.terms]
    assert found == sorted(set(found))
    assert table.rows.shape == (len(found), 128)
    key = analyzer_of("fr").key
    (car, lorry, tree) = [key(word) or "" for word in ("voiture", "camion", "arbre")]
    held = Near([lorry, tree], "fr").of(car)
    assert list(held)[:1] == [lorry]


OPENED = """
import sys
from pathlib import Path
from retrieval.words import near_words
from retrieval.answering import Answerer
from retrieval.question.asked import Question
from retrieval.search.searching import rank
from tests.builders import edition
answerer = Answerer(edition({text!r}))
answerer.prepare()
answerer.answer(Question({question!r}))
print(near_words.table.cache_info().currsize)
"""


@pytest.mark.parametrize(
    ("question", "opened"),
    [("wells drilled", 0), ("Kita and 2024", 0), ("when did it occur in Bamako 1999", 1), ("fountains", 1)],
)
def test_only_a_question_with_a_word_that_a_sentence_lacks_opens_it(question: str, opened: int) -> None:
    text = ["Wells were drilled in Kita in 2024."]
    code = OPENED.format(text=text, question=question)
    run = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert int(run.stdout) == opened


def test_near_words_come_nearest_first_without_the_word_itself() -> None:
    found = cosines("doctor", "physician", "doctors", "carpet", "surgeon")
    assert list(found)[:2] == keys("physician", "surgeon")
    assert KEY("doctor") not in found
    assert all(LEAST <= cosine < 1 for cosine in found.values())
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert len(Near([term.decode() for term in english().terms], "en").of("doctor")) <= MOST


@pytest.mark.parametrize("word", ["xqvzk", "école", "incomprehensibilities", "2024"])
def test_a_word_that_the_table_lacks_has_none(word: str) -> None:
    assert Near(keys("doctor", "school"), "en").of(KEY(word) or word) == {}
    assert cosines("doctor", word, "nurse").keys() == set(keys("nurse"))


def test_a_language_without_a_table_has_none() -> None:
    assert Near(["docteur"], "fr").of("docteur") == {}
    assert Near([], "en").of("doctor") == {}


@given(st.permutations(["physician", "surgeon", "carpet", "nurse", "vehicle"]))
def test_the_order_of_the_words_of_a_report_does_not_matter(held: list[str]) -> None:
    expected = list(cosines("doctor", "carpet", "nurse", "physician", "surgeon", "vehicle").items())
    assert list(cosines("doctor", *held).items()) == expected


def test_words_of_equal_nearness_stand_in_alphabetical_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "near.bin"
    rows = np.array([[3, 4], [3, 4], [4, 3], [3, 4]], np.int8)
    file.write_bytes(written(["alpha", "beta", "delta", "gamma"], rows, {"what": "a test"}))
    assert Table(file).provenance["what"] == "a test"
    monkeypatch.setattr(near_words, "table", lambda _: Table(file))
    assert Near(["gamma", "delta", "beta"], "en").of("alpha") == {"beta": 0.99, "gamma": 0.99, "delta": 0.96}


def test_sums_are_exact() -> None:
    """32-bit floats hold every whole number up to 2 ** 24, and no sum of products may be larger."""
    table = english()
    assert 127 * 127 * table.rows.shape[1] < 2**24
    some = table.rows[::150].astype(np.int64)
    assert (some.astype(np.float32) @ some[7].astype(np.float32) == some @ some[7]).all()


def weighed(**features: float) -> Answerer:
    """An answerer that weighs the named features alone."""
    plain = without("kinds")
    sure = Model(9.0, (0.0,) * len(FACTS))
    scoring = plain.whole._replace(features=NO_FEATURES._replace(**features))
    return Answerer(edition(TEXT), replace(plain, confidence=sure, whole=scoring, plain=scoring))


def test_a_near_word_finds_what_no_list_names() -> None:
    found = weighed(near=1.0).answer(Question("was there a violin"))
    assert found.excerpts[0].sentence_text == TEXT[0]


def test_why_a_sentence_was_chosen_names_the_pair() -> None:
    (found, *_) = weighed(near=1.0).consider(Question("Who played the violin at the harbour?")).explained.explanations
    asked = {one.typed: one.found for one in found.asked}
    assert asked["violin"] == Found(Place.HERE, How.NEAR, "orchestra")


def test_no_near_word_outranks_the_word_itself() -> None:
    scope = Scope(edition(TEXT).reports)
    ranking = rank(scope, "which orchestra, which violin, which veterinarian", shipped())
    for evidence in ranking.evidence:
        named = evidence.features
        assert round(named.coverage, 9) <= round(named.near, 9) <= round(named.near_passage, 9) <= 1
        assert named.near_best <= 1
    terms = ranking.best_ranker.terms()
    assert terms[KEY("veterinarian") or ""] == 1.0
    assert all(weight < 0.6 for key, weight in terms.items() if key not in keys("orchestra", "veterinarian"))


def test_a_name_or_a_number_has_no_near_words() -> None:
    scope = Scope(edition(("The plane landed in Niger in 1998.",)).reports)
    for question, expected in (("was it in Mali", 0.0), ("was it in 1999", 0.0), ("was it in mali", 0.1)):
        (evidence,) = rank(scope, question, shipped()).evidence
        assert (evidence.features.near > 0) is (expected > 0)


@given(st.sampled_from(["was there a violin", "who closed the store", "what vehicle", "xqvzk", "Monday"]))
def test_without_the_table_nothing_is_near(question: str) -> None:
    """What is left is what the sentence holds by its words, lists and stems."""
    scope = Scope(edition(TEXT).reports)
    for evidence in rank(scope, question, without("near")).evidence:
        named = evidence.features
        assert named.near == pytest.approx(named.coverage)


def test_the_command_averages_the_forms_of_a_term_and_keeps_cosines() -> None:
    rows = np.random.default_rng(7).normal(size=(4, 6))
    by_term = terms(["child", "children", "the", "vehicle"], rows)
    assert list(by_term) == keys("child", "vehicle")
    assert (by_term["child"] == rows[:2].mean(axis=0)).all()
    small = packed(rows, 6).astype(np.float64)
    for a in range(4):
        for b in range(4):
            whole = rows[a] @ rows[b] / np.linalg.norm(rows[a]) / np.linalg.norm(rows[b])
            cut = small[a] @ small[b] / np.linalg.norm(small[a]) / np.linalg.norm(small[b])
            assert cut == pytest.approx(whole, abs=0.02)


def test_among_many_passages_one_is_found_by_a_near_word_alone() -> None:
    others = [f"Number {n} is about the harvest and the roads." for n in range(40)]
    scope = Scope(edition([*others, TEXT[0], *others]).reports)
    (found,) = rank(scope, "was there a violin", shipped()).evidence
    assert scope.passages[found.passage].text == TEXT[0]
    assert rank(scope, "was there a violin", without("near")).evidence == ()
