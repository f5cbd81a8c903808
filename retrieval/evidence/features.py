"""What speaks for one sentence, as values: the features and cues that are weighed, by name, and what gives them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from retrieval.sentence import Sentence

if TYPE_CHECKING:  # brings NumPy along
    from retrieval.evidence.standing import Standing


class Features(NamedTuple):
    """What speaks for a sentence, whatever kind of thing is asked for; also what each of it is worth."""

    coverage: float  # share of the question held, each want by its idf and by how near the match is
    form: float  # share held in the form that was typed, plural or not: "investigation" is not "investigative"
    wants: float  # share of the wants held, whatever their idf
    bm25: float  # BM25 of the sentence against the most the question could give
    best: float  # whether no sentence of the passage has a higher BM25
    bigrams: float  # pairs of words that follow each other in both, stop words among them
    numbers: float  # numbers of the question that stand here less those that do not
    focus: float  # whether the noun after "which" stands here
    passage_bm25: float  # BM25 of the passage
    passage_score: float  # the same against the best passage
    passage_coverage: float  # share of the question held by the passage as a whole
    elsewhere: float  # share missing here that stands elsewhere in the passage
    before: float  # share missing here that the sentence before holds
    after: float  # share missing here that the sentence after holds
    leans_on_match: float  # a sentence that opens with "They" or "This" after one that holds much
    agent: float  # asked who: "by" stands soon after a word that is held, as in "was built by"
    counted: float  # asked how many: a number stands before the noun after "how many"
    told: float  # share of the question held, each want by its surprisal: how telling it is in reports at large
    told_passage: float  # the same, held by the passage as a whole
    told_mass: float  # ln(1 + the surprisal held)
    rarest: float  # how nearly the most telling want is held
    rarest_passage: float  # the same by the passage
    bm25_top: float  # BM25 of the sentence against the best of all candidates
    passage_top: float  # whether no candidate passage has a higher BM25
    named: float  # share of the names and numbers of the question held
    named_passage: float  # the same by the passage
    first: float  # the first sentence of its passage
    early: float  # how early in its report the passage stands, 1 for the first
    agent_of: float  # asked who did it: the sentence says who did, as in "killed by" and "killed the civilians"
    patient_of: float  # asked who it was done to: the sentence says who, as in "were killed" and "the killing of"
    near: float  # coverage where the nearest word of the sentence holds a want, by how far its cosine goes
    near_passage: float  # the same of the passage as a whole
    near_best: float  # "near" against the most that a candidate sentence has of it
    alike: float  # how alike question and sentence are as wholes: the cosine of the sums of their words' vectors
    titled: float  # share of the question held by the title of the report or the heading of the section
    besides: float  # share held of what the title of the report does not say anyway
    besides_passage: float  # the same by the passage
    facet_offered: float  # asked for a facet ("who did it"): how far the sentence offers it
    facet_central: float  # asked about the report as a whole: the same, times how central the sentence is to its report
    lead: float  # the same, for what reports tell first or last: how near that end of its report the sentence stands
    main_event: float  # the same: share of the words of title and first sentence that it holds


class Cues(NamedTuple):
    """What an answer of some kind is made of; also what each of it is worth for one kind."""

    names: float  # ln(1 + capitalised words that are not of the question; asked who, without those that say where)
    numbers: float  # ln(1 + numbers that are not of the question; asked how many, without dates)
    year: float  # a year that is not of the question
    quotation: float  # quotation marks
    offered: float  # ln(1 + words that offer the kind asked for)
    nothing: float  # no word that offers the kind, nor (for numbers and times) a number, nor (for others) a name
    terms: float  # ln(1 + terms): how long an answer of the kind is
    agentless: float  # asked who did it: it says that it was done, and not by whom


NO_FEATURES = Features(**dict.fromkeys(Features._fields, 0.0))
NO_CUES = Cues(**dict.fromkeys(Cues._fields, 0.0))


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
    features: Features
    cues: Cues
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
    """What the sentences of a candidate hold, their BM25 and the highest of it, what they and the passage hold where
    near words count, and how alike each is to the question."""

    candidate: Candidate
    held: Sequence[Sequence[Match | None]]
    bm25: Sequence[float]
    top: float
    near: tuple[Sequence[float], float]
    alike: Sequence[float]


class Best(NamedTuple):
    """The highest BM25 of a passage and of a sentence among all candidates, and the most that a sentence holds where
    near words count."""

    passage: float
    sentence: float
    near: float
