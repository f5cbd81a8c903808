"""The command line in-process: every command, every refusal, what goes to which output, and the exit code."""

import json
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.__main__ import main
from bot.commands.command import Face
from bot.commands.registry import Registry
from bot.terminal.arguments import CORPUS_ACTIONS, names
from bot.terminal.corpus_commands import OWN
from corpus.ingest.pipeline import BUNDLED, ingest
from corpus.readers import SUFFIXES
from tests.said import TEMPLATES

WELLS = "The mission found three wells near Niono. The wells were dry."
CAMPS = "A camp near Mopti holds nine hundred families."
MANIFEST = """\
[[report]]
id = "mission"
file = "mission.txt"
title = "Report of the mission"
publisher = "The Mission"
date = 2024-05-01
url = "https://example.org/mission"
symbol = "A/HRC/56/1"
note = "This report speaks of hardship."
"""
SOURCE = "Report of the mission, paragraph {}, A/HRC/56/1, The Mission, 1 May 2024"
UNTITLED = SOURCE.removeprefix("Report of the mission, ")


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "mission.txt").write_text(f"Report of the mission\n\n{WELLS}\n\n{CAMPS}\n", encoding="utf-8")
    (folder / "reports.toml").write_text(MANIFEST, encoding="utf-8")
    return folder


