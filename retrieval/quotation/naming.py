"""Who calls a thing by a word: "the leadership labelled the claims “false”". Words given to somebody without a verb of
speech, in a report and outside of the quotation marks of a text that is checked."""

from collections.abc import Sequence

from corpus.passage import Span
from retrieval.quotation.marks import quoted
from retrieval.quotation.tokens import STOPS, Token, tokens
from retrieval.quotation.wording import Wording
from retrieval.words.terms import analyzer_of

_FARTHEST = 10  # words between the verb and the word in its quotation marks
_BOUNDS = frozenset(";:()")


def speaker(outside: str, words: Wording) -> frozenset[str]:
    """The words that name who speaks, of a text outside of quotation marks: whoever calls a thing so, else who stands
    beside a verb of speech, else all of them that may name somebody."""
    for piece in outside.split("…"):
        run = [token for token in tokens(piece) if token.is_word]
        verb = next((n for n, token in enumerate(run) if token.text in words.naming), None)
        if verb is None:
            continue
        own = run[verb + 1 :]
        agent = next((n for n, token in enumerate(own) if token.text in words.agents), None)
        some = own[agent + 1 :] if agent is not None else run[:verb]
        if some and (named := words.names(piece[some[0].start : some[-1].end])):
            return named
    return next(filter(None, (_beside_verb(piece, words) for piece in outside.split("…"))), words.names(outside))


def _beside_verb(piece: str, words: Wording) -> frozenset[str]:
    """The words that name somebody right before the first verb of speech, without what a sign parts from it, or else
    right after it: "In Geneva, the experts said in a statement"."""
    run = tokens(piece)
    if source := next(words.sources.within(run), None):  # "according to the experts, …"
        end = next((n for n in range(source.end, len(run)) if not run[n].is_word), len(run))
        return words.names(piece[run[source.begin].end : run[end - 1].end])
    verb = next((n for n, one in enumerate(run) if one.text in words.speech and not words.is_noun(run, n)), None)
    if verb is None:
        return frozenset()
    begin = next((n + 1 for n in range(verb - 1, -1, -1) if not run[n].is_word), 0)
    if begin == verb:  # "his mother, Hana Dorrim, said"
        begin = 0
    end = next((n for n in range(verb + 1, len(run)) if not run[n].is_word or run[n].text in words.that), len(run))
    before = words.names(piece[run[begin].start : run[verb].start])
    return before or words.names(piece[run[verb].end : run[end - 1].end])


def gives(before: str, after: str, words: Wording) -> bool:
    """Whether what stands before a quotation of one word, or after it, gives it to somebody: "called it …", "said …",
    "…, said", or by any words that say who speaks before the last word of all. Others between marks are set off."""
    own = [token.text for token in tokens(before) if token.is_word]
    is_said = bool(own) and own[-1] in words.speech
    is_last = bool(own) and not any(token.is_word for token in tokens(after))
    return is_said or is_last or not words.naming.isdisjoint(own) or after.startswith(",")


def named_by(text: str, own: Sequence[Token], span: Span, words: Wording) -> Span | None:
    """The words of a report's ``text`` that say who calls a thing as is quoted at ``span``; its tokens are ``own``.

    ``None`` where these words do not stand between quotation marks after such a verb.
    """
    marked = list(quoted(text))
    inside = next((n for n, one in enumerate(marked) if one.start <= span.start and span.end <= one.end), None)
    if inside is None:
        return None
    between = [one for one in marked[: inside + 1] if one.start <= span.start]
    before = [token for token in own if token.end < marked[inside].start]
    verb = _verb(before, between, words)
    if verb is None:
        return None
    first = next((one.start for one in between if one.start > before[verb].start), marked[inside].start)
    last = next(token for token in reversed(before) if token.end <= first)
    agent = next((n for n in range(verb, len(before)) if before[n].text in words.agents), None)
    if agent is not None:
        return Span(before[verb].start, last.end)
    begin = _subject(text, before, verb, words)
    return Span(before[begin].start, last.end) if begin < verb else None


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
    while place and before[place - 1].text in words.finite:
        place -= 1
    end = place
    while place and before[place - 1].is_word:
        raw = text[before[place - 1].start : before[place - 1].end]
        if key(raw.removesuffix("'s")) is None and before[place - 1].text not in words.linking:
            break
        place -= 1
    return place if place < end else verb


def _is_within(token: Token, marked: Sequence[Span]) -> bool:
    return any(span.start <= token.start and token.end <= span.end for span in marked)
