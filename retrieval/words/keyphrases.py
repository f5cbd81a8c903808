"""What reports speak of, for whoever asked what was not found in them: their section headings, else key phrases.

Key phrases are found with C-value: Frantzi, Ananiadou and Mima, "Automatic Recognition of Multi-Word Terms: the
C-value/NC-value Method", International Journal on Digital Libraries 3 (2000). A phrase counts by how often it stands,
less what it owes to longer phrases around it, times the logarithm of its length. In place of their part-of-speech
filter, candidates are whole runs of telling words between stop words and punctuation: Rose, Engel, Cramer and Cowley,
"Automatic Keyword Extraction from Individual Documents" (2010).

A phrase is cut from a passage as it stands there, never put together of stems.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from corpus.passage import Passage, Span
from corpus.report import Report
from retrieval.language import language
from retrieval.language.folding import fold
from retrieval.words.terms import Analyzer, Word, analyzer_of

TOPICS = 7  # of one report; several share them
MOST_REPORTS = 3  # of more than that the titles tell more
FEWEST_HEADINGS = 3  # from which on headings tell what a report is about
LONGEST_HEADING = 80  # characters
LONGEST_PHRASE = 60  # characters
MOST_WORDS = 4  # in a key phrase
READ = 150  # passages of a report, evenly spread, so that the longest report takes some 50 ms
UNTELLING = 0.4  # the share that a word counts for that says little by itself, as in ranking; so does a month

_GAP = re.compile(r"['’]?\s+")  # between two words of one phrase: "victims' remains"
_NUMBERING = re.compile(r"(?:\d+(?:\.\d+)+\.?|(?:\d+|[IVXLC]+|[A-Za-z])[.):])\s+(?=\S)")  # 2.1, 3., IV., b)

Keys = tuple[str, ...]


def topics(reports: Sequence[Report]) -> tuple[str, ...]:
    """What the reports speak of, in their words: the headings of each, else its key phrases, none twice.

    Headings come in the order of the report, phrases strongest first, the reports one after the other. Nothing for
    more than ``MOST_REPORTS`` reports.
    """
    if not 0 < len(reports) <= MOST_REPORTS:
        return ()
    share = -(-TOPICS // len(reports))
    unique: dict[str, str] = {}
    for report in reports:
        for topic in headings(report, share) or keyphrases(report, share):
            unique.setdefault(fold(topic), topic)
    return tuple(unique.values())


def headings(report: Report, count: int = TOPICS) -> tuple[str, ...]:
    """The ``count`` headings with the most text below them, in the report's order, without their numbering.

    Left out are those that tell nothing ("Introduction"), shout or are long; none where few are left.
    """
    sizes: Counter[str] = Counter()
    for passage in report.body:
        if heading := passage.locator.section:
            sizes[heading] += len(passage.text)
    empty = frozenset(language(report.language).topics.get("empty_headings", "").split())
    analyzer = analyzer_of(report.language)
    told = {heading: _unnumbered(heading) for heading in sizes}
    telling = [heading for heading, text in told.items() if _tells(text, analyzer, empty)]
    if len(telling) < FEWEST_HEADINGS:
        return ()
    largest = frozenset(sorted(telling, key=lambda heading: -sizes[heading])[:count])
    return tuple(told[heading] for heading in telling if heading in largest)


def keyphrases(report: Report, count: int = TOPICS) -> tuple[str, ...]:
    """The ``count`` strongest key phrases of a report, strongest first, ties in its order; no two share half of their
    words.

    Single words come after phrases. In a language without stop words only names can be told from other words.
    """
    passages = list(report.body)
    if len(passages) > READ:
        passages = [passages[n * len(passages) // READ] for n in range(READ)]
    found = _Phrases(passages, _Reader(report.language))
    chosen: dict[Keys, str] = {}
    for keys in found.ranked():
        if len(chosen) == count:
            break
        is_new = all(2 * len(frozenset(keys) & frozenset(other)) < min(len(keys), len(other)) for other in chosen)
        if is_new and (text := found.text(keys)):
            chosen[keys] = text
    return tuple(chosen.values())


def _unnumbered(heading: str) -> str:
    found = _NUMBERING.match(heading)
    return heading[found.end() :] if found else heading


def _tells(heading: str, analyzer: Analyzer, empty: frozenset[str]) -> bool:
    if len(heading) > LONGEST_HEADING or heading.isupper() or heading.splitlines() != [heading]:
        return False
    words = [word.text for word in analyzer.words(heading) if analyzer.key(word.text) and not word.text[0].isdigit()]
    return not empty.issuperset(words)


class _Place(NamedTuple):
    """Where a telling word stands: its key, its code points in the passage, and whether a sentence begins with it."""

    key: str
    start: int
    end: int
    opens: bool


class _Run(NamedTuple):
    """Telling words that follow each other in a passage, as many as there are up to a verb.

    ``introduced``: after a word such as "the" or "of". ``ends_as_verb``: its last word seems to be one.
    """

    passage: Passage
    places: Sequence[_Place]
    introduced: bool
    ends_as_verb: bool

    @property
    def keys(self) -> Keys:
        """The keys of its words."""
        return tuple([place.key for place in self.places])

    @property
    def thing(self) -> Keys:
        """What it may name: all of it but a verb at its end."""
        return self.keys[:-1] if self.ends_as_verb else self.keys


class _Reader:
    """Tells telling words of one language from others."""

    def __init__(self, tag: str) -> None:
        data = language(tag)
        self._analyzer = analyzer_of(tag)
        self._only_names = not data.stop_words
        self._determiners = frozenset(data.topics.get("determiners", "").split())
        self._introduced_by = self._determiners.union(data.topics.get("introduced_by", "").split())
        self._irregular = data.irregular
        self._things = frozenset(data.topics.get("things", "").split())
        self._adverbs_end = tuple(data.topics.get("adverbs_end", "").split())
        self._no_things_end = tuple(data.topics.get("no_things_end", "").split())
        times = data.questions.get("kinds", {}).get("time", {}).get("offers", "")
        untelling = f"{data.questions.get('untelling', '')} {times}".split()
        self.untelling = frozenset(key for word in untelling if (key := self._analyzer.key(word)))
        self._keys: dict[str, str | None] = {}

    def runs(self, passage: Passage) -> Iterator[_Run]:
        """The runs of a passage, in order. One that is all capitals is a headline and has none."""
        text = passage.searched
        if text.isupper():
            return
        openings = {start for start, _ in passage.sentences}
        places: list[_Place] = []
        before: str | None = None  # the word that the run follows
        last: Word | None = None
        for word in self._analyzer.words(text):
            opens = word.start in openings
            follows = last is not None and not opens and _is_gap(text, last.end, word.start)
            surface = text[word.start : word.end]
            key = self._key(surface, word.text, opens)
            if places and not (key and follows and not self._looks_like_verb(surface)):
                yield self._run(passage, places, before, word.text if follows else None)
                places = []
            if key:
                if not places:
                    before = last.text if last and follows else None
                places.append(_Place(key, word.start, word.end, opens))
            last = word
        if places:
            yield self._run(passage, places, before, None)

    def _run(self, passage: Passage, places: Sequence[_Place], before: str | None, after: str | None) -> _Run:
        end = passage.cut(Span(places[-1].start, places[-1].end))
        has_object = after is not None and (after in self._determiners or self._is_number_word(after))
        is_verb = self._looks_like_verb(end) or (has_object and end[0].islower())
        return _Run(passage, places, self._only_names or before in self._introduced_by, is_verb)

    def _looks_like_verb(self, surface: str) -> bool:
        """Whether a word is likely a verb where another stands before it: "experts emphasized", "council met"."""
        is_form = surface.endswith(self._no_things_end) or surface in self._irregular
        return is_form and surface[0].islower() and surface not in self._things

    def _is_number_word(self, word: str) -> bool:
        return not word[0].isdigit() and (self._analyzer.key(word) or "")[:1].isdigit()

    def _key(self, surface: str, folded: str, opens: bool) -> str | None:
        """The key of a telling word; ``None`` for a stop word, a number, an adverb."""
        if self._only_names and (opens or not surface[0].isupper()):
            return None
        if surface not in self._keys:
            key = self._analyzer.key(surface, is_name=len(surface) > 1 and surface.isupper())
            is_adverb = folded.endswith(self._adverbs_end) and folded not in self._things
            tells = key is not None and len(folded) > 1 and not key[0].isdigit() and not is_adverb
            self._keys[surface] = key if tells else None
        return self._keys[surface]


def _is_gap(text: str, start: int, end: int) -> bool:
    return text[start:end] == " " or _GAP.fullmatch(text, start, end) is not None


class _Phrases:
    """The candidates of some passages, and where they stand."""

    def __init__(self, passages: Iterable[Passage], reader: _Reader) -> None:
        runs = [run for passage in passages for run in reader.runs(passage)]
        wanted = {thing for run in runs if 0 < len(thing := run.thing) <= MOST_WORDS}
        standing: dict[Keys, list[tuple[Passage, _Place, _Place]]] = {}
        for run in runs:
            all_keys, size = run.keys, len(run.places)
            for first in range(size):
                for end in range(first + 1, min(first + MOST_WORDS, size) + 1):
                    keys = all_keys[first:end]
                    if keys in wanted:
                        standing.setdefault(keys, []).append((run.passage, run.places[first], run.places[end - 1]))
        introduced = {run.thing for run in runs if run.introduced}
        self._untelling = reader.untelling
        self._standing = {
            keys: at
            for keys, at in standing.items()
            if keys in introduced or (len(at) > 1 and len(keys) > 1)
            if len(keys) > 1 or keys[0] not in self._untelling
        }

    def ranked(self) -> list[Keys]:
        """The candidates, phrases before single words, strongest first, ties in the order in which they stand."""
        around: dict[Keys, list[int]] = {}
        for keys, at in self._standing.items():
            for part in _parts(keys):
                around.setdefault(part, []).append(len(at))
        strength = {keys: self._strength(keys, around.get(keys, ())) for keys in self._standing}
        return sorted(strength, key=lambda keys: (len(keys) == 1, -strength[keys]))

    def _strength(self, keys: Keys, around: Sequence[int]) -> float:
        """The C-value; ``around`` has how often each longer candidate stands that holds the phrase."""
        often = len(self._standing[keys]) - (sum(around) / len(around) if around else 0.0)
        telling = sum(UNTELLING if key in self._untelling else 1.0 for key in keys) / len(keys)
        return often * telling * (math.log2(len(keys)) or 1.0)

    def text(self, keys: Keys) -> str | None:
        """The form in which a phrase most often stands, verbatim; ``None`` where none of them is fit to be shown."""
        often: Counter[str] = Counter()
        within: Counter[str] = Counter()
        for passage, first, last in self._standing[keys]:
            form = passage.cut(Span(first.start, last.end))
            often[form] += 1
            within[form] += not first.opens  # the capital that begins a sentence is not the phrase's own
        fit = [form for form in often if _is_fit(form, len(keys))]
        return max(fit, key=lambda form: (within[form], often[form]), default=None)


def _parts(keys: Keys) -> set[Keys]:
    """Every shorter run of words in a phrase."""
    sizes = range(1, len(keys))
    return {keys[start : start + size] for size in sizes for start in range(len(keys) - size + 1)}


def _is_fit(form: str, words: int) -> bool:
    """Whether a form stands on one line, is not long, and does not shout; one word in capitals is a name."""
    return len(form) <= LONGEST_PHRASE and " ".join(form.split()) == form and (words == 1 or not form.isupper())