@pytest.fixture
def run(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on the folder and gives back its exit code and outputs."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, environ: Mapping[str, str] | None = None) -> Ran:
        ours = {"RAPPORTEUR_REPORTS": str(folder), "RAPPORTEUR_DATA": str(tmp_path / "data"), "COLUMNS": "80"}
        code = main(arguments, ours | dict(environ or {}))
        return Ran(code, *capsys.readouterr())

    return run


def key(run: Run, label: str) -> str:
    """The lasting citation of a passage."""
    found = json.loads(run("passage", f"mission:{label}", "--json").out)
    return str(re.findall(r"\[(.*)\]$", found["citation"])[0])


def edition(run: Run) -> str:
    return str(json.loads(run("reports", "--json").out)["edition"])


def test_ask_says_the_question_and_quotes_with_a_citation(run: Run) -> None:
    ran = run("ask", "Which", "camp", "holds", "families?")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Which camp holds families?\n\n")
    assert f"\n> {CAMPS}\n  {SOURCE.format(2)} [{key(run, '2')}]\n  https://example.org/mission\n" in ran.out
    assert ran.out.endswith(f"\n\nThis report speaks of hardship.\n\nEdition {edition(run)}. Quotes are verbatim.\n")


def test_ask_what_the_report_does_not_say(run: Run) -> None:
    assert run("ask", "Which orchestra played Bruckner?") == Ran(
        0,
        "Which orchestra played Bruckner?\n"
        "\n"
        "Nothing about this was found in the report.\n"
        "\n"
        "Not found in what was asked: “orchestra”, “Bruckner”.\n"
        "\n"
        "The report asked is “Report of the mission”.\n"
        "\n"
        "Among other things it speaks of “mission”, “Niono”, “camp”, “Mopti”.\n"
        "\n"
        "Try a report's own words, or a shorter question. `rapporteur reports` lists the reports that can be asked; "
        "`rapporteur summary` shows what one is about.\n"
        "\n"
        f"Edition {edition(run)}.\n",
        "",
    )


@pytest.mark.parametrize(
    "typed", ["hi", "Hello!", "thanks", "thanks a lot", "thx", "merci", "Bonjour !", "hi, how are you?"]
)
def test_a_greeting_is_told_in_one_line_what_can_be_asked(run: Run, typed: str) -> None:
    said = (
        "You can ask what the report says, for example “What about mission?”; `rapporteur summary` shows what it is "
        "about."
    )
    assert run("ask", typed) == Ran(0, f"{typed}\n\n{said}\n\nEdition {edition(run)}.\n", "")
    assert json.loads(run("ask", "--json", typed).out)["only_stop_words"]


def test_a_greeting_is_answered_in_the_language_that_is_read(run: Run) -> None:
    out = run("ask", "--language", "fr", "merci beaucoup").out
    assert out.splitlines()[2].startswith("Vous pouvez demander ce que dit le rapport, par exemple «\xa0Et mission")


def test_a_question_of_stop_words_is_told_what_is_wrong_with_it(run: Run) -> None:
    assert run("ask", "What are you?") == Ran(
        0,
        "What are you?\n"
        "\n"
        "That has only words that are not looked for, such as “who”, “about” or “hello”.\n"
        "\n"
        "The report asked is “Report of the mission”.\n"
        "\n"
        "Among other things it speaks of “mission”, “Niono”, “camp”, “Mopti”.\n"
        "\n"
        "Name a person, a place or a thing. `rapporteur summary` shows what a report is about; `rapporteur reports` "
        "lists the reports that can be asked.\n"
        "\n"
        f"Edition {edition(run)}.\n",
        "",
    )
    answer = json.loads(run("ask", "--json", "What are you?").out)
    assert (answer["outcome"], answer["only_stop_words"]) == ("silent", True)
    assert answer["topics"] == ["mission", "Niono", "camp", "Mopti"]


def test_ask_for_programs(run: Run) -> None:
    ran = run("ask", "--json", "Which camp holds families?")
    assert (ran.code, ran.err) == (0, "")
    answer = json.loads(ran.out)
    assert list(answer) == [
        "question",
        "outcome",
        "confidence",
        "edition",
        "ms",
        "corrections",
        "tied",
        "topics",
        "only_stop_words",
        "is_yes_or_no",
        "unfound",
        "foreign",
        "facet",
        "which",
        "itself",
        "parts",
        "excerpts",
    ]
    assert answer["question"] == "Which camp holds families?"
    assert (answer["corrections"], answer["tied"], answer["topics"]) == ([], [], [])
    assert (answer["only_stop_words"], answer["is_yes_or_no"]) == (False, False)
    assert answer["outcome"] in {"answered", "closest", "silent"}
    assert 0 <= answer["confidence"] <= 1
    assert answer["edition"] == edition(run)
    best = answer["excerpts"][0]
    assert best | {"score": 0} == {
        "report": "mission",
        "passage": "mission:2",
        "paragraph": 2,
        "text": CAMPS,
        "sentence": CAMPS,
        "start": 0,
        "end": len(CAMPS),
        "lead": None,
        "torn": [False, False],
        "score": 0,
        "citation": f"{SOURCE.format(2)} [{key(run, '2')}]",
        "url": "https://example.org/mission",
    }


def test_an_answer_with_its_reasons(run: Run) -> None:
    ran = run("ask", "--explain", "Which camp near Mopti shelters nine hundred familes?")
    confidence = re.findall(r"Confidence (0\.\d\d) of 1: ", ran.out)[0]
    assert ran == Ran(
        0,
        "Which camp near Mopti shelters nine hundred familes?\n"
        "\n"
        "Read “familes” as “families”.\n"
        "\n"
        f"> {CAMPS}\n"
        f"  {SOURCE.format(2)} [{key(run, '2')}]\n"
        "  https://example.org/mission\n"
        "\n"
        "Why this sentence:\n"
        "• “camp” stands in it as it is.\n"
        "• “Mopti” stands in it as it is.\n"
        "• “shelters” stands neither in it nor elsewhere in the passage.\n"
        "• “nine” stands in it as it is.\n"
        "• “hundred” stands in it as it is.\n"
        "• “familes” was read as “families”. “families” stands in it as it is.\n"
        "• Side by side, in the question as in the sentence: “camp near”, “near mopti”, “nine hundred”.\n"
        "• Asked for: a place. It offers words that tell of it (“camp”, “near”).\n"
        "• What counted, most first: its words, what stands around it, what it offers.\n"
        "\n"
        f"Confidence {confidence} of 1: the best sentence more likely than not answers the question.\n"
        "\n"
        "This report speaks of hardship.\n"
        "\n"
        f"Edition {edition(run)}. Quotes are verbatim.\n"
        "",
        "",
    )


def test_reasons_for_programs(run: Run) -> None:
    ran = run("ask", "--explain", "--json", "Which camp near Mopti shelters nine hundred familes?")
    best, *others = json.loads(ran.out)["excerpts"]
    found = best["explanation"]
    assert [word.pop("weight") > 0 for word in found["words"]] == [True] * 6
    assert sum(found["score"].values()) == pytest.approx(best["score"], abs=1e-5)
    exact = {"read_as": None, "place": "here", "how": "exact"}
    assert found | {"score": 0} == {
        "words": [
            {"word": "camp", "found": "camp"} | exact,
            {"word": "Mopti", "found": "Mopti"} | exact,
            {"word": "shelters", "read_as": None, "place": None, "how": None, "found": None},
            {"word": "nine", "found": "nine"} | exact,
            {"word": "hundred", "found": "hundred"} | exact,
            {"word": "familes", "read_as": "families", "place": "here", "how": "spelling", "found": "families"},
        ],
        "pairs": ["camp near", "near mopti", "nine hundred"],
        "kind": "place",
        "offer": {
            "words": ["camp", "near"],
            "names": [],
            "numbers": [],
            "year": False,
            "quotation": False,
            "by_whom": False,
        },
        "score": 0,
    }
    assert ["explanation" in other for other in others] == [False] * len(others)
    plain = json.loads(run("ask", "--json", "Which camp near Mopti shelters nine hundred familes?").out)
    del best["explanation"]
    assert plain["excerpts"] == [best, *others]


def test_silence_with_its_reasons(run: Run) -> None:
    asked = "Which orchestra played the symphony?"
    ran = run("ask", "--explain", asked)
    confidence = re.findall(r"Confidence (0\.\d\d) of 1: ", ran.out)[0]
    about = re.findall(r"with a probability of (0\.\d+);", ran.out)[0]
    silent = run("ask", asked).out
    head, footer = silent.removesuffix(f"Edition {edition(run)}.\n"), f"Edition {edition(run)}.\n"
    assert ran == Ran(
        0,
        f"{head}"
        "What was looked for, in all passages that answers are taken from:\n"
        "• “orchestra” stands nowhere, nor does anything that is known to stand for it.\n"
        "• “played” stands nowhere, nor does anything that is known to stand for it.\n"
        "• “symphony” stands nowhere, nor does anything that is known to stand for it.\n"
        "\n"
        f"Confidence {confidence} of 1: the best sentence hardly answers the question. An answer takes 0.45. The "
        f"reports are about the matter of the question with a probability of {about}; the closest passages are shown "
        "from 0.50 on.\n"
        "\n"
        f"{footer}",
        "",
    )
    record = json.loads(run("ask", "--explain", "--json", asked).out)
    nowhere: dict[str, object] = {
        "read_as": None,
        "how": None,
        "found": [],
        "passages": [],
        "more": 0,
        "in_closest": False,
    }
    assert record["search"] | {"about": 0} == {
        "words": [{"word": word} | nowhere for word in ("orchestra", "played", "symphony")],
        "closest": "mission:2",  # as a whole the more alike of the two
        "kind": "thing",
        "offered": False,
        "closest_offers": False,
        "answered_from": 0.45,
        "closest_from": 0.5,
        "about": 0,
    }
    assert round(record["search"]["about"], 2) == float(about)
    answered = json.loads(run("ask", "--explain", "--json", "Which camp near Mopti shelters nine hundred familes?").out)
    assert answered["search"] is None


def test_the_closest_passages_with_what_is_missing_for_an_answer(run: Run) -> None:
    """On the bundled report, of which every word of this is true."""
    shown = run("ask", "--explain", "--reports", str(BUNDLED), "what colour was the pickup").out
    text = " ".join(passage.text for passage in ingest(BUNDLED).edition.passages())
    assert ("colour" in text, text.count("pickup"), shown.count("Why ")) == (False, 1, 3)
    confidence, likely = re.findall(r"Confidence (0\.\d\d) of 1: the best sentence (.*?) the question\.", shown)[0]
    about = re.findall(r"with a probability of (0\.\d+)", shown)[0]
    assert (
        "\n\nWhat was looked for, in all passages that answers are taken from:\n"
        "• “colour” stands nowhere, nor does anything that is known to stand for it.\n"
        "• “pickup” stands in un-experts-mali-2025:3.\n"
        "• The passage that comes closest, un-experts-mali-2025:3, lacks “colour”.\n"
        "\n"
        f"Confidence {confidence} of 1: the best sentence {likely} the question. An answer takes 0.45. "
        "The closest passages are shown because the reports are about the matter of the question, with a probability "
        f"of {about}.\n"
        "\n"
        "This report describes killings of civilians"
    ) in shown


def test_two_reports_that_come_about_equally_close_are_both_shown_and_said_to_be(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "twins"
    folder.mkdir()
    for year, families in (2023, "Nine"), (2024, "Eleven"):
        text = f"Camps in {year}\n\nThe mission visited Mopti.\n\n{families} hundred families live in the camp.\n"
        (folder / f"camps-{year}.txt").write_text(text, encoding="utf-8")
    asked = "ask", "--reports", str(folder), "How many families live in the camp?"
    shown = run(*asked).out
    assert shown.startswith(
        "How many families live in the camp?\n\nTwo reports come about equally close; compare both.\n\n"
    )
    assert "\n> Nine hundred families live in the camp.\n" in shown
    assert "\n> Eleven hundred families live in the camp.\n" in shown
    assert json.loads(run(*asked, "--json").out)["tied"] == ["camps-2023", "camps-2024"]
    assert json.loads(run(*asked, "--json", "--report", "camps-2023").out)["tied"] == []


def test_lines_are_not_explained(run: Run) -> None:
    ran = run("ask", "--jsonl", "--explain")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("With --jsonl nothing is explained, so ask the one question with --explain")


def test_a_word_taken_for_misspelt_is_told(run: Run) -> None:
    asked = "Which camp holds nine hundred familes?"
    assert json.loads(run("ask", "--json", asked).out)["corrections"] == [{"typed": "familes", "meant": "families"}]
    assert run("ask", asked).out.startswith(f"{asked}\n\nRead “familes” as “families”.\n\n")


def test_summary(run: Run) -> None:
    text = (
        "Summary: Report of the mission\n"
        "\n"
        "> The mission found three wells near Niono. […]\n"
        f"  {UNTITLED.format(1)} [{key(run, '1')}]\n"
        "  https://example.org/mission\n"
        "\n"
        "This report speaks of hardship.\n"
        "\n"
        f"Edition {edition(run)}. Quotes are verbatim.\n"
    )
    assert run("summary", "--length", "1") == Ran(0, text, "")
    assert run("summary", "mission", "--length", "1") == Ran(0, text, "")
    assert run("summary", "Report of the mission", "--length=1") == Ran(0, text, "")


def test_summary_of_a_topic_for_programs(run: Run) -> None:
    ran = run("summary", "--about", "the camp", "--json")
    found = json.loads(ran.out)
    assert (ran.code, ran.err) == (0, "")
    assert list(found) == ["report", "title", "about", "edition", "by_section", "excerpts"]
    assert found["about"] == "the camp"
    assert [excerpt["text"] for excerpt in found["excerpts"]] == [CAMPS]


def test_passage(run: Run) -> None:
    text = (
        "Report of the mission\n"
        "\n"
        f"> {CAMPS}\n"
        f"  {UNTITLED.format(2)} [{key(run, '2')}]\n"
        "  https://example.org/mission\n"
        "\n"
        "This report speaks of hardship.\n"
        "\n"
        f"Edition {edition(run)}. Quotes are verbatim.\n"
    )
    assert run("passage", "mission:2") == Ran(0, text, "")
    assert run("passage", *f"{SOURCE.format(2)} [{key(run, '2')}]".split()) == Ran(0, text, "")


def test_passage_for_programs(run: Run) -> None:
    assert json.loads(run("passage", "mission:2", "--json").out) == {
        "report": "mission",
        "passage": "mission:2",
        "paragraph": 2,
        "kind": "body",
        "text": CAMPS,
        "citation": f"{SOURCE.format(2)} [{key(run, '2')}]",
        "url": "https://example.org/mission",
        "note": "This report speaks of hardship.",
        "edition": edition(run),
        "live": True,
    }


def test_several_passages_stand_in_their_order_and_a_sentence_for_what_is_not_there(run: Run) -> None:
    shown = (
        f"Report of the mission\n\n> {CAMPS}\n  {UNTITLED.format(2)} [{key(run, '2')}]\n  https://example.org/mission\n"
    )
    unknown = "There is no passage “mission:9”. A citation looks like this: "
    ran = run("passage", "mission:2", "mission:9", "mission:title")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"{shown}\n{unknown}")
    assert ran.out.index(unknown) < ran.out.index("[mission:title@")
    assert ran.out.endswith(f"This report speaks of hardship.\n\nEdition {edition(run)}. Quotes are verbatim.\n")
    first, second, third = json.loads(run("passage", "--json", "mission:2", "mission:9", "mission:title").out)[
        "passages"
    ]
    assert first == json.loads(run("passage", "mission:2", "--json").out)
    assert list(second) == ["error"]
    assert second["error"].startswith(unknown)
    assert third["passage"] == "mission:title"
    assert run("passage", "mission:8", "mission:9").code == 1
    assert run("passage", "mission:8", "mission:9").err.startswith("There is no passage “mission:8”.")


def test_reports(run: Run) -> None:
    assert run("reports") == Ran(
        0,
        "One report can be asked\n"
        "\n"
        "• Report of the mission (mission, A/HRC/56/1, The Mission, 1 May 2024, 2 paragraphs)\n"
        "  https://example.org/mission\n",
        "",
    )
    assert json.loads(run("reports", "--json").out) == {
        "edition": edition(run),
        "reports": [
            {
                "id": "mission",
                "title": "Report of the mission",
                "language": "en",
                "publisher": "The Mission",
                "date": "2024-05-01",
                "url": "https://example.org/mission",
                "symbol": "A/HRC/56/1",
                "note": "This report speaks of hardship.",
                "paragraphs": 2,
            }
        ],
    }


def test_status_shows_what_is_kept_out_of_answers(run: Run) -> None:
    assert run("corpus", "status") == Ran(
        0,
        "The corpus\n"
        "\n"
        f"Edition {edition(run)}, read from the files as they stand.\n"
        "• Report of the mission (mission, A/HRC/56/1, The Mission, 1 May 2024, 2 paragraphs)\n"
        "  https://example.org/mission\n"
        "\n"
        "One passage is kept out of answers and summaries:\n"
        "\n"
        "> Report of the mission\n"
        f"  Report of the mission, title, A/HRC/56/1, The Mission, 1 May 2024 [{key(run, 'title')}]\n"
        "\n"
        f"Edition {edition(run)}. Quotes are verbatim.\n",
        "",
    )
    status = json.loads(run("corpus", "status", "--json").out)
    assert status["edition"] == status["digest"][:12] == edition(run)
    assert status["reports"][0]["unranked"] == [
        {"passage": "mission:title", "kind": "title", "text": "Report of the mission"}
    ]


def test_status_says_whether_the_bots_database_has_the_same_edition_live(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    def database() -> object:
        return json.loads(run("corpus", "status", "--json").out)["database"]

    assert database() is None
    assert not (tmp_path / "data").exists()
    run("corpus", "refresh")
    first = edition(run)
    assert database() == {"edition": first, "same": True}
    (folder / "mission.txt").write_text(f"Report of the mission\n\n{WELLS}\n", encoding="utf-8")
    assert database() == {"edition": first, "same": False}
    assert f"\nIn the bot's database, edition {first} is live, which differs" in run("corpus", "status").out


def test_status_makes_no_database_where_an_address_is_set(run: Run, tmp_path: Path) -> None:
    environ = {"DATABASE_URL": f"sqlite:///{tmp_path / 'own.db'}"}
    assert json.loads(run("corpus", "status", "--json", environ=environ).out)["database"] is None
    assert run("corpus", "history", environ=environ).out.endswith("Nothing has been done to the corpus yet.\n")
    assert not (tmp_path / "own.db").exists()


def test_status_shows_the_files_also_where_the_database_cannot_be_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "rapporteur.db").write_text("no database" * 100, encoding="utf-8")
    ran = run("corpus", "status")
    assert ran.code == 1, "this is not all that was asked for"
    assert ran.out.startswith("The corpus\n\nEdition ")
    assert "In the bot's database" not in ran.out
    assert ran.err.startswith("The database cannot be used")


def test_a_refresh_and_what_the_history_says_of_it(run: Run, folder: Path, tmp_path: Path) -> None:
    assert run("corpus", "history") == Ran(0, "History of the corpus\n\nNothing has been done to the corpus yet.\n", "")
    assert not (tmp_path / "data").exists()
    first = edition(run)
    ran = run("corpus", "refresh")
    assert ran.code == 0
    assert re.sub(r"\d+ ms", "0 ms", ran.out) == (
        f"Edition {first} is live.\n\n"
        "• added: Report of the mission (mission, A/HRC/56/1, The Mission, 1 May 2024, 2 paragraphs)\n"
        "\nMaking it took 0 ms.\n"
    )
    assert re.fullmatch(rf"\S+ info event=refresh edition={first} changed=True ms=\d+\n", ran.err)
    assert run("corpus", "refresh").out == f"Nothing has changed. Edition {first} stays live.\n"
    old = key(run, "2")
    (folder / "mission.txt").write_text(f"Report of the mission\n\n{WELLS}\n\nNobody came.\n", encoding="utf-8")
    refreshed = json.loads(run("corpus", "refresh", "--json").out)
    second = edition(run)
    assert refreshed | {"ms": 0} == {
        "edition": second,
        "unchanged": False,
        "ms": 0,
        "added": [],
        "removed": [],
        "changed": [
            {"report": "mission", "metadata": False, "added": [], "removed": [], "changed": [[old, key(run, "2")]]}
        ],
        "refused": [],
        "passed_over": [],
    }
    told = re.sub(r"• .*? UTC", "• NOW", run("corpus", "history").out)
    assert told == (
        "History of the corpus\n"
        "\n"
        f"• NOW, terminal: made edition {second} live, in place of {first}\n"
        "• NOW, terminal: refreshed, nothing had changed\n"
        f"• NOW, terminal: made edition {first} live\n"
    )
    entry = json.loads(run("corpus", "history", "--json").out)["history"][0]
    assert list(entry) == ["at", "actor", "action", "edition", "previous", "detail", "kept"]
    assert (entry["actor"], entry["action"], entry["edition"][:12]) == ("terminal", "refresh", second)
    again = run("passage", old)
    assert again.code == 0
    assert f"This wording is no longer live. It was last part of edition {first}.\n\n> {CAMPS}\n" in again.out


@pytest.mark.parametrize(("more", "told"), [(1, "one more"), (3, "3 more")])
def test_a_long_history_says_how_much_more_there_is(run: Run, more: int, told: str) -> None:
    for _ in range(20 + more):
        run("corpus", "refresh")
    *_, last, end = run("corpus", "history").out.splitlines()
    assert (last.endswith("terminal: refreshed, nothing had changed"), end) == (True, f"• and {told} before that")
    record = json.loads(run("corpus", "history", "--json").out)
    assert (len(record["history"]), record["more"]) == (20, more)


@pytest.mark.parametrize(("reports", "told"), [(10, "."), (11, " and one more; "), (13, " and 3 more; ")])
def test_a_list_of_reports_that_is_cut_says_how_many_more_there_are(
    run: Run, tmp_path: Path, reports: int, told: str
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(reports):
        (folder / f"r{number:02}.txt").write_text(f"Number {number}\n\nIt rained on day {number}.\n", encoding="utf-8")
    listed = ", ".join(f"r{number:02}" for number in range(10))
    rest = "`rapporteur reports` lists them." if reports > 10 else ""
    kind = "There are: " if reports == 10 else "There are "
    asked = "summary", "--reports", str(folder)
    assert run(*asked, "x").err == f"There is no report called “x”. {kind}{listed}{told}{rest}\n"
    rest = told.removesuffix("; ").replace(" and ", " or ").replace(" 3", " one of 3")
    rest += ", which `rapporteur reports` lists." if reports > 10 else ""
    assert run(*asked).err == f"There are several reports. Name one of them: {listed}{rest}\n"


def test_what_lies_in_the_folder_and_is_not_read_is_named(run: Run, folder: Path) -> None:
    for name in ("second.txt", "b.png", "report.toml"):
        (folder / name).write_text("Second\n\nText.\n", "utf-8")
    (folder / "reports.toml").write_text(MANIFEST + 'language = "xx"\n', "utf-8")
    for action in ("refresh", "status", "refresh"):
        out = run("corpus", action).out
        assert f"Passed over: b.png, because only files that end in {', '.join(SUFFIXES)} are read" in out
        assert "Passed over: second.txt, because reports.toml does not list it" in out
        assert "Passed over: report.toml, because a table of contents has to be called reports.toml" in out
        assert "Read without knowing its language: mission.txt, whose “xx” is none of those known here: ar," in out
        assert str(folder) not in out
        assert json.loads(run("corpus", action, "--json").out)["passed_over"] == [
            {"file": "b.png", "reason": "kind"},
            {"file": "report.toml", "reason": "misnamed"},
            {"file": "second.txt", "reason": "unlisted"},
            {"file": "mission.txt", "reason": "language", "language": "xx"},
        ]
    for asked in (("ask", "Where were the wells found?"), ("reports",), ("summary",)):
        assert run(*asked).err.splitlines()[0].startswith("Passed over: b.png, because only files that end in ")
        assert len(run(*asked).err.splitlines()) == 4


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: Wells of Maro\n---\n\n# Wells of Maro\n\nNine wells were drilled.\n",
        "# Wells of Maro\n\n<!-- a draft -->\n\nNine wells were drilled.\n",
        "# Wells of Maro\n\nNine wells were drilled.\n\n***\n\nTwo were dry.\n",
        "# Wells of Maro\n\nNine wells were drilled.\n\n---\n\nTwo were dry.\n",
    ],
)
def test_what_is_none_of_a_reports_words_is_told_of_and_can_be_looked_up(run: Run, tmp_path: Path, text: str) -> None:
    other = tmp_path / "maro"
    other.mkdir()
    (other / "maro.md").write_text(text, "utf-8")
    here = {"RAPPORTEUR_REPORTS": str(other)}
    assert "ornament or front matter [maro:furniture-1@" in run("corpus", "status", environ=here).out
    assert run("passage", "maro:furniture-1", environ=here).code == 0
    assert run("passage", "maro:furniture-1", "--json", environ=here).code == 0
    assert run("corpus", "refresh", environ=here).out.startswith("Edition ")
    (other / "maro.md").write_text("# Wells of Maro\n\nNine wells were drilled.\n", "utf-8")
    assert "• removed: ornament or front matter (maro:furniture-1@" in run("corpus", "refresh", environ=here).out


