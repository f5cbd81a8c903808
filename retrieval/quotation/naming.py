"""Who calls a thing by a word: "the leadership labelled the claims “false”". Words given to somebody without a verb of
speech, in a report and outside of the quotation marks of a text that is checked."""

from collections.abc import Sequence

from corpus.passage import Span
from retrieval.quotation.marks import quoted
from retrieval.quotation.persons import Name, is_sign, name
from retrieval.quotation.tokens import STOPS, Token, tokens
from retrieval.quotation.wording import Wording
from retrieval.words.terms import analyzer_of

_FARTHEST = 10  # words between the verb and the word in its quotation marks
_BOUNDS = frozenset(";:()")


def speaker(outside: str, words: Wording) -> Name:
    """Who speaks by a text outside of quotation marks: whoever calls a thing so, else who stands beside a verb of
    speech, else all words that may name somebody."""
    pieces = outside.split("…")
    named = (found for piece in pieces for found in (_calling(piece, words), _beside_verb(piece, words)) if found.keys)
    return next(named, None) or name(outside, words)


def _calling(piece: str, words: Wording) -> Name:
    """Whoever calls a thing by a word: "the ministry branded it", "it was branded by the ministry"."""
    run = [token for token in tokens(piece) if token.is_word]
    verb = next((n for n, token in enumerate(run) if token.text in words.naming), None)
    last = len(run) - 1
    if verb is None or (is_verb(run, last, words) and run[last].text not in words.naming):
        return Name()
    own = run[verb + 1 :]
    agent = next((n for n, token in enumerate(own) if token.text in words.agents), None)
    first = next((n for n in range(1, verb) if is_verb(run, n, words)), verb)  # "he declared victory, calling it"
    some = own[agent + 1 :] if agent is not None else run[:first]
    if agent is None and verb and run[verb - 1].text in words.pairing:  # "the agency, however, saw it and called it"
        sign = next((token.start for token in tokens(piece) if not token.is_word), run[verb].start)
        some = [token for token in some if token.start < sign]
    return name(piece[some[0].start : some[-1].end], words) if some else Name()


def _beside_verb(piece: str, words: Wording) -> Name:
    """Whoever stands right before a verb of speech, without what a sign parts from it, or else right after it: "In
    Geneva, the experts said in a statement"."""
    run = tokens(piece)
    if source := next(words.sources.within(run), None):  # "according to the experts, …"
        end = next((n for n in range(source.end, len(run)) if not run[n].is_word), len(run))
        return name(piece[run[source.begin].start : run[end - 1].end], words)
    verbs = [n for n in range(len(run)) if is_verb(run, n, words)]
    if not verbs:
        return Name()
    verb = next((n for n in verbs if run[n].text not in words.nouns), verbs[0])
    begin = _phrase(run, verb, words)
    if begin < verb and (found := name(piece[run[begin].start : run[verb].start], words)).keys:
        return found
    end = next((n for n in range(verb + 1, len(run)) if is_sign(run, n) or run[n].text in words.that), len(run))
    return name(piece[run[verb].end : run[end - 1].end], words)


def is_verb(run: Sequence[Token], place: int, words: Wording) -> bool:
    """Whether a verb of speech stands at ``place``, or one that is, where "that" or nothing follows: "it held"."""
    text = run[place].text
    if text in words.holding:
        is_held = place + 1 == len(run) or run[place + 1].text in words.that
        return is_held and not words.is_noun(run, place)
    return (text in words.speech or words.turns.at(run, place) is not None) and not words.is_noun(run, place)


