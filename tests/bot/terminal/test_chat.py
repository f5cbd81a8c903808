"""The terminal's chat: commands take what they take on the command line, no line ends it that is not meant to."""

import argparse
import io
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.command import Context, Upkeep
from bot.commands.registry import Registry
from bot.saying import compose as replies
from bot.saying.reply import Heading, Line, Note, Quote, Reply
from bot.saying.templates import load
from bot.service.service import Service
from bot.terminal.arguments import add_arguments
from bot.terminal.chat import chat, typed_lines

TEMPLATES = load()
WELLS = "The mission found three wells near Niono. The wells were dry."
CAMPS = "A camp near Mopti holds nine hundred families."
ROAD = "The villagers' road was closed in June."


class Said(NamedTuple):
    """The replies, what was told besides, and the lines that were left unread."""

    replies: Sequence[Reply]
    told: str
    unread: Sequence[str]


Talk = Callable[..., Said]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("reports")
    (folder / "mission.txt").write_text(f"Report of the mission\n\n{WELLS}\n\n{CAMPS}\n", encoding="utf-8")
    (folder / "road.txt").write_text(f"Notes on a road\n\n{ROAD}\n", encoding="utf-8")
    return Service.of_folder(folder)


def talk_with(service: Service, *typed: str) -> Said:
    lines, shown, told = iter(typed), list[Reply](), io.StringIO()
    upkeep = cast("Upkeep", None)  # no command of a chat does anything for the corpus
    chat(Context(service.snapshot, upkeep, TEMPLATES, "chat"), Registry(), lines, shown.append, told)
    return Said(shown, told.getvalue(), tuple(lines))


@pytest.fixture(scope="module")
def talk(service: Service) -> Talk:
    """Types lines into a chat."""
    return lambda *typed: talk_with(service, *typed)


def quotes(said: Said) -> list[str]:
    return [part.text for reply in said.replies for part in reply.parts if isinstance(part, Quote)]


@pytest.mark.parametrize("word", ["quit", "exit", "bye", "/quit", "/exit", "/bye", "Quit", " /BYE now "])
def test_a_word_of_leave_ends_the_chat(talk: Talk, word: str) -> None:
    assert talk(word, "/reports") == Said([], "", ("/reports",))


@pytest.mark.parametrize("line", ["", "  ", "\u3164", "\u200b \u2800\n"])
def test_a_line_that_shows_nothing_is_passed_over(talk: Talk, line: str) -> None:
    assert talk(line) == Said([], "", ())


def test_what_shows_nothing_hides_no_command(talk: Talk) -> None:
    assert talk("\ufeff/help\u3164") == Said([replies.chat_help_reply(TEMPLATES)], "", ())


@pytest.mark.parametrize("question", ["Exit of the village?", "bye bye", "quit the camp"])
def test_a_question_that_begins_with_such_a_word_is_one(talk: Talk, question: str) -> None:
    said = talk(question)
    assert (said.told, [reply.parts[0] for reply in said.replies]) == ("", [Heading(question)])


THERE_ARE = "there are /ask, /summary, /timeline, /facts, /passage, /quote, /reports, /about, /help and /quit."


@pytest.mark.parametrize("word", ["help", "/help", "HELP", "/help summary", "/summary --help", "/ask -h"])
def test_help_lists_what_can_be_typed(talk: Talk, word: str) -> None:
    assert talk(word) == Said([replies.chat_help_reply(TEMPLATES)], "", ())


@pytest.mark.parametrize("word", ["reports", "Summary", "about"])
def test_a_command_alone_on_its_line_needs_no_slash(talk: Talk, word: str) -> None:
    assert talk(word) == talk(f"/{word}")


def test_the_help_names_every_option_that_works_here() -> None:
    """Options of the command line that are neither for programs nor for another folder."""
    listed = " ".join(part.text for part in replies.chat_help_reply(TEMPLATES).parts if isinstance(part, Line))
    taken = set()
    for name in ("ask", "summary", "timeline", "facts", "passage", "reports"):
        assert f"/{name}" in listed
        parser = argparse.ArgumentParser(add_help=False)
        add_arguments(parser, name, Registry())
        taken |= set(re.findall(r"--\w+", parser.format_usage()))
    assert set(re.findall(r"--\w+", listed)) == taken - {"--after", "--json", "--jsonl", "--reports", "--language"}