def test_a_refresh_that_fails_names_the_file_and_keeps_the_old_edition(run: Run, folder: Path) -> None:
    run("corpus", "refresh")
    (folder / "mission.txt").write_bytes(b"\0\0")
    ran = run("corpus", "refresh", environ={"RAPPORTEUR_LOG_LEVEL": "error"})
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("mission.txt cannot be read: ")
    assert ran.err.endswith("The edition that was live stays live.\n")
    assert "terminal: failed to refresh: mission.txt cannot be read: it is not text" in run("corpus", "history").out


def test_log_lines_as_json(run: Run) -> None:
    line = json.loads(run("corpus", "refresh", environ={"RAPPORTEUR_LOG_FORMAT": "json"}).err)
    assert list(line) == ["at", "level", "event", "edition", "changed", "ms"]
    assert (line["level"], line["event"]) == ("info", "refresh")


def test_another_folder_may_be_named_with_every_command(run: Run, tmp_path: Path) -> None:
    """A folder without a manifest: one report a file, its id the file's name, its title the first line."""
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "bridge.txt").write_text("Of a bridge\n\nThe bridge is closed.\n", encoding="utf-8")
    other = "--reports", str(tmp_path / "other")
    made = json.loads(run("reports", *other, "--json").out)["edition"]
    assert made != edition(run)
    assert run("reports", *other).out == "One report can be asked\n\n• Of a bridge (bridge, 1 paragraph)\n"
    for command in (
        ("ask", "Is the bridge closed?"),
        ("summary",),
        ("passage", "bridge:1"),
        ("reports",),
        ("corpus", "status"),
        ("corpus", "refresh"),
    ):
        ran = run(*command, *other, "--json")
        assert ran.code == 0
        assert json.loads(ran.out)["edition"] == made
    assert run("corpus", "history", *other).code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (
            ["ask"],
            2,
            "There is no question. Write one in plain words, for example: Where were the bodies found?",
        ),
        (["ask", "  "], 2, "There is no question. Write one in plain words, for example: Where were the bodies found?"),
        (
            ["ask", "@everyone"],
            2,
            "There is no question. Write one in plain words, for example: Where were the bodies found?",
        ),
        (["ask", "w" * 5000], 2, "That question has 5000 characters; it may have 300. Ask something shorter."),
        (
            ["ask", "?!… —"],
            2,
            "There is no word in that question. Write it in plain words, for example: Where were the bodies found?",
        ),
        (
            ["ask", "🎉👩🏽‍⚖️"],
            2,
            "There is no word in that question. Write it in plain words, for example: Where were the bodies found?",
        ),
        (["ask", "--report", "missing", "Who?"], 1, "There is no report called “missing”. There are: mission."),
        (["ask", "--report", "\x1b[2J", "Who?"], 1, "There is no report called “␛[2J”. There are: mission."),
        (["ask", "--report", "", "Who?"], 1, "There is no report called “”. There are: mission."),
        (["summary", "missing"], 1, "There is no report called “missing”. There are: mission."),
        (["ask", "--report", "\u3164", "Who?"], 1, "There is no report called “”. There are: mission."),
        (
            ["ask", "\u3164\u115f\u2800"],
            2,
            "There is no word in that question. Write it in plain words, for example: Where were the bodies found?",
        ),
        (["summary", "--length", "0"], 2, "A summary cannot have 0 sentences. Choose a number from 1 to 15."),
        (
            ["summary", "--about", "!"],
            2,
            "There is no word in that question. Write it in plain words, for example: Where were the bodies found?",
        ),
        (
            ["reports", "--reports", "/nowhere"],
            1,
            "There is no folder /nowhere. Make it, or choose another one with --reports or RAPPORTEUR_REPORTS.",
        ),
        (
            ["reports", "--reports", __file__],
            1,
            (
                f"{Path(__file__).name} cannot be read: only files that end in {', '.join(SUFFIXES)} can be read; "
                "if it has a text, convert it. Correct or remove it, or set RAPPORTEUR_SKIP_UNREADABLE=yes to pass "
                "over such files."
            ),
        ),
        (
            ["reports", "--reports", "/nowhere.txt"],
            1,
            (
                "There is no file /nowhere.txt. Look how its name is written, or choose another one with --reports or "
                "RAPPORTEUR_REPORTS."
            ),
        ),
        (
            ["ask", "--jsonl", "Who?"],
            2,
            (
                "With --jsonl the questions come from standard input, so leave out the one on the command line. "
                "See: rapporteur ask --help"
            ),
        ),
        (
            ["run"],
            2,
            (
                "DISCORD_TOKEN is not set. Set it to the token from the page Bot of your application in the Discord "
                "Developer Portal: in the environment, or as a line DISCORD_TOKEN=… in the file .env of the folder in "
                "which you start the command."
            ),
        ),
    ],
)
def test_one_clear_sentence_for_each_thing_that_cannot_be_done(
    run: Run, arguments: list[str], code: int, sentence: str
) -> None:
    assert run(*arguments) == Ran(code, "", sentence + "\n")


