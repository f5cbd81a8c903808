"""Templates: a file is taken whole or refused by the key at fault; every sentence is used, and every error has one."""

import ast
import datetime as dt
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal

import bot
import bot.errors
import bot.errors.cluster
import bot.errors.lines
import bot.errors.serving
import bot.errors.settings
import bot.errors.usage
import corpus.errors
import retrieval.errors
from bot.errors.serving import ThrottledError
from bot.errors.settings import TemplateError, UnknownLanguageError
from bot.saying.templates import FOLDER, languages, load, read
from bot.saying.templates.cldr import FILE, Locale
from bot.saying.templates.keys import FACES, PARTS, PLACEHOLDERS
from corpus.errors import RapporteurError, UnknownReportError
from retrieval.language import SNOWBALL
from tests.architecture.sources import ROOMS, sources
from tests.said import facts, refusal
from tests.tools import cldr

ENGLISH = FOLDER / "en"


def _tree(error: type[RapporteurError]) -> Iterator[type[RapporteurError]]:
    yield error
    for branch in error.__subclasses__():
        yield from _tree(branch)


def _copied(tmp_path: Path, language: str) -> Path:
    """The English files as those of another language."""
    return Path(shutil.copytree(ENGLISH, tmp_path / language))


def _changed(tmp_path: Path, part: str, old: str, new: str) -> Path:
    """The English files with one change."""
    folder = _copied(tmp_path, "en")
    file = folder / f"{part}.toml"
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    return folder


def test_dates_and_moments() -> None:
    templates = load()
    assert templates.date(dt.date(2025, 3, 15)) == "15 March 2025"
    paris = dt.timezone(dt.timedelta(hours=2))
    assert templates.moment(dt.datetime(2025, 6, 1, 0, 5, tzinfo=paris)) == "31 May 2025, 22:05 UTC"


def test_plural_forms() -> None:
    templates = load()
    assert templates.error(ThrottledError(n=1)).endswith("Try again in one second.")
    assert templates.error(ThrottledError(n=2)).endswith("Try again in 2 seconds.")
    assert templates("facts.paragraphs", n=0) == "0 paragraphs"


@pytest.mark.parametrize(
    ("language", "further", "singular", "plural"),
    [
        ("fr", ["many"], {"one": (0, 1)}, {"other": (2, 17, 101), "many": (1_000_000,)}),
        ("ru", ["few", "many"], {"one": (1, 21, 101)}, {"few": (2, 34), "many": (0, 5, 11, 12, 111)}),
    ],
)
def test_another_language_has_its_own_plural_forms(
    tmp_path: Path,
    language: str,
    further: list[str],
    singular: dict[str, tuple[int, ...]],
    plural: dict[str, tuple[int, ...]],
) -> None:
    """A file has to give exactly these, and each number takes its own."""
    folder = _copied(tmp_path, language)
    added = "".join(rf"\n{form} = \2" for form in further)
    for file in folder.iterdir():
        text = file.read_text(encoding="utf-8")
        text = re.sub(r"^(one = .*\nother) = (.*)$", rf"\g<0>{added}", text, flags=re.MULTILINE)
        for form in ("one", "other", *further):
            text = text.replace(f'{form} = "$n paragraph', f'{form} = "{form}: $n paragraph')
        file.write_text(text, encoding="utf-8")
    templates = read(folder)
    templates.check()
    for form, numbers in {**singular, **plural}.items():
        assert [templates("facts.paragraphs", n=n).partition(":")[0] for n in numbers] == [form] * len(numbers)
    shutil.copytree(ENGLISH, folder, dirs_exist_ok=True)
    with pytest.raises(TemplateError) as refused:
        read(folder)
    assert str(refused.value.fields["where"]).endswith(f".{min(further, key=cldr.ORDER.index)}")


def test_what_is_known_of_languages_is_what_babel_says() -> None:
    assert json.loads(FILE.read_text("utf-8")) == cldr.table(), f"make it anew: python -m {cldr.__name__}"


