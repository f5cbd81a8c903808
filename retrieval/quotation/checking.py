"""A quotation and an edition → the verdict: is it there word for word, changed, joined of pieces, or not at all?"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.edition import Edition
from corpus.passage import Span
from retrieval.answer import Excerpt
from retrieval.quotation.alignment import align
from retrieval.quotation.around import Around
from retrieval.quotation.attributing import attributed
from retrieval.quotation.given import Attribution, Given, attribution, between_marks, is_more, outside, side_by_side
from retrieval.quotation.marks import bare, quoted
from retrieval.quotation.nearing import Near, near
from retrieval.quotation.shelf import Place, Shelf
from retrieval.quotation.showing import around, shown
from retrieval.quotation.tokens import tokens, trimmed
from retrieval.quotation.values import Checked, Difference
from retrieval.quotation.verdict import Verdict
from retrieval.quotation.wording import TAGS, wording
from retrieval.search.scope import Scope
from retrieval.words.terms import analyzer_of

SHOWN = 5  # excerpts at most
LITTLE = 3  # words that tell nothing where each is one that any text has
_MOST_PLACES = 40  # that are looked at
_ORDER = tuple(Verdict)


class Checker:
    """Checks quotations against one edition. Safe to ask from several threads."""

    def __init__(self, edition: Edition, scope: Scope) -> None:
        self._edition = edition
        self._shelf = Shelf(edition.reports, scope)

    def check(self, raw: str) -> Checked:
        """What becomes of a quotation, given with or without its quotation marks and with what says who speaks.

        Raises ``EmptyQuotationError``, ``LongQuotationError`` and ``WordlessQuotationError``.
        """
        found = self._found(raw)
        return replace(found, is_telling=self._tells(Given(found.text)))

    def _found(self, raw: str) -> Checked:
        given = Given.parse(raw)
        if found := self._verbatim(given):
            return self._checked(given.text, *found)
        said = attribution(raw) or Attribution(side_by_side(raw), "")
        whole = self._judged(given)
        between = between_marks(raw)
        if not said.parts and is_more(between) and (whole.verdict is Verdict.NOT_FOUND or self._is_apart(raw, whole)):
            said = Attribution(between, "")  # "as the experts put it, “…”"
        parts = [self._judged(Given.parse(part)) for part in said.parts if _has_word(part)]
        if not parts or _ORDER.index(whole.verdict) < min(_ORDER.index(part.verdict) for part in parts):
            return whole
        whole = _together(parts)
        if whole.verdict.is_true:
            whole = self._without_between(whole, said)
        whole = attributed(self._shelf, whole, said.outside) if said.outside else whole
        return replace(_without_told(whole, " … ".join(outside(raw))), text=said.text)

    def _is_apart(self, raw: str, whole: Checked) -> bool:
        """Whether what stands between quotation marks is a report's, and most telling words outside of them do not
        stand beside it there: words around a quotation, and no altered text that has quotations in it."""
        if whole.verdict.is_true or not all(map(self._verbatim, map(Given, between_marks(raw)))):
            return False
        keys = [analyzer_of(tag).key for tag in self._shelf.scope.languages]
        run, marked = tokens(raw), list(quoted(raw))
        outer = (
            n for n, one in enumerate(run) if one.is_word and not any(s.start <= one.start < s.end for s in marked)
        )
        telling = [n for n in outer if all(key(run[n].text) is not None for key in keys)]
        lines = [align(run, tokens(excerpt.passage.text)) for excerpt in whole.excerpts]
        held = ({pair.quoted for pair in pairs if pair.same} for pairs in lines)
        return all(2 * len(same.intersection(telling)) < len(telling) for same in held)

    def _without_between(self, found: Checked, said: Attribution) -> Checked:
        """Several quoted parts with what is left out between them in their sentence as an ellipsis would leave it out:
        “they” “shot first”. What stands between them outside of the marks is not left out."""
        joined = self._in_pieces(Given(said.text))
        if joined is None or not joined.verdict.is_true:
            return found
        beside = said.outside.casefold()
        told = [words for words in joined.cut_within if words.casefold() in beside]
        within, cut = (tuple(w for w in some if w not in told) for some in (joined.cut_within, joined.cut_off))
        return replace(found, cut_within=within, cut_off=cut)

    def check_said(self, text: str, said: str) -> Checked:
        """The same for words that are known to be the quoted ones alone; ``said`` is what says who speaks, or empty."""
        given = Given.parse(text)
        checked = replace(self._judged(given), is_telling=self._tells(given))
        return attributed(self._shelf, checked, said) if said else checked

    def _tells(self, given: Given) -> bool:
        """Whether its words are enough to tell whose they are: more than a few, or one that is none of the little."""
        words = [given.text[token.start : token.end] for token in given.tokens if token.is_word]
        keys = [analyzer_of(tag).key for tag in self._shelf.scope.languages]
        return len(words) > LITTLE or any(all(key(word) is not None for key in keys) for word in words)

    def _judged(self, given: Given) -> Checked:
        """The verdict on words alone."""
        if found := self._verbatim(given):
            return self._checked(given.text, *found)
        if given.has_ellipsis and (checked := self._in_pieces(given)):
            return checked
        return self._nearest(given)

    def _verbatim(self, given: Given) -> tuple[Verdict, list[tuple[Place, ...]]] | None:
        """Where the words stand one after the other; the best verdict."""
        if exact := self._exact(given.text):
            return Verdict.EXACT, [(place,) for place in exact]
        for read in (given, *given.variants()):
            if found := self._typographic(read):
                return Verdict.TYPOGRAPHIC, [(place,) for place in found]
        return None

    def _exact(self, text: str) -> list[Place]:
        return self._sorted(self._shelf.standing(text))

    def _typographic(self, given: Given) -> list[Place]:
        if not given.tokens:
            return []
        return self._sorted(self._shelf.runs(given.tokens, self._shelf.candidates(given.text, given.tokens)))

    def _sorted(self, places: Iterable[Place]) -> list[Place]:
        """The first places, those that may be answers before titles and labels."""
        found = [place for place, _ in zip(places, range(_MOST_PLACES), strict=False)]
        return sorted(found, key=lambda place: not self._shelf.passages[place[0].number].kind.is_ranked)

    def _in_pieces(self, given: Given) -> Checked | None:
        """The verdict where every piece between ellipses stands in the reports so; ``None`` where one does not."""
        found: list[list[Place]] = []
        is_exact = True
        for text in given.pieces:
            places = self._exact(bare(text))
            if not places:
                is_exact = False
                places = self._typographic(Given(text))
            if not places:
                return None
            found.append(places)
        within = [taken for first in found[0] if (taken := self._in_one_sentence(first, found[1:]))]
        if within:
            return self._checked(given.text, Verdict.EXACT if is_exact else Verdict.TYPOGRAPHIC, within)
        return self._joined(given.text, [places[0] for places in found])

    def _in_one_sentence(self, first: Place, rest: Sequence[Sequence[Place]]) -> tuple[Place, ...] | None:
        """The places of all pieces in order where they stand in the sentence of the first; else ``None``."""
        if len(first) > 1:
            return None
        sentence = around(self._shelf, first[0].number, [first[0].span]).sentences
        taken, last = [first], first[0]
        for places in rest:
            following = next(
                (
                    place
                    for place in places
                    if len(place) == 1
                    and place[0].number == last.number
                    and last.span.end <= place[0].span.start
                    and sentence.covers(place[0].span)
                ),
                None,
            )
            if following is None:
                return None
            taken.append(following)
            last = following[0]
        return tuple(taken)

    def _joined(self, text: str, places: Sequence[Place], changes: tuple[Difference, ...] = ()) -> Checked:
        """What stands apart, each piece with its sentence in the order of the quotation."""
        spots = [spot for place in places for spot in place]
        excerpts = [shown(around(self._shelf, spot.number, [spot.span]), 1.0) for spot in spots]
        apart = {excerpt.identity: excerpt for excerpt in excerpts}
        cut = [word for spot in spots for word in around(self._shelf, spot.number, [spot.span]).cut_off]
        return Checked(
            text=text,
            verdict=Verdict.JOINED,
            edition=self._edition.label,
            excerpts=tuple(apart.values())[:SHOWN],
            differences=changes,
            cut_off=tuple(dict.fromkeys(cut)),
        )

    def _nearest(self, given: Given) -> Checked:
        """The verdict on words that stand nowhere so."""
        found: Near = near(self._shelf, given)
        if found.verdict is Verdict.JOINED:
            return self._joined(given.text, found.places, found.differences)
        cut: tuple[str, ...] = ()
        if found.verdict is Verdict.ALTERED:
            cut, _ = self._cut([found.places[0]])
        return Checked(
            text=given.text,
            verdict=found.verdict,
            edition=self._edition.label,
            excerpts=found.excerpts[:SHOWN],
            differences=found.differences,
            cut_off=cut,
            count=len(found.places[0]) if found.places else 1,
        )

    def _checked(self, text: str, verdict: Verdict, found: Sequence[tuple[Place, ...]]) -> Checked:
        """A quotation that stands in the reports at each of the places ``found``."""
        excerpts: dict[tuple[str, Span], Excerpt] = {}
        cut, within = self._cut(found[0])
        for places in found:
            for number, spans in _by_passage(places):
                excerpt = shown(around(self._shelf, number, spans), 1.0)
                excerpts.setdefault(excerpt.identity, excerpt)
        return Checked(
            text=text,
            verdict=verdict,
            edition=self._edition.label,
            excerpts=tuple(excerpts.values())[:SHOWN],
            differences=(),
            cut_off=cut,
            cut_within=within,
            count=len(_by_passage(found[0])),
        )

    def _cut(self, places: Sequence[Place]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What stands beside the quoted words at ``places`` and is left out, and what of it stands between them."""
        beside: list[Around] = [around(self._shelf, number, spans) for number, spans in _by_passage(places)]
        labels = {one.passage.text.strip() for one in beside}
        told = dict.fromkeys(words for one in beside for words in one.cut_off)
        within = dict.fromkeys(words for one in beside for words in one.cut_within)
        return tuple(words for words in told if words not in labels), tuple(within)