@pytest.mark.parametrize("citation", ["mission:99", "mission:1@00000000", "nonsense", "\x1b[2J"])
def test_an_unknown_citation(run: Run, citation: str) -> None:
    shown = citation.replace("\x1b", "␛")
    sentence = f"There is no passage “{shown}”. A citation looks like this: {key(run, '1')}.\n"
    assert run("passage", citation) == Ran(1, "", sentence)


def test_what_shows_nothing_is_no_part_of_a_name_a_topic_a_citation_or_a_title(run: Run, folder: Path) -> None:
    first = edition(run)
    (folder / "reports.toml").write_text(MANIFEST.replace("Report of", "\u3164Report\u200b of"), encoding="utf-8")
    assert edition(run) == first
    assert run("summary", "\u2800Miss\u00adion\u3164", "--length", "1").out.startswith(
        "Summary: Report of the mission\n"
    )
    assert run("summary", "--about", "\u3164camps\u200b").out.startswith("Report of the mission, on: camps\n")
    assert run("passage", "\u200bmiss\u200bion:2").out.startswith("Report of the mission\n")
    assert run("passage", "\u3164") == Ran(
        1, "", f"There is no passage “”. A citation looks like this: {key(run, '1')}.\n"
    )
    (folder / "reports.toml").write_text(MANIFEST.replace("Report of the mission", "\u3164"), encoding="utf-8")
    assert '"title" is empty' in run("reports").err
    (folder / "reports.toml").unlink()
    (folder / "mission.txt").write_text(f"\u3164\u2800\n\n{WELLS}\n\n{CAMPS}\n", encoding="utf-8")
    assert run("passage", "mission:2").out.startswith("mission\n\n> ")


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("أين كانت الآبار؟", "أين كانت الآبار؟"),
        ("Where\0were\x1b[2J the wells?", "Where were [2J the wells?"),
        ("**Where** were `the wells`?", "Where were the wells?"),
        ("@everyone <@123> where were the wells?", "where were the wells?"),
        ("who was the of", "who was the of"),
        ("wells \ud83d?", "wells ?"),
    ],
)
def test_strange_questions_get_a_reply(run: Run, question: str, heading: str) -> None:
    ran = run("ask", question)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(heading + "\n\n")


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        (
            {"RAPPORTEUR_REPORT": "x"},
            "There is no setting RAPPORTEUR_REPORT. Did you mean RAPPORTEUR_REPORTS?",
        ),
        (
            {"RAPPORTEUR_SPOILER": "maybe"},
            "RAPPORTEUR_SPOILER is “maybe”, which cannot be used. Set it to yes or no.",
        ),
        (
            {"RAPPORTEUR_LANGUAGE": "xx"},
            "There are no sentences in the language “xx”. Choose one of: en, fr.",
        ),
    ],
)
@pytest.mark.parametrize("command", [["ask", "Where?"], ["run"]])
def test_a_bad_setting_ends_every_command(run: Run, command: list[str], environ: dict[str, str], sentence: str) -> None:
    ran = run(*command, environ=environ | {"DISCORD_TOKEN": "aaaa.bbbb.cccc"})
    assert ran == Ran(2, "", sentence + "\n")