@pytest.mark.parametrize("language", [*SNOWBALL, *languages()])
def test_numbers_and_dates_are_those_of_babel(language: str) -> None:
    ours, theirs = Locale.of(language), cldr.locale(language)
    for number in (*range(1_200), 10_000, 10**6, 10**6 + 1, 3 * 10**6, 10**9):
        assert ours.form(number) == theirs.plural_form(number), number
    for month in range(1, 13):
        date = dt.date(2024, month, month)
        assert ours.written(date) == format_date(date, "long", locale=theirs)
    for number in (0.85, 12.0, 99.996):
        assert ours.number(number, 2) == format_decimal(number, "0.00", locale=theirs, numbering_system="latn")


def test_a_language_that_nothing_is_known_of(tmp_path: Path) -> None:
    with refusal(TemplateError, r"python -m tests\.tools\.cldr"):
        read(_copied(tmp_path, "xx"))


def test_commands_are_named_as_they_are_typed_where_the_reader_is() -> None:
    assert load(face="chat")("answer.rephrase").count("/reports") == 1
    assert load(face="terminal")("answer.rephrase").count("`rapporteur reports`") == 1


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"])
def test_what_is_filled_in_never_ends_the_line(ending: str) -> None:
    told = load().error(UnknownReportError(report=f"x{ending}y", known="a"))
    assert len(told.splitlines()) == 1
    assert "x" in told
    assert "y" in told


def test_report_text_in_a_sentence_is_never_a_template() -> None:
    error = UnknownReportError(report="$known ${n} %s {0}", known="a")
    assert load().error(error) == "There is no report called “$known ${n} %s {0}”. There are: a."


def test_a_fact_that_an_error_does_not_carry_is_no_second_error() -> None:
    assert load().error(UnknownReportError()) == "There is no report called “?”. There are: ?."


def test_an_unknown_language() -> None:
    for language in ("xx", "../en", "en/../en", ""):
        with pytest.raises(UnknownLanguageError) as refused:
            load(language)
        assert refused.value.fields == {"language": language, "known": "en, fr"}


@pytest.mark.parametrize(
    ("old", "new", "where", "problem"),
    [
        ("[footer]\n", "[foot]\n", "foot.quotes", "there is no such key"),
        (
            'plain = "Edition $edition."',
            'plain = "Edition."',
            "footer.plain",
            "it does not say $edition",
        ),
        (
            'plain = "Edition $edition."',
            'plain = "$edition of $title"',
            "footer.plain",
            "nothing fills in $title",
        ),
        (
            'plain = "Edition $edition."',
            'plain = "$edition for 5 $"',
            "footer.plain",
            "it holds a dollar sign without a name; write two for a plain one",
        ),
        ('plain = "Edition $edition."', "", "footer.plain", "it is missing or is not text"),
        ('plain = "Edition $edition."', "plain = 3", "footer.plain", "it is missing or is not text"),
        (
            'one = "Nothing about this was found in the report."',
            "",
            "answer.silent.one",
            "it is missing or is not text",
        ),
        (
            'one = "Nothing about this was found in the report."',
            'one = "No."\nfew = "No."',
            "answer.silent",
            "it should be a table of the forms one, other",
        ),
        (
            '[commands.chat]\nask = "/ask"\n',
            "[commands.chat]\n",
            "commands.chat",
            "it should name ask, summary, timeline, facts, passage, quote, reports, about, preview and nothing else",
        ),
    ],
)
def test_a_file_with_a_fault_is_refused_by_the_key(
    tmp_path: Path, old: str, new: str, where: str, problem: str
) -> None:
    with pytest.raises(TemplateError) as refused:
        read(_changed(tmp_path, "sentences", old, new))
    assert facts(refused.value) == {"file": "en/sentences.toml", "where": where, "problem": problem}