def _by_passage(places: Iterable[Place]) -> list[tuple[int, list[Span]]]:
    """The spans of all places by their passages, in order."""
    found: dict[int, list[Span]] = {}
    for place in places:
        for spot in place:
            found.setdefault(spot.number, []).append(spot.span)
    return [(number, sorted(spans)) for number, spans in found.items()]


def _without_told(found: Checked, outside: str) -> Checked:
    """What was checked, with nothing cut off that stands outside of its quotation marks: he was not “involved”. Where
    it is denied there, in whatever words, no denial is cut."""
    beside = [token.text for token in tokens(outside)]
    cut = {words: [token.text for token in tokens(words)] for words in found.cut_off}
    kept = [w for w, own in cut.items() if not any(beside[n : n + len(own)] == own for n in range(len(beside)))]
    is_denied = _denies(outside)
    within = (w for w in found.cut_within if w in kept and not (is_denied and _denies(w)))
    return replace(found, cut_off=tuple(kept), cut_within=tuple(within))


def _denies(words: str) -> bool:
    return any(wording(tag).is_denied(words) for tag in TAGS)


def _words(parts: Iterable[Checked]) -> int:
    return sum(token.is_word for part in parts for token in tokens(part.text))


def _added(part: Checked) -> Checked:
    """A part that no report has as an addition to others."""
    added = (Difference(part.text, ""),)
    return replace(part, verdict=Verdict.ALTERED, excerpts=(), differences=added, cut_off=(), cut_within=())


def _has_word(text: str) -> bool:
    return any(token.is_word for token in trimmed(tokens(text)))


def _together(parts: Sequence[Checked]) -> Checked:
    """Several quoted parts as one: the worst verdict, and all that is said of them.

    One that is not found beside others that are is words that were added, unless it is most of what is quoted.
    """
    found = [part for part in parts if part.verdict is not Verdict.NOT_FOUND]
    if _words(found) * 2 >= _words(parts):
        parts = [part if part in found else _added(part) for part in parts]
        parts.sort(key=lambda part: part not in found)
    worst = max(parts, key=lambda part: _ORDER.index(part.verdict))
    held = {excerpt.identity: excerpt for part in parts for excerpt in part.excerpts[: part.count]}
    excerpts = held | {excerpt.identity: excerpt for part in parts for excerpt in part.excerpts}
    return replace(
        worst,
        excerpts=tuple(excerpts.values())[:SHOWN],
        count=max(1, len(held)),
        differences=tuple(one for part in parts for one in part.differences),
        cut_off=tuple(dict.fromkeys(words for part in parts for words in part.cut_off)),
        cut_within=tuple(dict.fromkeys(words for part in parts for words in part.cut_within)),
    )