@pytest.fixture
def lexicon(tmp_path: Path) -> dict[str, str]:
    """A lexicon of an operator's own, as the environment names it."""
    file = tmp_path / "lexicon.toml"
    file.write_text("[en]\nsame = '''\nlayette > camp\n'''\n", encoding="utf-8")
    return {"RAPPORTEUR_LEXICON": str(file)}


def test_an_operators_lexicon_finds_an_answer_and_is_named_as_the_reason(run: Run, lexicon: dict[str, str]) -> None:
    asked = "Which layette near Mopti holds nine hundred families?"
    bare, found = (json.loads(run("ask", "--json", asked, environ=e).out)["excerpts"][0] for e in ({}, lexicon))
    assert (found["text"], found["score"] > bare["score"]) == (CAMPS, True)
    assert "• “layette” stands neither in it nor elsewhere in the passage.\n" in run("ask", "--explain", asked).out
    explained = run("ask", "--explain", asked, environ=lexicon)
    assert "• “layette” does not stand in it, but “camp” does, which may stand for it.\n" in explained.out


def test_an_operators_lexicon_widens_a_summary_of_a_topic(run: Run, lexicon: dict[str, str]) -> None:
    assert json.loads(run("summary", "--about", "layette", "--json").out)["excerpts"] == []
    found = json.loads(run("summary", "--about", "layette", "--json", environ=lexicon).out)
    assert [excerpt["text"] for excerpt in found["excerpts"]] == [CAMPS]