@pytest.mark.parametrize(
    ("part", "old", "new", "where", "problem"),
    [
        ("problems", "[manifest]\n", "[contents]\n", "contents.too_large", "there is no such key"),
        ("problems", 'no_rtf = "it', 'no_rtf = "$it', "reading.no_rtf", "nothing fills in $it"),
        ("problems", "$ending", "", "reading.broke_off", "it does not say $ending"),
        ("usage", "[command.reports]\nsummary", "[command.reports]\nuse", "command.reports", "it lacks the summary"),
    ],
)
def test_a_file_that_few_commands_need_is_refused_once_it_is_read(
    tmp_path: Path, part: str, old: str, new: str, where: str, problem: str
) -> None:
    """A bot reads it when it starts; whatever else is said until then is said."""
    templates = read(_changed(tmp_path, part, old, new))
    assert templates("footer.plain", edition="1") == "Edition 1."
    with pytest.raises(TemplateError) as refused:
        templates.check()
    assert facts(refused.value) == {"file": f"en/{part}.toml", "where": where, "problem": problem}


def test_a_file_that_is_no_toml_is_refused_by_line(tmp_path: Path) -> None:
    folder = _copied(tmp_path, "en")
    (folder / "sentences.toml").write_text("a = 1\nb =\n", encoding="utf-8")
    with pytest.raises(TemplateError) as refused:
        read(folder)
    assert "line 2" in str(refused.value.fields["problem"])


def test_a_key_stands_in_one_file() -> None:
    assert sum(map(len, PARTS.values())) == len(PLACEHOLDERS)


def test_every_error_has_a_sentence_and_every_sentence_an_error() -> None:
    for module in (bot.errors, corpus.errors, retrieval.errors):
        assert module.__doc__
    keys = {f"errors.{error.key}" for error in _tree(RapporteurError)}
    assert keys == {key for key in PLACEHOLDERS if key.startswith("errors.")}


def test_every_error_class_stands_in_the_drawn_tree() -> None:
    modules = (bot.errors, bot.errors.usage, corpus.errors, retrieval.errors)
    drawn = "\n".join(module.__doc__ or "" for module in modules)
    assert [error.__name__ for error in _tree(RapporteurError) if error.__name__ not in drawn] == []


def test_every_field_of_an_error_sentence_is_documented_at_its_class() -> None:
    for error in _tree(RapporteurError):
        for name in PLACEHOLDERS[f"errors.{error.key}"].split():
            assert error.key == "unforeseen" or f"``{name}``" in (error.__doc__ or ""), error


def test_every_sentence_is_used() -> None:
    """A key stands as a literal somewhere in the rooms, or begins as one: ``citation.`` and a kind."""
    used: set[str] = set()
    made = {"setting."}  # the documents are made of these
    for source in sources(*ROOMS):
        if source.name.endswith("keys.py"):
            continue
        for node in ast.walk(source.tree):
            if isinstance(node, ast.JoinedStr):
                made |= {str(v.value) for v in node.values[:1] if isinstance(v, ast.Constant) and "." in str(v.value)}
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                used.add(node.value)
    assert [key for key in PLACEHOLDERS if key not in used and not key.startswith(tuple(made))] == []


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("face", FACES)
def test_every_sentence_fills_in(language: str, face: str) -> None:
    templates = load(language, face)
    for key, placeholders in PLACEHOLDERS.items():
        names = placeholders.split()
        for n in (1, 2):
            fields: dict[str, str | int] = {name: f"<{name}>" for name in names if name != "n"}
            sentence = templates(key, **fields, **({"n": n} if "n" in names else {}))
            assert "$" not in sentence
            assert sentence == sentence.strip() or key in {"citation.separator", "facts.separator", "chat.prompt"}
            assert all(f"<{name}>" in sentence for name in fields)


@pytest.mark.parametrize("language", languages())
def test_sentences_are_calm(language: str) -> None:
    """No exclamation mark, no emoji; but for help that was asked for, no instruction of more than a few lines."""
    templates = load(language)
    for key, placeholders in PLACEHOLDERS.items():
        sentence = templates(key, **dict.fromkeys(placeholders.split(), 2))
        assert "!" not in sentence
        assert len(sentence) < 300 or key in PARTS["usage"]
        assert all(ord(character) < 0x2600 for character in sentence)
