"""`rapporteur ask` in-process: answers, reasons and silence, for people and for programs."""

import json
import re
from pathlib import Path

import pytest

from corpus.ingest.pipeline import BUNDLED, ingest
from tests.bot.terminal.command_line import CAMPS, SOURCE, Ran, Run, edition, key


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


def test_hostile_report_text_is_shown_and_never_run(run: Run, folder: Path) -> None:
    evil = "The mission found \u202ewells\u202c here."
    (folder / "mission.txt").write_text(f"Report of the mission\n\n{evil}\n", encoding="utf-8")
    ran = run("passage", "mission:1")
    assert "> The mission found \\u202ewells\\u202c here.\n" in ran.out
    record = run("passage", "mission:1", "--json").out
    assert json.loads(record)["text"] == evil
    assert "\u202e" not in record


def test_a_question_about_the_whole_is_explained_by_what_it_was_read_as(run: Run) -> None:
    assert "\nRead as: where it was.\n" in run("ask", "--explain", "location?").out
    assert "Read as" not in run("ask", "--explain", "Which camp holds families?").out
