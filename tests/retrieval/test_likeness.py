"""How alike a question and a sentence are as wholes: what the sums are made of, and what they never do."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import near_words
from retrieval.language import language
from retrieval.likeness import KEPT, Likeness, Sums, summed
from retrieval.model import shipped, without
from retrieval.near_words import Table, written
from retrieval.query import Query
from retrieval.scope import Scope
from tests.builders import edition, report
from tests.tools.word_sums import corpus, teaches_vectors, tokens

TEXT = (
    "The orchestra was seen at the harbour on Monday.",
    "The veterinarian closed the shop in June.",
    "A lorry stood before the town hall, and nobody knew why.",
)
TELLING = ["soldier", "kill", "civilian", "who", "where", "bodi", "found", "not", "say", "xqvzk", "2024"]


def cosine(one: Sums, other: Sums) -> float:
    return float(one.rows[0] @ other.rows[0] / (one.lengths[0] * other.lengths[0]))


def question(text: str) -> Sums:
    return summed([Query.of(text, "en").tokens], "en")


@given(st.lists(st.sampled_from(TELLING), min_size=1, max_size=12))
def test_the_order_of_the_words_does_not_matter_and_sums_are_exact(words: list[str]) -> None:
    shuffled = sorted(words)
    one, other = summed([words], "en"), summed([shuffled], "en")
    assert (one.rows == other.rows).all()
    assert (one.rows == np.round(one.rows)).all()
    assert np.abs(one.rows).max() < 2**22


def test_products_of_sums_are_exact_for_the_longest_sentences() -> None:
    table = near_words.table("en")
    assert table is not None
    numbers = table.rows.shape[1]
    longest = 400  # words, each of the greatest weight and all its numbers at their most
    assert (127 * 255 * longest) ** 2 * numbers < 2**63
    assert (127 * 255 * 60) ** 2 * numbers < 2**53


def test_what_is_put_in_other_words_is_more_alike_than_what_is_about_something_else() -> None:
    asked = question("Where did they discover the corpses?")
    sentences = Scope(edition(("The bodies were found near the village.", "The budget of the ministry grew.")).reports)
    near, far = (Likeness("en").of(asked, n, sentences.read(n))[0] for n in (0, 1))
    assert near > far + 0.2


def test_the_same_text_is_wholly_alike_and_an_unknown_one_not_at_all() -> None:
    known, unknown = question("Who killed the civilians?"), summed([["xqvzk", "zzqqxx"]], "en")
    assert cosine(known, known) == pytest.approx(1)
    assert cosine(known, unknown) == 0
    assert (unknown.lengths == 1).all()


def test_stop_words_count() -> None:
    assert cosine(question("who was found"), question("where was it found")) < 1


def test_a_misspelt_word_counts_as_the_one_that_was_meant() -> None:
    scope = Scope(edition(TEXT).reports)
    asked = scope.query("who closed the shopp", "en", shipped())
    assert "shop" in asked.tokens


def test_a_language_without_a_table_has_no_likeness() -> None:
    assert summed([["camiones", "cuerpos"]], "es").rows.shape == (1, 0)
    scope = Scope([report("Los cuerpos fueron hallados cerca del pueblo.", language="es")])
    ranking = scope.rank("cuerpos pueblo", shipped())
    assert [evidence.features.alike for evidence in ranking.evidence] == [0.0]


def test_french_has_it_too() -> None:
    scope = Scope([report("Les corps ont été retrouvés près du village.", "Le budget a augmenté.", language="fr")])
    asked = summed([Query.of("Où a-t-on découvert les cadavres ?", "fr").tokens], "fr")
    near, far = (Likeness("fr").of(asked, n, scope.read(n))[0] for n in (0, 1))
    assert near > far + 0.1


def test_without_it_nothing_is_compared() -> None:
    scope = Scope(edition(TEXT).reports)
    asked = "which orchestra, which veterinarian"
    assert any(e.features.alike for e in scope.rank(asked, shipped()).evidence)
    assert not any(e.features.alike for e in scope.rank(asked, without("likeness")).evidence)


def test_what_is_kept_of_passages_is_bounded() -> None:
    scope = Scope(edition(TEXT).reports)
    likeness, asked = Likeness("en"), question("which orchestra")
    for n in range(KEPT + 5):
        likeness.of(asked, n, scope.read(0))
    assert len(likeness._kept) == KEPT


def test_a_table_gives_back_its_weights(tmp_path: Path) -> None:
    file = tmp_path / "near.bin"
    rows = np.array([[3, 4], [-3, 4]], np.int8)
    file.write_bytes(written(["alpha", "beta"], rows, np.array([1, 255], np.uint8), {"what": "a test", "sure": 0.4}))
    table = Table(file)
    assert (table.weights.tolist(), table.rows.tolist(), table.sure) == ([1, 255], rows.tolist(), 0.4)


def test_the_tokens_of_a_text_are_those_that_a_sentence_is_compared_by() -> None:
    scope = Scope(edition(TEXT).reports)
    for n, text in enumerate(TEXT):
        assert sorted(tokens(text)) == sorted(Likeness("en")._tokens(scope.read(n)[0]))


def test_what_teaches_the_vectors_teaches_no_weights(tmp_path: Path) -> None:
    ids = [f"article-{n}" for n in range(40)]
    reports, questions, wordnet = tmp_path / "reports.jsonl", tmp_path / "questions.jsonl", tmp_path / "wordnet"
    wordnet.mkdir()
    for part in ("noun", "verb", "adj", "adv"):
        gloss = '00001740 03 n 01 dog 0 000 | a domestic animal; "the dog barked all night"\n'
        (wordnet / f"data.{part}").write_text(gloss, "utf-8")
    paragraph = "It stands in Kita. The old well was drilled by hand in 1921."
    lines = [{"report_id": one, "title": one, "paragraphs": [f"{one}: {paragraph}"]} for one in ids]
    reports.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    begin = [line["paragraphs"][0].index("drilled") for line in lines]
    asked = [
        {
            "question": f"How was the well of {one} made?",
            "report_id": one,
            "gold": [{"par": 0, "spans": [[at, at + 15]]}],
        }
        for one, at in zip(ids, begin, strict=True)
    ]
    questions.write_text("\n".join(map(json.dumps, asked)), "utf-8")
    found = corpus(reports, questions, wordnet, ["dog", "well", "hand"])
    mine = {one for one in ids if teaches_vectors(one)}
    assert set(found.articles) == mine
    assert mine < set(ids)
    assert {found.texts[one.text] for one in found.asked} == {f"How was the well of {one} made?" for one in mine}
    right = {found.texts[found.articles[one.article][n][0]] for one in found.asked for n in one.right}
    assert right == {"The old well was drilled by hand in 1921."}
    assert "dog: a domestic animal" in found.texts
    assert "the dog barked all night" in found.texts


def test_every_stop_word_has_a_vector() -> None:
    table = near_words.table("en")
    assert table is not None
    held = {term.decode() for term in table.terms}
    plain = {word for word in language("en").stop_words if word.isascii() and len(word) <= near_words.WIDTH}
    assert plain <= held