@pytest.mark.parametrize(
    "command",
    [
        ["ask", "Where?"],
        ["ask", "--jsonl"],
        ["chat"],
        ["summary"],
        ["reports"],
        ["corpus", "refresh"],
        ["evaluate", "questions.jsonl"],
        ["run"],
    ],
)
def test_a_bad_lexicon_ends_every_command_before_it_begins(
    run: Run, tmp_path: Path, lexicon: dict[str, str], command: list[str]
) -> None:
    file = lexicon["RAPPORTEUR_LEXICON"]
    (tmp_path / "lexicon.toml").write_text("[en]\nsame = '''\nlayette\n'''\n", encoding="utf-8")
    ran = run(*command, environ=lexicon | {"DISCORD_TOKEN": "aaaa.bbbb.cccc"})
    assert ran == Ran(
        2,
        "",
        f"Line 3 of {file}, which RAPPORTEUR_LEXICON names, cannot be used: “layette” stands alone; write what may "
        "stand for it behind a comma, or what it finds behind “>”.\n",
    )
    assert not (tmp_path / "data").exists()


def test_a_lexicon_that_there_is_not(run: Run) -> None:
    assert run("ask", "Where?", environ={"RAPPORTEUR_LEXICON": "/nowhere.toml"}) == Ran(
        2,
        "",
        "/nowhere.toml, which RAPPORTEUR_LEXICON names, cannot be used: there is no such file; correct its path, or "
        "take the setting out.\n",
    )


