"""A question in one language → what is looked for: the wanted terms with what may stand for them, and the kind of
thing asked for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import chain
from typing import Self

from retrieval.kind import Kind
from retrieval.language import language
from retrieval.language.folding import fold
from retrieval.question.facet import Asked as AskedFacet
from retrieval.question.facet import facets
from retrieval.question.full_names import FullName, full_names
from retrieval.question.needs import Need
from retrieval.question.needs import asked as needed
from retrieval.question.roles import Sought, sought
from retrieval.question.shapes import QuestionShapes, question_shapes
from retrieval.question.typed import only_telling, typed
from retrieval.words.lexicon import BUNDLED, Keys, Lexicon, Lexicons
from retrieval.words.terms import Analyzer, Term, Word, analyzer_of, are_initials

FILLER = 0.4  # the share of a word that says nothing at all: "when did it happen"
TOLD = 0.3  # the share of a word that only tells why somebody asks


@dataclass(frozen=True, slots=True)
class Want:
    """One thing that a question speaks of.

    ``key`` is the term, or ``None`` where only its equivalents can be found ("who did it"). ``meant`` says that the
    key is not what was typed but what was most likely meant. ``surface`` is the word as typed, chat forms written
    out. ``position`` is the number of its word in the question. ``is_telling`` is false for a word that says little
    about what is meant. ``share`` is below 1 for the words of a phrase that means one thing ("human rights law"), and
    for fillers ("happen").
    """

    key: str | None
    meant: bool
    surface: str
    position: int
    is_name: bool
    is_number: bool
    is_telling: bool
    share: float = 1.0

    @property
    def number(self) -> str | None:
        """The number that was typed, without commas and blanks; ``None`` for a word."""
        return "".join(self.surface.split()).replace(",", "") if self.is_number else None


@dataclass(frozen=True, slots=True)
class Query:
    """What a question looks for in one language.

    ``equivalents`` has for each want the term keys that may stand for it, with weights in (0, 1). ``words`` are the
    question's words, folded, stop words among them; those that only tell why somebody asks are empty. ``focus`` is the
    want after "which" or "how many", as its index; ``type_noun`` is the want that names nothing but the kind asked for
    ("what day", "which village", "date of"); ``role`` says whether it asks who did a thing, or to whom.
    ``tag`` is the language of the reports.
    ``need`` is what an answer has to hold, if anything is sure. ``full_names`` are those of two words or three.
    ``tokens`` are the terms that were meant, with the stop words between them: the question as a whole.
    ``facet`` is what of the report's story it asks for, if anything; one that asks for that alone ("what happened") has
    no wants where its words do nothing but name the facet.
    """

    wants: tuple[Want, ...]
    equivalents: tuple[Mapping[Keys, float], ...]
    words: tuple[str, ...]
    kind: Kind
    focus: int | None
    type_noun: int | None
    role: Sought | None = None
    tag: str = "en"
    facet: AskedFacet | None = None
    need: Need | None = None
    full_names: tuple[FullName, ...] = ()
    tokens: tuple[str, ...] = ()

    @property
    def known(self) -> frozenset[str]:
        """The words of the question, and their keys: what an answer does not say anew."""
        return frozenset(self.words).union(want.key for want in self.wants if want.key)

    @property
    def is_whole(self) -> bool:
        """Whether it is about the report as a whole: it asks for a facet and for nothing besides."""
        return self.facet is not None and self.facet.is_whole

    @classmethod
    def of(
        cls,
        text: str,
        tag: str,
        meant: Callable[[str, str, bool], str | None] = lambda *_: None,
        lexicons: Lexicons = BUNDLED,
        own_names: Lexicon | None = None,
    ) -> Self:
        """The query of a question (or a topic) in the language of that BCP 47 tag.

        ``meant`` gives, for the key of a misspelt word, the word folded, and whether it is a name, the key that was
        meant or the stop word, and ``None`` for any other. ``own_names`` are those that the reports give themselves.
        """
        analyzer = analyzer_of(tag)
        text = typed(tag).written_out(text)
        words = analyzer.words(text)
        shapes = question_shapes(tag)
        folded = [shapes.meant(word.text) or word.text for word in words]
        wants: dict[str, Want] = {}
        served: list[tuple[int, str]] = []  # numbers of words, each with the key of its want
        for term in analyzer.terms(text):
            if shapes.meant(words[term.position].text):
                continue
            instead = meant(term.key, fold(text[term.start : term.end]), _is_name(term, text))
            if instead in language(tag).stop_words:  # "betwen" is no word to look for either, and "wich" asks
                folded[term.position] = instead
                continue
            want = _want(term, text, words[term.position].text, shapes=shapes, instead=instead)
            wants.setdefault(want.key or term.key, want)
            served.append((term.position, want.key or term.key))
        listed = list(wants.values())
        number = {key: n for n, key in enumerate(wants)}
        places = [(position, number[key]) for position, key in served]
        stream = [analyzer.key(word.text) or word.text for word in words]
        for want in listed:
            if want.meant and want.key:
                stream[want.position] = want.key
        sources = [lexicons.of(tag), *([own_names] if own_names else ())]
        names = _stop_word_names(text, words, analyzer)
        streams = [stream, [names.get(n, word) for n, word in enumerate(stream)]] if names else [stream]
        found = chain.from_iterable(one.matches(held) for one in sources for held in streams)
        equivalents = _stood_for(text, words, found, wants=listed, places=places)
        told = only_telling(text, words, shapes.asking, typed(tag))
        listed = _weighed(listed, {key for position, key in served if position not in told}, told)
        folded = ["" if n in told else word for n, word in enumerate(folded)]
        plain = tuple("" if n in told else word.text for n, word in enumerate(words))
        asked = shapes.asked(folded)
        kept = [(n, word) for n, word in enumerate(folded) if n not in told]
        tokens = tuple(names.get(n) or (word if word != words[n].text else stream[n]) for n, word in kept)
        # H.A. is somebody, and no laughter.
        stream = [word if are_initials(word) else token for (_, word), token in zip(kept, tokens, strict=True)]
        facet, kind = _facet(tag, stream, asked.kind, shapes=shapes, wants=listed)
        need = needed(folded, tag)
        if facet is not None and facet.is_named:  # nothing is looked for but what the story around it tells
            story = [n for n, want in enumerate(listed) if want.position in told and want.key and want.is_telling]
            kept_wants, kept_words = tuple(listed[n] for n in story), tuple(equivalents[n] for n in story)
            return cls(
                wants=kept_wants,
                equivalents=kept_words,
                words=plain,
                kind=kind,
                focus=None,
                type_noun=None,
                tag=tag,
                facet=facet,
                need=need,
                tokens=tokens,
            )
        listed = _without_naming(tag, facet, listed)
        at = asked.focus_from
        focus = next((n for n, want in enumerate(listed) if at is not None and want.position >= at), None)
        type_noun = next((n for n, want in enumerate(listed) if want.position == asked.type_noun), None)
        role = sought(folded, dict(places), tag) if asked.kind in (Kind.PERSON, Kind.GROUP) else None
        full = tuple(full_names(text, tag))
        return cls(
            wants=tuple(listed),
            equivalents=tuple(equivalents),
            words=plain,
            kind=kind,
            focus=focus,
            type_noun=type_noun,
            role=role,
            tag=tag,
            facet=facet,
            need=need,
            full_names=full,
            tokens=tokens,
        )


def _stood_for(
    text: str,
    words: Sequence[Word],
    found: Iterable[tuple[int, int, Keys, float]],
    wants: list[Want],
    places: list[tuple[int, int]],
) -> list[dict[Keys, float]]:
    """What may stand for each of ``wants``, of what a lexicon ``found`` for the words from one number to another.

    A phrase of stop words, such as "who did it", is added to the wants and to their ``places``; words of a phrase
    share what it counts for.
    """
    equivalents: list[dict[Keys, float]] = [{} for _ in wants]
    covering: dict[tuple[int, int], list[int]] = {}
    for start, end, target, weight in found:
        covered = covering.get((start, end))
        if covered is None:
            covered = covering[start, end] = [n for position, n in places if start <= position < end]
            if not covered:
                surface = text[words[start].start : words[end - 1].end]
                wants.append(Want(None, False, surface, start, is_name=False, is_number=False, is_telling=False))
                equivalents.append({})
                covered.append(len(wants) - 1)
                places.append((start, covered[0]))
            for n in covered:
                wants[n] = replace(wants[n], share=min(wants[n].share, 1 / len(covered)))
        for n in covered:
            equivalents[n][target] = max(weight, equivalents[n].get(target, 0.0))
    return equivalents


def _weighed(wants: Sequence[Want], asked: AbstractSet[str], told: AbstractSet[int]) -> list[Want]:
    """The wants, those that only tell (the words ``told``, whose keys are not ``asked`` elsewhere) with less share."""
    return [w if w.position not in told or w.key in asked else replace(w, share=w.share * TOLD) for w in wants]


def _facet(
    tag: str, words: Sequence[str], kind: Kind, shapes: QuestionShapes, wants: Sequence[Want]
) -> tuple[AskedFacet | None, Kind]:
    """The facet that a question of these words asks for, if any, and the kind of thing that is asked for with it."""
    read_as = facets(tag)
    facet = read_as.asked(words)
    is_asking = kind is not Kind.THING or not shapes.openers.isdisjoint(words)
    if facet is None and is_asking and not any(want.is_telling for want in wants):
        facet = read_as.default(words, kind)
    if facet is None or not facet.is_whole:
        return facet, kind
    return facet, Kind(read_as.kind(facet.facet) or kind)


def _without_naming(tag: str, asked: AskedFacet | None, wants: Sequence[Want]) -> list[Want]:
    """The wants; beside others, one that does no more than name the facet asked for tells little: "cause of death"."""
    naming = [asked is not None and facets(tag).names(want.key) for want in wants]
    is_alone = all(naming)
    return [w if is_alone or not n else replace(w, is_telling=False) for w, n in zip(wants, naming, strict=True)]


def _stop_word_names(text: str, words: Sequence[Word], analyzer: Analyzer) -> Mapping[int, str]:
    """The stop words in capitals, which may be names (WHO, US), as they were typed, by their numbers."""
    if text.isupper():
        return {}
    stop_words = ((n, text[word.start : word.end]) for n, word in enumerate(words) if analyzer.key(word.text) is None)
    typed = {n: word for n, word in stop_words if word[-1] not in "'’"}  # "C'est" is elided
    return {n: word for n, word in typed.items() if len(word) > 1 and word.isupper()}


def _want(term: Term, text: str, word: str, shapes: QuestionShapes, instead: str | None) -> Want:
    surface = text[term.start : term.end]
    return Want(
        instead or term.key,
        instead is not None,
        surface,
        term.position,
        is_name=_is_name(term, text),
        is_number=surface[:1].isdigit(),
        is_telling=fold(word) not in shapes.untelling and term.key not in shapes.untelling_keys,
        share=FILLER if term.key in shapes.filler_keys else 1.0,
    )


def _is_name(term: Term, text: str) -> bool:
    surface = text[term.start : term.end]
    is_name = (surface[:1].isupper() and term.start > 0) or (len(surface) > 1 and surface.isupper())
    return is_name and not text.isupper()
