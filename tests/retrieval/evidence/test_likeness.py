"""How alike a question and a sentence are as wholes: what the sums are made of, and what they never do."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.confidence.model import shipped, without
from retrieval.evidence.features import Match
from retrieval.evidence.likeness import KEPT, STRANGE, Asked, Likeness, summed, table
from retrieval.language import language
from retrieval.question.query import Query
from retrieval.search.scope import Scope
from retrieval.search.searching import rank
from retrieval.words.vectors import WIDTH, Table, written
from tests.builders import edition, report
from tests.tools.word_sums import corpus, packed, teaches_vectors, tokens

TEXT = (
    "The orchestra was seen at the harbour on Monday.",
    "The veterinarian closed the shop in June.",
    "A lorry stood before the town hall, and nobody knew why.",
)
TELLING = ["soldier", "kill", "civilian", "who", "where", "bodi", "found", "not", "say", "xqvzk", "2024"]


def question(text: str) -> Asked:
    return Asked(Query.of(text, "en"))


def alike(asked: str, text: str) -> float:
    """How alike a question and a text of one sentence are, by the way that an answer takes."""
    scope = Scope(edition([text]).reports)
    return rank(scope, asked, shipped()).evidence[0].features.alike


@given(st.lists(st.sampled_from(TELLING), min_size=1, max_size=12))
def test_the_order_of_the_words_does_not_matter_and_sums_are_exact(words: list[str]) -> None:
    shuffled = sorted(words)
    one, other = summed([words], "en"), summed([shuffled], "en")
    assert (one.rows == other.rows).all()
    assert (one.rows == np.round(one.rows)).all()
    assert np.abs(one.rows).max() < 2**22


def test_products_of_sums_are_exact_for_the_longest_sentences() -> None:
    own = table("en")
    assert own is not None
    numbers = own.rows.shape[1]
    longest = 400  # words, each of the greatest weight and all its numbers at their most
    assert (127 * 255 * longest) ** 2 * numbers < 2**63
    assert (127 * 255 * 60) ** 2 * numbers < 2**53


def test_what_is_put_in_other_words_is_more_alike_than_what_is_about_something_else() -> None:
    asked = "Where did they discover the corpses?"
    near = alike(asked, "The bodies were found near the village.")
    assert near > alike(asked, "The budget of the ministry grew.") + 0.2


def test_the_same_words_are_wholly_alike_and_unknown_ones_not_at_all() -> None:
    own = question("Who killed the civilians?")
    same, unknown = summed([Query.of("Who killed the civilians?", "en").tokens], "en"), summed([["xqvzk", "zzq"]], "en")
    nothing = [[None] * 2]
    assert own.likeness(same, nothing) == [pytest.approx(1)]
    assert own.likeness(unknown, nothing) == [0]
    assert own.likeness(summed([[]], "en"), nothing) == [0]


def test_stop_words_count() -> None:
    where = summed([Query.of("where was it found", "en").tokens], "en")
    assert question("who was found").likeness(where, [[None]])[0] < 0.99


@pytest.mark.parametrize("name", ["Xqvzk", "4711"])
def test_a_name_or_a_number_that_no_table_has_makes_texts_alike_that_share_it(name: str) -> None:
    asked = f"What did the council decide on {name}?"
    mine, other = (alike(asked, f"The council spoke of {said} on Monday.") for said in (name, "Zzqwv"))
    assert mine > other + 0.1


def test_an_equivalent_counts_as_the_word_that_was_asked_for() -> None:
    query = Query.of("who saw the lorry", "en")
    sums = summed([["see", "truck"]], "en")
    plain = [Match(("see",), 1.0) if want.key == "see" else None for want in query.wants]
    read = [
        Match(("truck",), 0.9) if want.key not in (None, "see") else match
        for want, match in zip(query.wants, plain, strict=True)
    ]
    asked = Asked(query)
    assert asked.likeness(sums, [read])[0] > asked.likeness(sums, [plain])[0]


def test_an_unknown_word_that_stands_for_another_counts_as_that() -> None:
    query = Query.of("where did the soldiers march", "en")
    sums = summed([["xqvzk", "march"]], "en")
    plain: list[Match | None] = [None] * len(query.wants)
    at = next(n for n, want in enumerate(query.wants) if want.key == "soldier")
    read = [Match(("xqvzk",), 0.8) if n == at else None for n in range(len(plain))]
    asked = Asked(query)
    assert asked.likeness(sums, [read])[0] > asked.likeness(sums, [plain])[0]


def test_a_misspelt_word_counts_as_the_one_that_was_meant() -> None:
    scope = Scope(edition(TEXT).reports)
    asked = scope.query("who closed the shopp", "en", shipped())
    assert "shop" in asked.tokens


def test_a_language_without_a_table_has_no_likeness() -> None:
    assert summed([["camiones", "cuerpos"]], "es").rows.shape == (1, 0)
    scope = Scope([report("Los cuerpos fueron hallados cerca del pueblo.", language="es")])
    ranking = rank(scope, "cuerpos pueblo", shipped())
    assert [evidence.features.alike for evidence in ranking.evidence] == [0.0]


def test_without_it_nothing_is_compared() -> None:
    scope = Scope(edition(TEXT).reports)
    asked = "which orchestra, which veterinarian"
    assert any(e.features.alike for e in rank(scope, asked, shipped()).evidence)
    assert not any(e.features.alike for e in rank(scope, asked, without("likeness")).evidence)


def test_what_is_kept_of_passages_is_bounded() -> None:
    scope = Scope(edition(TEXT).reports)
    likeness, asked = Likeness("en"), question("which orchestra played")
    for n in range(KEPT + 5):
        likeness.of(asked, n, scope.read(0), [[None] * 2])
    assert len(likeness._kept) == KEPT


def test_a_table_gives_back_its_weights(tmp_path: Path) -> None:
    file = tmp_path / "sums.bin"
    rows = np.array([[3, 4], [-3, 4]], np.int8)
    file.write_bytes(written(["alpha", "beta"], rows, {"what": "a test"}, weights=np.array([1, 255], np.uint8)))
    own = Table(file)
    assert (own.weights.tolist(), own.rows.tolist()) == ([1, 255], rows.tolist())


def test_rows_fill_their_bits_and_the_weights_keep_their_lengths() -> None:
    rows = np.array([[0.2, 0.1], [-0.4, 0.4], [0.01, 0.0]])
    scaled, weights = packed(rows)
    assert np.abs(scaled).max(axis=1).tolist() == [127] * 3
    assert scaled * (weights / weights.max())[:, None] == pytest.approx(rows / np.abs(rows).max() * 127, abs=0.8)


def test_an_unknown_word_is_as_long_as_words_that_are_known() -> None:
    own = table("en")
    assert own is not None
    lengths = np.linalg.norm(own.rows.astype(np.float64), axis=1) * own.weights
    assert np.quantile(lengths, 0.01) < STRANGE < np.quantile(lengths, 0.5)


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
    own = table("en")
    assert own is not None
    held = {term.decode() for term in own.terms}
    plain = {word for word in language("en").stop_words if word.isascii() and len(word) <= WIDTH}
    assert plain <= held
