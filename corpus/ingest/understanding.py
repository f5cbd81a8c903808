"""One file to one report, and what is known of how it was understood: which fact comes from where, what is torn or
kept out."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

from corpus.clause import Clause
from corpus.document import Facts, UnreadableError, too_large
from corpus.errors import ReadError
from corpus.files.opening import NoFileError, TooLargeError, read_file
from corpus.gathering.sources import Source
from corpus.ingest.origin import Origin
from corpus.layout import shapes
from corpus.parsing.parse import Budget, Parsed, parse, reader_for
from corpus.passage import Kind, Passage
from corpus.report import Report
from corpus.text import language

if TYPE_CHECKING:  # few folders hold a file that is large enough for it
    from corpus.parsing.apart import Apart

_FEWEST_WORDS, _LONGEST_LINE = 4, 160  # of a first line by which a report is called
_OF_OTHERS = (Kind.LINKS, Kind.FURNITURE)  # what is kept out may be in another language


@dataclass(frozen=True)
class Understood:
    """A report with how it was understood. ``origins`` has the facts that it has, by the names of the report's fields.

    ``spoken`` is the language that its words speak for. ``tables`` counts its tables, ``numbers`` are the printed
    numbers of its paragraphs, in order, ``pictures`` the pages that are pictures without text.
    """

    file: str
    report: Report
    origins: Mapping[str, Origin]
    subtitle: str = ""
    spoken: str | None = None
    tables: int = 0
    numbers: tuple[str, ...] = ()
    pictures: tuple[int, ...] = ()

    @cached_property
    def kinds(self) -> Mapping[Kind, int]:
        """How many passages of each kind there are."""
        return Counter(passage.kind for passage in self.report.passages)

    @property
    def torn(self) -> list[Passage]:
        """The passages that begin or end inside a sentence whose other part is not there."""
        return [passage for passage in self.report.passages if any(passage.torn)]

    @property
    def contradicts(self) -> str | None:
        """The language that the words speak for where the manifest gives another."""
        if self.origins.get("language") is Origin.MANIFEST and self.spoken:
            return self.spoken if language.primary(self.report.language) != self.spoken else None
        return None

    @cached_property
    def uncited(self) -> tuple[str, ...]:
        """The printed numbers that no citation goes by."""
        left = Counter(_opening(passage) for passage in self.report.passages if passage.kind is Kind.BODY)
        missing = []
        for number in self.numbers:
            left[number] -= 1
            if left[number] < 0:
                missing.append(number)
        return tuple(missing)

    @cached_property
    def gaps(self) -> tuple[tuple[int, int], ...]:
        """The whole numbers left out between two printed ones, as first and last; what counts anew is no gap."""
        whole = [number for number, is_stray in self._counted if not is_stray]
        return tuple((low + 1, high - 1) for low, high in pairwise(whole) if high > low + 1)

    @property
    def stray(self) -> tuple[int, ...]:
        """The printed numbers that leap ahead of one that goes on counting, such as a year that begins a line."""
        return tuple(number for number, is_stray in self._counted if is_stray)

    @property
    def _counted(self) -> Iterator[tuple[int, bool]]:
        """The whole numbers, and whether each is stray: more than the next one, which is more than the one before."""
        whole = [int(number) for number in self.numbers if number.isdecimal()]
        before = 0
        for number, after in zip_longest(whole, whole[1:]):
            is_stray = after is not None and before < after < number
            yield number, is_stray
            before = before if is_stray else number

    def by_length(self) -> Sequence[Passage]:
        """The passages that answers are taken from, the longest first; equally long ones in order."""
        return sorted(self.report.body, key=lambda passage: -len(passage.text))


@dataclass(slots=True)
class Desk:
    """Reads files: small ones on the spot and large ones apart, in a process that is started with the first of them."""

    budget: Budget
    _apart: "Apart | None" = field(default=None)

    def close(self) -> None:
        """End what was started."""
        if self._apart is not None:
            self._apart.close()

    def read(self, source: Source) -> Understood:
        """Read and split one file. Raises ``ReadError``."""
        try:
            parsed = self._parse(source)
        except TooLargeError:
            raise ReadError(file=source.name, problem=too_large(reader_for(source.path.suffix).most)) from None
        except (UnreadableError, NoFileError) as error:
            raise ReadError(file=source.name, problem=error.clause) from None
        except OSError as error:
            raise ReadError(file=source.name, problem=Clause("file.unopened", problem=error.strerror or "")) from None
        spoken = language.told([passage.text for passage in parsed.passages if passage.kind not in _OF_OTHERS])
        values = dict(_facts(source, parsed.facts, spoken, _first_line(parsed.passages)))
        report = Report(
            id=source.id,
            passages=parsed.passages,
            note=source.entry.note if source.entry else None,
            source=parsed.source,
            **{name: value for name, (value, _) in values.items()},  # type: ignore[arg-type]  # each as its field
        )
        origins = {name: origin for name, (value, origin) in values.items() if value is not None}
        shape = parsed.shape
        told = (parsed.facts.subtitle, spoken, shape.tables, shape.numbers, shape.pictures)
        return Understood(source.name, report, origins, *told)

    def _parse(self, source: Source) -> Parsed:
        """What a file says. Raises ``UnreadableError``, ``NoFileError`` and ``OSError``."""
        if source.problem:
            raise UnreadableError.of(source.problem)
        suffix = source.path.suffix
        reader = reader_for(suffix)
        data = read_file(source.path, reader.most, folder=source.folder)
        if len(data) <= reader.at_once:
            return parse(data, suffix, source.id)
        if self._apart is None:
            from corpus.parsing.apart import Apart  # 5 ms: for large files only

            self._apart = Apart(self.budget)
        return self._apart.parse(data, suffix, source.id)


def _facts(
    source: Source, facts: Facts, spoken: str | None, first_line: str
) -> Iterator[tuple[str, tuple[object, Origin]]]:
    """Each fact of a report, and where it is from: the manifest before the document. Its ``first_line`` is what it is
    called where it has no title."""
    entry = source.entry
    for name in ("title", "symbol", "date", "publisher", "url", "language"):
        if entry and (given := getattr(entry, name)):
            yield name, (given, Origin.MANIFEST)
        elif own := getattr(facts, name):
            yield name, (own, Origin.DOCUMENT)
        elif name == "title" and first_line:
            yield name, (first_line, Origin.DOCUMENT)
        elif name == "title":
            yield name, (source.id, Origin.NAME)
        elif name == "language":
            yield name, (spoken, Origin.WORDS) if spoken else (language.UNTOLD, Origin.ASSUMED)
        else:
            yield name, (None, Origin.ASSUMED)


def _first_line(passages: Sequence[Passage]) -> str:
    """The line that a text opens with where that tells more of it than the name of its file: one of some words which is
    no sentence, "GENEVA (3 May 2024) – Experts call for the wells to be opened"; else ""."""
    first = next((one for one in passages if one.kind in (Kind.BODY, Kind.HEADING)), None)
    line = first.text if first is not None else ""
    is_line = "\n" not in line and len(line.split()) >= _FEWEST_WORDS and len(line) <= _LONGEST_LINE
    return line if is_line and not shapes.ends_clause(line) else ""


def _opening(passage: Passage) -> str | None:
    """The number that a passage is cited by, where it begins with that."""
    number = passage.locator.paragraph
    words = passage.text.lstrip("([§¶ ").casefold()
    inner = str(number).partition("(")[2].partition(")")[0]
    if inner.isdigit() and words.startswith(inner):  # of an article: "2 (1)" is printed as "1"
        return inner
    return str(number) if number is not None and words.startswith(str(number).split()[0].casefold()) else None
