"""A language is told by small frequent words, and only where they tell enough."""

from pathlib import Path

import pytest

from corpus.ingest.collection import read_collection
from corpus.ingest.pipeline import ingest
from corpus.text.language import A_QUESTION, spoken

FRENCH = "Les habitants de la vallée ont quitté leurs maisons après que des hommes ont incendié le village de Tarnis."
ENGLISH = "The people of the valley left their houses after men had burnt the village, and they have not come back."


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        (FRENCH, "fr"),
        (ENGLISH, "en"),
        ("Die Bewohner des Dorfes haben das Tal verlassen, weil es nicht mehr sicher war und der Fluss stieg.", "de"),
        ("Los habitantes del valle dejaron sus casas porque los hombres de la milicia no se fueron.", "es"),
        ("L'eau a été coupée. La maire a déclaré que la conduite datait de 1958. La réparation a coûté cher.", "fr"),
        ("Tarnis 2024", None),
        ("", None),
        (FRENCH + " " + ENGLISH, None),
    ],
)
def test_the_language_of_a_text(text: str, tag: str | None) -> None:
    assert spoken(text) == tag


@pytest.mark.parametrize(
    ("question", "tag"),
    [
        ("combien de morts", "fr"),
        ("c'est qui le chef", "fr"),
        ("where did it happen", "en"),
        ("¿cuántas personas murieron?", "es"),
        ("cuantas personas murieron", "es"),
        ("¿Murieron en Fatissouma?", "es"),
        ("que paso", "es"),
        ("Quantas pessoas morreram?", "pt"),
        ("O que aconteceu?", "pt"),
        ("O que exigem os peritos?", "pt"),
        ("onde aconteceu", "pt"),
        ("Quante persone sono morte?", "it"),
        ("Cosa è successo?", "it"),
        ("quanti morti", "it"),
        ("Wie viele Menschen starben?", "de"),
        ("was it in january 2025", "en"),
        ("Who runs El Tour de Tucson?", None),  # a name has its own language
        ("tldr", None),
        ("Tarnis ?", None),
    ],
)
def test_the_language_of_a_question(question: str, tag: str | None) -> None:
    assert spoken(question, A_QUESTION) == tag


def manifest(folder: Path, language: str) -> None:
    entry = '[[report]]\nfile = "a.txt"\nid = "a"\ntitle = "A"\n'
    (folder / "reports.toml").write_text(entry + (f'language = "{language}"\n' if language else ""), encoding="utf-8")


@pytest.mark.parametrize(("text", "tag"), [(FRENCH, "fr"), (ENGLISH, "en"), ("Tarnis 2024", "en")])
def test_a_report_has_the_language_of_its_words_where_nothing_else_is_said(tmp_path: Path, text: str, tag: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert ingest(tmp_path).edition.report("a").language == tag
    manifest(tmp_path, "")
    found = ingest(tmp_path)
    assert (found.edition.report("a").language, found.languages, found.contradicted) == (tag, (), ())


@pytest.mark.parametrize(
    ("given", "contradicted"),
    [("en", (("a.txt", "en", "fr"),)), ("fr", ()), ("fr-ML", ()), ("xx", (("a.txt", "xx", "fr"),))],
)
def test_what_the_manifest_says_stands_and_its_contradiction_is_named(
    tmp_path: Path, given: str, contradicted: tuple[tuple[str, str, str], ...]
) -> None:
    (tmp_path / "a.txt").write_text(FRENCH, encoding="utf-8")
    manifest(tmp_path, given)
    found = ingest(tmp_path)
    assert (found.edition.report("a").language, found.contradicted) == (given, contradicted)


def test_a_collection_is_read_by_the_words_of_each_report(tmp_path: Path) -> None:
    lines = (
        f'{{"report_id": "{tag}", "title": "A", "paragraphs": ["{text}"]}}'
        for tag, text in (("fr", FRENCH), ("en", ENGLISH))
    )
    (tmp_path / "reports.jsonl").write_text("\n".join(lines), encoding="utf-8")
    reports = read_collection(tmp_path / "reports.jsonl").edition.reports
    assert [report.language for report in reports] == ["fr", "en"]