def _phrase(run: Sequence[Token], verb: int, words: Wording) -> int:
    """Where the name before a verb begins: after a sign, and where another thing is named before it: "in its reply to
    the Commission | the Ministry said". A verb that a sign or "and" parts from its subject has the whole clause."""
    begin = next((n + 1 for n in range(verb - 1, -1, -1) if is_sign(run, n)), 0)
    if begin == verb:  # "his mother, Hana Dorrim, said"
        return 0
    is_joined = run[verb - 1].text in words.pairing
    if is_joined or any(run[n].text in words.subordinating for n in range(begin, verb)):  # "a man who saw it said"
        return begin
    for n in range(verb - 1, begin, -1):
        before = run[n - 1].text
        is_next = run[n].text in words.determiners and run[n - 1].is_word
        if is_next and before not in words.linking | words.prepositions | words.determiners:
            return n
    return begin


def gives(before: str, after: str, words: Wording) -> bool:
    """Whether what stands before a quotation of one word, or after it, gives it to somebody: "called it …", "said …",
    "…, said", or by any words that say who speaks before the last word of all. Others between marks are set off."""
    own = [token.text for token in tokens(before) if token.is_word]
    is_said = bool(own) and own[-1] in words.speech
    is_last = bool(own) and not any(token.is_word for token in tokens(after))
    return is_said or is_last or not words.naming.isdisjoint(own) or after.startswith(",")


def named_by(text: str, own: Sequence[Token], span: Span, words: Wording) -> Span | None:
    """The words of a report's ``text`` that say who calls a thing as is quoted at ``span``; its tokens are ``own``.

    ``None`` where no such verb stands before them, and before the quotation marks that they stand between, if any, or
    else before "as": "which they described as".
    """
    marked = list(quoted(text))
    inside = next((n for n, one in enumerate(marked) if one.start <= span.start and span.end <= one.end), None)
    begin = span.start if inside is None else marked[inside].start
    between = [] if inside is None else [one for one in marked[: inside + 1] if one.start <= span.start]
    before = [token for token in own if token.end <= begin]
    if inside is None and not (before and before[-1].text in words.calling):
        return None
    verb = _verb(before, between, words)
    if verb is None:
        return None
    first = next((one.start for one in between if one.start > before[verb].start), begin)
    last = next(token for token in reversed(before) if token.end <= first)
    agent = next((n for n in range(verb, len(before)) if before[n].text in words.agents), None)
    if agent is not None:
        return Span(before[verb].start, last.end)
    start = _subject(text, before, verb, words)
    return Span(before[start].start, last.end) if start < verb else None


def _verb(before: Sequence[Token], marked: Sequence[Span], words: Wording) -> int | None:
    """The place of the verb nearest before the quoted words, over others that are quoted beside them."""
    count = 0
    for place in range(len(before) - 1, -1, -1):
        token = before[place]
        if _is_within(token, marked):
            continue
        if token.text in words.naming:
            return place
        count += token.is_word
        if token.text in STOPS or token.text in _BOUNDS or count > _FARTHEST:
            return None
        if token.text in words.speech and not words.is_noun(before, place):
            return None
    return None


def _subject(text: str, before: Sequence[Token], verb: int, words: Wording) -> int:
    """Where the name of who does it begins: the words right before the verb, up to one that is of no name."""
    key = analyzer_of(words.tag).key
    place = verb
    # "Mr A.K. declared victory, calling it", "the agency saw the place and called it"
    if place > 1 and (before[place - 1].text == "," or before[place - 1].text in words.pairing):
        return next((n + 1 for n in range(place - 2, -1, -1) if is_sign(before, n) and before[n].text != ","), 0)
    while place and before[place - 1].text in words.finite:
        place -= 1
    end = place
    while place and before[place - 1].is_word:
        raw = text[before[place - 1].start : before[place - 1].end]
        if key(raw.removesuffix("'s")) is None and before[place - 1].text not in words.linking:
            break
        place -= 1
    if place and before[place - 1].text in words.owning | words.pronouns:  # "its spokesman"
        place -= 1
    return place if place < end else verb


def _is_within(token: Token, marked: Sequence[Span]) -> bool:
    return any(span.start <= token.start and token.end <= span.end for span in marked)
