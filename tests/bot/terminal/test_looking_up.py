"""`rapporteur summary` and `passage` in-process: what is said of a report as a whole, and where a citation leads."""

import json

from tests.bot.terminal.command_line import CAMPS, SOURCE, Ran, Run, edition, key

UNTITLED = SOURCE.removeprefix("Report of the mission, ")


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
