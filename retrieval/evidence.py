"""What speaks for one sentence, as values: the features and cues that are weighed, by name, and what gives them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from retrieval.sentence import Sentence

if TYPE_CHECKING:  # brings NumPy along
    from retrieval.standing import Standing

FEATURES = (
    "coverage",  # share of the question held, each want by its idf and by how near the match is
    "form",  # share held in the form that was typed, plural or not: "investigation" is not "investigative"
    "wants",  # share of the wants held, whatever their idf
    "bm25",  # BM25 of the sentence against the most the question could give
    "best",  # whether no sentence of the passage has a higher BM25
    "bigrams",  # pairs of words that follow each other in both, little words among them
    "numbers",  # numbers of the question that stand here less those that do not
    "focus",  # whether the noun behind "which" stands here
    "passage_bm25",  # BM25 of the passage
    "passage_score",  # the same against the best passage
    "passage_coverage",  # share of the question held by the passage as a whole
    "elsewhere",  # share missing here that stands elsewhere in the passage
    "before",  # share missing here that the sentence before holds
    "after",  # share missing here that the sentence behind holds
    "leans_on_match",  # a sentence that opens with "They" or "This" behind one that holds much
    "agent",  # asked who: "by" stands soon after a word that is held, as in "was built by"
    "counted",  # asked how many: a number stands before the noun behind "how many"
    "told",  # share of the question held, each want by its surprisal: how telling it is in reports at large
    "told_passage",  # the same, held by the passage as a whole
    "told_mass",  # ln(1 + the surprisal held)
    "rarest",  # how nearly the most telling want is held
    "rarest_passage",  # the same by the passage
    "bm25_top",  # BM25 of the sentence against the best of all candidates
    "passage_top",  # whether no candidate passage has a higher BM25
    "named",  # share of the names and numbers of the question held
    "named_passage",  # the same by the passage
    "first",  # the first sentence of its passage
    "early",  # how early in its report the passage stands, 1 for the first
    "agent_of",  # asked who did it: the sentence says who did, as in "killed by" and "killed the civilians"
    "patient_of",  # asked who it was done to: the sentence says who, as in "were killed" and "the killing of"
    "near",  # coverage where the nearest word of the sentence holds a want, by how far its cosine goes
    "near_passage",  # the same of the passage as a whole
    "near_best",  # "near" against the most that a candidate sentence has of it
    "titled",  # share of the question held by the title of the report or the heading of the section
    "besides",  # share held of what the title of the report does not say anyway
    "besides_passage",  # the same by the passage
    "facet_offered",  # asked for a facet ("who did it"): how far the sentence offers it
    "facet_central",  # asked about the report as a whole: the same, times how central the sentence is to its report
    "lead",  # the same, for what reports tell first or last: how near that end of its report the sentence stands
    "main_event",  # the same: share of the words of title and first sentence that it holds
)
CUES = (
    "names",  # ln(1 + capitalised words that are not of the question; asked who, without those that say where)
    "numbers",  # ln(1 + numbers that are not of the question; asked how many, without dates)
    "year",  # a year that is not of the question
    "quotation",  # quotation marks
    "offered",  # ln(1 + words that offer the kind asked for)
    "nothing",  # no word that offers the kind, nor (for numbers and times) a number, nor (for others) a name
    "terms",  # ln(1 + terms): how long an answer of the kind is
)


@dataclass(frozen=True, slots=True)
class Match:
    """How a sentence holds one want: by which keys, and how near that is to the word itself (1: the word itself)."""

    keys: tuple[str, ...]
    strength: float


def strengths(matches: Sequence[Match | None]) -> list[float]:
    """How nearly each want is held, from 0 to 1, by its match."""
    return [match.strength if match else 0.0 for match in matches]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one sentence. ``matches`` has the best match of each want or ``None``; the order is that of the
    wants."""

    passage: int
    sentence: Sentence
    features: tuple[float, ...]
    cues: tuple[float, ...]
    score: float
    matches: tuple[Match | None, ...]


class Candidate(NamedTuple):
    """A passage whose sentences are looked at: its number, its sentences, its BM25 score, and how ``early`` in its
    report it stands, from 1 for the first down to 0.

    ``above`` says how nearly each want is held by what counts for the passage though it stands above it, ``title`` how
    nearly by the title of its report. ``places`` says of each sentence where it stands in its report; nothing where the
    question is not about a whole.
    """

    number: int
    sentences: Sequence[Sentence]
    score: float
    early: float = 0.0
    above: Sequence[float] = ()
    title: Sequence[float] = ()
    places: "Sequence[Standing]" = ()


class Look(NamedTuple):
    """What the sentences of a candidate hold, their BM25 and the highest of it, and what they and the passage hold
    where near words count."""

    candidate: Candidate
    held: Sequence[Sequence[Match | None]]
    bm25: Sequence[float]
    top: float
    near: tuple[Sequence[float], float]


class Best(NamedTuple):
    """The highest BM25 of a passage and of a sentence among all candidates, and the most that a sentence holds where
    near words count."""

    passage: float
    sentence: float
    near: float
