"""What a terminal refuses: one clear sentence for each thing that cannot be done, and a reply to whatever is asked."""

import json
from pathlib import Path

import pytest

from corpus.readers import SUFFIXES
from tests.bot.terminal.command_line import CAMPS, MANIFEST, WELLS, Ran, Run, edition, key


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
        *(
            (
                ["summary", "--about", topic],
                2,
                (
                    "There is no topic. Name one in plain words, for example: investigations. "
                    "Without a topic the whole report is summed up."
                ),
            )
            for topic in ("", "  ", "@everyone")
        ),
        *(
            (
                [*command, "--reports", name],
                2,
                "An empty name is no folder and no file. Name one after --reports, or leave --reports out.",
            )
            for command in (
                ["facts"],
                ["ask", "Who?"],
                ["timeline"],
                ["reports"],
                ["corpus", "check"],
                ["evaluate", "x"],
            )
            for name in ("", "  ")
        ),
        (
            ["corpus", "check", ""],
            2,
            "An empty name is no folder and no file. Name one after DIR|FILE, or leave DIR|FILE out.",
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


@pytest.mark.parametrize(
    "citation", ["mission:99", "mission:-1", "mission:−1", "mission:1@00000000", "nonsense", "\x1b[2J"]
)
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


@pytest.mark.parametrize("quotation", ["the", "were"])
def test_a_quotation_of_too_few_words_gets_no_verdict_above_it(run: Run, quotation: str) -> None:
    assert run("quote", quotation).out.startswith("Too little to be checked\n")