def test_a_misspelt_name_in_the_dotenv_file_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("RAPORTEUR_LEXICON=lexicon.toml\n", encoding="utf-8")
    sentence = "There is no setting RAPORTEUR_LEXICON. Did you mean RAPPORTEUR_LEXICON?\n"
    assert run("ask", "Where?") == Ran(2, "", sentence)


def test_a_dotenv_file_is_read_from_where_the_command_runs(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("RAPPORTEUR_SPOILER=perhaps\n", encoding="utf-8")
    assert run("reports").code == 2


def test_a_setting_set_to_nothing_leaves_it_to_the_dotenv_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("RAPPORTEUR_REPORTS=/nowhere\n", encoding="utf-8")
    assert run("reports", environ={"RAPPORTEUR_REPORTS": ""}).err.startswith("There is no folder /nowhere.")


@pytest.mark.skipif(os.name != "posix", reason="only POSIX has permission bits that mean this")
@pytest.mark.parametrize("secret", ["DISCORD_TOKEN=aaaa.bbbb.cccc", "DISCORD_TOKEN=a.b.c\nDATABASE_URL=sqlite:///x.db"])
def test_the_bot_warns_of_a_dotenv_file_with_a_secret_that_others_can_read(
    run: Run, tmp_path: Path, secret: str
) -> None:
    """Only ``run`` does, and only where the secret comes from the file. A bad lexicon ends it before it connects."""
    (tmp_path / "lexicon.toml").write_text("x", encoding="utf-8")
    (tmp_path / ".env").write_text(f"{secret}\nRAPPORTEUR_LEXICON=lexicon.toml\n", encoding="utf-8")

    def told(mode: int, **environ: str) -> str:
        (tmp_path / ".env").chmod(mode)
        ran = run("run", environ=environ)
        assert ran.code == 2
        return ran.err

    for mode in (0o644, 0o640, 0o604):
        warning, _ = told(mode).splitlines()
        assert " warning event=dotenv problem=" in warning
        assert "chmod 600 .env" in warning
    assert "event=dotenv" not in told(0o600) + told(0o400)
    assert "event=dotenv" not in told(0o644, DISCORD_TOKEN="d.e.f", DATABASE_URL="sqlite:///y.db")
    (tmp_path / "lexicon.toml").unlink()
    (tmp_path / ".env").write_text(f"{secret}\n", encoding="utf-8")
    assert run("reports").err == ""


def test_a_data_directory_that_cannot_be_made(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    directory = str(tmp_path / "file" / "data")
    ran = run("corpus", "refresh", environ={"RAPPORTEUR_DATA": directory})
    assert ran == Ran(
        2,
        "",
        f"The data directory {directory} cannot be used: Not a directory. Make it writable, or set RAPPORTEUR_DATA to "
        "another folder.\n",
    )


@pytest.mark.parametrize("action", ["refresh", "status", "history"])
def test_a_data_directory_that_is_a_file(run: Run, tmp_path: Path, action: str) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    sentence = f"{file} is a file, not a folder. Set RAPPORTEUR_DATA to the folder for the database.\n"
    assert run("corpus", action, environ={"RAPPORTEUR_DATA": str(file)}) == Ran(2, "", sentence)


def test_a_database_address_that_cannot_be_used_is_not_shown(run: Run) -> None:
    ran = run("corpus", "refresh", environ={"DATABASE_URL": "nonsense://me:secret@host/name"})
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("The database cannot be used")
    assert "secret" not in ran.err


def test_files_passed_over_are_named_on_standard_error(run: Run, folder: Path) -> None:
    (folder / "reports.toml").unlink()
    (folder / "broken.txt").write_bytes(b"\0\0")
    ran = run("reports")
    assert ran.code == 0
    assert ran.out == "One report can be asked\n\n• Report of the mission (mission, 2 paragraphs)\n"
    assert ran.err.startswith("Passed over: broken.txt, because ")


@pytest.mark.parametrize("skip", ["no", "yes"])
def test_a_line_feed_in_a_files_name_makes_no_line_of_its_own(run: Run, folder: Path, skip: str) -> None:
    (folder / "reports.toml").unlink()
    (folder / "x\n2026-01-01T00:00:00.000+00:00 info event=refresh\u2028y.txt").write_bytes(b"\0\0")
    ran = run("corpus", "refresh", environ={"RAPPORTEUR_SKIP_UNREADABLE": skip})
    told = f"{ran.out}{ran.err}".splitlines()
    assert [line.partition("?")[0] for line in told if "x?2026" in line] == [{"no": "x", "yes": "Passed over: x"}[skip]]
    assert not [line for line in told if line.startswith("2026-01-01")]


def test_hostile_report_text_is_shown_and_never_run(run: Run, folder: Path) -> None:
    evil = "The mission found \u202ewells\u202c here."
    (folder / "mission.txt").write_text(f"Report of the mission\n\n{evil}\n", encoding="utf-8")
    ran = run("passage", "mission:1")
    assert "> The mission found \\u202ewells\\u202c here.\n" in ran.out
    record = run("passage", "mission:1", "--json").out
    assert json.loads(record)["text"] == evil
    assert "\u202e" not in record


@pytest.mark.parametrize("arguments", [["--help"], *([name, "--help"] for name in names(Registry()))])
def test_help_teaches_by_example_and_names_the_exit_codes(run: Run, arguments: list[str]) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.err) == (0, "")
    assert "examples:\n" in ran.out
    assert "exit codes:\n" in ran.out
    if len(arguments) == 2:
        assert "--reports DIR" in ran.out
        assert f"rapporteur {arguments[0]}" in ran.out.split("examples:")[1]


def test_every_command_stands_in_the_help(run: Run) -> None:
    shown = run("--help").out
    assert all(re.search(rf"^    {name} ", shown, re.MULTILINE) for name in names(Registry()))


def test_the_version(run: Run) -> None:
    ran = run("--version")
    assert ran.code == 0
    assert re.fullmatch(r"rapporteur \d+\.\d+\.\d+\S*\n", ran.out)


ALL = "ask, chat, summary, timeline, facts, passage, quote, reports, about, corpus, evaluate, fit, run"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "COMMAND is missing. See: rapporteur --help"),
        ("aks who", "There is no `rapporteur aks`. Did you mean `rapporteur ask`? See: rapporteur --help"),
        ("Chat", "There is no `rapporteur Chat`. Did you mean `rapporteur chat`? See: rapporteur --help"),
        ("frobnicate", f"There is no `rapporteur frobnicate`; there are: {ALL}. See: rapporteur --help"),
        ("--nope", "There is no `rapporteur --nope`; there are: --help, --version, --language. See: rapporteur --help"),
        (
            "--nope ask Who?",
            "There is no `rapporteur --nope`; there are: --help, --version, --language. See: rapporteur --help",
        ),
        ("--vesion", "There is no `rapporteur --vesion`. Did you mean `rapporteur --version`? See: rapporteur --help"),
        (
            "ask --reprots=x Who?",
            (
                "There is no `rapporteur ask --reprots`. Did you mean `rapporteur ask --reports`? "
                "See: rapporteur ask --help"
            ),
        ),
        (
            "ask --jsn x",
            "There is no `rapporteur ask --jsn`. Did you mean `rapporteur ask --json`? See: rapporteur ask --help",
        ),
        (
            "passage --frob",
            (
                "There is no `rapporteur passage --frob`; there are: --help, --json, --reports, --language. "
                "See: rapporteur passage --help"
            ),
        ),
        ("ask --json --jsonl", "--jsonl and --json do not go together. See: rapporteur ask --help"),
        (
            "corpus",
            "check|refresh|status|history|equivalent|gaps|prune|verify is missing. See: rapporteur corpus --help",
        ),
        (
            "corpus drop",
            (
                "There is no `rapporteur corpus drop`; there are: check, refresh, status, history, equivalent, "
                "gaps, prune, verify. See: rapporteur corpus --help"
            ),
        ),
        (
            "corpus refesh --json",
            (
                "There is no `rapporteur corpus refesh`. Did you mean `rapporteur corpus refresh`? "
                "See: rapporteur corpus --help"
            ),
        ),
        ("passage", "CITATION is missing. See: rapporteur passage --help"),
        ("summary --length x", "--length should be a whole number from 1 on, not “x”."),
        ("summary --length", "--length needs a value after it. See: rapporteur summary --help"),
        ("reports of mine", "Nothing can be done with “of mine” here. See: rapporteur reports --help"),
        (
            "evaluate q.jsonl --without lexicn",
            (
                "There is no `rapporteur evaluate --without lexicn`. Did you mean `rapporteur evaluate --without "
                "lexicon`? See: rapporteur evaluate --help"
            ),
        ),
        ("ask --json=yes Who?", "Argument --json: ignored explicit argument 'yes'. See: rapporteur ask --help"),
    ],
)
def test_bad_usage_is_one_sentence_that_says_what_was_wrong_and_what_may_have_been_meant(
    run: Run, typed: str, sentence: str
) -> None:
    assert run(*typed.split()) == Ran(2, "", f"{sentence}\n")