def test_a_summary_takes_a_report_a_topic_and_a_length(talk: Talk) -> None:
    assert quotes(talk("/summary mission --length 1")) == ["The mission found three wells near Niono."]
    assert quotes(talk("/summary --about camp mission")) == [CAMPS]
    assert quotes(talk('/summary mission --about "camp near Mopti" --length 3')) == [CAMPS]


@pytest.mark.parametrize("title", ["Notes on a road", '"Notes on a road"', "road", "Notes on a road --length 2"])
def test_a_report_is_named_by_id_or_title_with_or_without_quotation_marks(talk: Talk, title: str) -> None:
    (reply,) = talk(f"/summary {title}").replies
    assert reply.parts[0] == Heading("Summary: Notes on a road", "Notes on a road")


def test_an_apostrophe_holds_nothing_together(talk: Talk) -> None:
    assert quotes(talk("/summary road --about villagers' --length 1")) == [ROAD]


def test_a_question_can_go_to_one_report_and_be_explained(talk: Talk) -> None:
    plain, named, explained = talk(
        "Which camp holds families?",
        "/ask --report mission Which camp holds families?",
        '/ask --report "Report of the mission" --explain Which camp holds families?',
    ).replies
    assert plain.parts[0] == named.parts[0] == explained.parts[0] == Heading("Which camp holds families?")
    assert Line("Why this sentence:") in explained.parts
    assert Line("Why this sentence:") not in named.parts


def test_a_question_with_half_a_pair_of_quotation_marks_stays_as_it_is(talk: Talk) -> None:
    (reply,) = talk('/ask Who dug a 5" well?').replies
    assert reply.parts[0] == Heading('Who dug a 5" well?')


def test_a_passage_is_found_by_a_whole_citation_line(talk: Talk) -> None:
    assert quotes(talk("/passage Report of the mission, paragraph 2 [mission:2]")) == [CAMPS]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/summary --length many", "--length should be a whole number from 1 on, not “many”."),
        ("/summary --length 99 road", "A summary cannot have 99 sentences. Choose a number from 1 to 15."),
        (
            "/summary --lenth 3",
            "There is no `/summary --lenth`. Did you mean `/summary --length`? See: /summary --help",
        ),
        ("/summary --about", "--about needs a value after it. See: /summary --help"),
        ("/summary villages", "There is no report called “villages”. There are: mission, road."),
        ("/summary", "There are several reports. Name one of them: mission, road."),
        ("/passage", "CITATION is missing. See: /passage --help"),
        ("/ask --report villages Where?", "There is no report called “villages”. There are: mission, road."),
        ("/reports --json", "--json does not work in a chat. See: rapporteur reports --help"),
        ("/ask --reports elsewhere Where?", "--reports does not work in a chat. See: rapporteur ask --help"),
        (
            "/nope --length 3",
            f"There is no command /nope; {THERE_ARE}",
        ),
        ("/sumary --length 3", "There is no command /sumary. Did you mean /summary?"),
        ("/aks Who?", "There is no command /aks. Did you mean /ask?"),
        ("/qiut", "There is no command /qiut. Did you mean /quit?"),
        ("/reports of mine", "Nothing can be done with “of mine” here. See: /reports --help"),
        (
            "/",
            f"There is no command /; {THERE_ARE}",
        ),
    ],
)
def test_a_line_with_a_fault_gets_one_sentence_and_the_chat_goes_on(talk: Talk, typed: str, told: str) -> None:
    said = talk(typed, "/reports")
    assert (said.told, len(said.replies)) == (told + "\n", 1)


def test_what_a_terminal_would_act_on_is_shown_instead(talk: Talk) -> None:
    assert talk("/no\x1b[2Jpe").told.startswith("There is no command /no␛[2Jpe; ")


@given(
    st.sampled_from(["", "/ask ", "/summary ", "/passage ", "/reports ", "/about ", "/"]),
    st.text(alphabet=st.sampled_from("ab\"'\\-#= é%\x1b"), max_size=30),
)
def test_whatever_is_typed_gets_a_reply_or_a_sentence(service: Service, command: str, text: str) -> None:
    said = talk_with(service, command + text)
    sentences = said.told.splitlines()
    assert len(said.replies) + len(sentences) == (1 if (command + text).strip() else 0)


def test_a_byte_that_is_no_character_does_not_end_the_chat() -> None:
    typed = io.TextIOWrapper(io.BytesIO(b"Where is S\xe9gou?\n/quit\n"), encoding="utf-8")
    assert list(typed_lines("> ", typed, io.StringIO())) == ["Where is S\N{REPLACEMENT CHARACTER}gou?\n", "/quit\n"]