def test_options_may_stand_between_the_words_of_a_question_a_citation_or_a_title(run: Run) -> None:
    assert json.loads(run("ask", "Which", "--json", "camp", "--report", "mission", "is", "it?").out)["question"] == (
        "Which camp is it?"
    )
    assert json.loads(run("passage", "Report,", "--json", "paragraph", "mission:2").out)["text"] == CAMPS
    assert json.loads(run("summary", "Report", "--json", "of", "the", "mission").out)["report"] == "mission"


@pytest.mark.parametrize("question", ["was it -5 or -0.5 degrees", "- who dug it", "is it", "-- --who dug it"])
def test_a_word_of_a_question_may_begin_with_a_hyphen_where_that_can_be_told(run: Run, question: str) -> None:
    assert json.loads(run("ask", "--json", *question.split()).out)["question"] == question.removeprefix("-- ")


def test_the_help_of_corpus_explains_each_action_and_gives_an_example(run: Run) -> None:
    assert set(CORPUS_ACTIONS) == {*OWN, *(one.verb for one in Registry().on(Face.TERMINAL) if one.group == "corpus")}
    shown = run("corpus", "--help").out.split("examples:")[1]
    for name, examples in CORPUS_ACTIONS.items():
        told = TEMPLATES(f"uses.corpus_{name}")
        assert re.search(rf"^  {name} +{re.escape(told)}\n +rapporteur {re.escape(examples[0])}$", shown, re.MULTILINE)
        assert all(example.startswith(f"corpus {name}") for example in examples)


def test_a_question_about_the_whole_is_explained_by_what_it_was_read_as(run: Run) -> None:
    assert "\nRead as: where it was.\n" in run("ask", "--explain", "location?").out
    assert "Read as" not in run("ask", "--explain", "Which camp holds families?").out


def test_the_examples_that_about_names_are_answered(run: Run) -> None:
    examples = re.findall(r"^• `rapporteur ask` (.+)$", run("about").out, re.MULTILINE)
    assert examples
    for question in examples:
        assert json.loads(run("ask", "--json", question).out)["outcome"] == "answered"


def test_what_it_is_can_be_asked_without_any_reports(run: Run, tmp_path: Path) -> None:
    ran = run("about", "--reports", str(tmp_path / "nowhere"))
    assert (ran.code, ran.err) == (0, "")
    assert "No language model runs" in ran.out
    assert "to begin with" not in ran.out