def test_a_question_may_lean_on_the_one_before_and_says_how_it_was_read(talk: Talk) -> None:
    said = talk("How many wells did the mission find?", "where?")
    assert quotes(said)[-1] == "The mission found three wells near Niono."
    assert [part.text for part in said.replies[1].parts if isinstance(part, Note)] == [
        "Read with words of the question before: “wells”, “mission”, “find”."
    ]


def notes(reply: Reply) -> list[str]:
    return [part.text for part in reply.parts if isinstance(part, Note)]


def test_what_a_question_was_read_with_is_said_in_the_words_that_were_typed_and_in_no_sentence(talk: Talk) -> None:
    """Put together, they would be "Where were many wells found" and the like, which nobody said."""
    said = talk("Where were three wells found?", "and the camp?", "how many?", "what holds families?", "who?")
    assert [notes(reply) for reply in said.replies] == [
        [],
        ["Read with words of the question before: “Where”, “found”."],
        ["Read with words of the question before: “camp”, “found”."],
        [],
        ["Read with words of the question before: “holds”, “families”."],
    ]


def test_so_it_is_said_in_french(service: Service) -> None:
    upkeep, shown = cast("Upkeep", None), list[Reply]()
    lines = iter(["Où le puits a-t-il été trouvé à Niono ?", "quand ?", "vraiment ?"])
    chat(Context(service.snapshot, upkeep, load("fr"), "chat"), Registry(), lines, shown.append, io.StringIO())
    said = [note.replace("\N{NO-BREAK SPACE}", " ") for reply in shown for note in notes(reply)]
    assert "Lu avec des mots de la question précédente : « puits », « trouvé », « Niono »." in said
    assert said[-1] == "Lu comme demandant si la réponse précédente est exacte."


@pytest.mark.parametrize("doubt", ["really?", "are you sure?", "ok, are you sure?"])
def test_who_doubts_an_answer_gets_its_words_again_and_ways_to_judge_them(talk: Talk, doubt: str) -> None:
    said = talk("Where were three wells found?", doubt, "who said that?")
    lines = [part.text for part in said.replies[1].parts if isinstance(part, Line)]
    assert notes(said.replies[1]) == ["Read as asking whether the answer before is so."]
    assert lines[0] == "The report says this, in these words; whether it is so, the bot cannot tell:"
    assert lines[1].startswith("To judge for yourself, read the whole paragraph with ")
    assert "mission:1" in lines[1]
    assert quotes(said)[1] == quotes(said)[0]
    assert notes(said.replies[2]) == ["Read as asking whose words the answer before quotes."]


def test_a_doubt_where_nothing_was_answered_denies_nothing(talk: Talk) -> None:
    (reply,) = talk("are you sure?").replies
    assert TEMPLATES("answer.only_stop_words") in [part.text for part in reply.parts if isinstance(part, Line)]


def test_after_a_question_to_one_report_the_next_is_put_to_it_first(talk: Talk) -> None:
    said = talk("/ask --report road When was the road closed?", "who is to blame?", "Which camp holds families?")
    assert notes(said.replies[1]) == ["Put to the report of the question before: “Notes on a road”."]
    assert quotes(said)[-1] == CAMPS


def test_which_report_is_meant_is_not_asked_where_one_has_just_answered(talk: Talk) -> None:
    said = talk("When was the road closed?", "who is to blame?")
    assert said.replies[1].menu is None
    assert notes(said.replies[1]) == ["Put to the report of the question before: “Notes on a road”."]
    assert talk("who is to blame?").replies[0].menu is not None


def test_who_said_that_asks_whose_words_were_quoted(talk: Talk) -> None:
    said = talk("Where were three wells found?", "who said that?")
    assert [part.text for part in said.replies[1].parts if isinstance(part, Note)] == [
        "Read as asking whose words the answer before quotes."
    ]


def test_a_question_asked_of_one_report_is_remembered_as_well(talk: Talk) -> None:
    said = talk("/ask --report mission What does the camp hold?", "where?")
    assert quotes(said)[-1] == CAMPS


def test_the_first_question_and_one_that_stands_alone_lean_on_nothing(talk: Talk) -> None:
    first, alone = talk("where?"), talk("Where were three wells found?", "When was the road closed?")
    assert [part.text for part in first.replies[0].parts if isinstance(part, Note)] == [TEMPLATES("answer.forgotten")]
    assert alone.replies[1] == talk("When was the road closed?").replies[0]
    assert not [part for reply in alone.replies for part in reply.parts if isinstance(part, Note)]
