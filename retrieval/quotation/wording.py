"""The words of a language by which a quotation is judged: what hedges, negates, sets a condition, says who speaks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from retrieval.language import quoting
from retrieval.quotation.tokens import Token, tokens
from retrieval.words.terms import analyzer_of

TAGS = ("en", "fr")  # the languages whose words of speech are looked for where nothing tells the language
_WORDS = "AÀIOY"  # letters that are words
_LONGEST = 12  # words that an open phrase goes on for
_GAP = 5  # words at most between two parts of one


class _Phrase(NamedTuple):
    """Words in a row; after a gap of a few others those of ``tail``. ``is_open`` says that what follows belongs to
    them, up to the next sign."""

    words: tuple[str, ...]
    tail: tuple[str, ...]
    is_open: bool

    def end(self, run: Sequence[Token], place: int) -> int | None:
        """The end of the phrase where it begins at ``place``."""
        end = _after(run, place, self.words)
        if end is None or not self.tail:
            return end
        last = next((n for n in range(end, len(run)) if not run[n].is_word), len(run))
        ends = (_after(run, n, self.tail) for n in range(end + 1, min(last, end + _GAP + 1)))
        return next((found for found in ends if found is not None), None)


def _after(run: Sequence[Token], place: int, words: Sequence[str]) -> int | None:
    """The end of ``words`` where they begin at ``place``."""
    end = place + len(words)
    return end if tuple(token.text for token in run[place:end]) == tuple(words) else None


class Found(NamedTuple):
    """A phrase in a run of tokens: the places ``[begin, end)`` of its tokens."""

    begin: int
    end: int


class Phrases:
    """A table of phrases, looked for by their first words, and of endings of words ("…erait"), but for ``others``."""

    def __init__(self, lines: Sequence[str], others: frozenset[str] = frozenset()) -> None:
        self._by_first: dict[str, list[_Phrase]] = {}
        self._endings = tuple(line[1:] for line in lines if line.startswith("…"))
        self._others = others
        for line in lines:
            if line.startswith("…"):
                continue
            first, _, last = line.partition("…")
            words, tail = (tuple(token.text for token in tokens(part)) for part in (first, last))
            self._by_first.setdefault(words[0], []).append(_Phrase(words, tail, line.endswith("…")))
        for phrases in self._by_first.values():
            phrases.sort(key=lambda one: -len(one.words) - len(one.tail))

    def at(self, run: Sequence[Token], place: int) -> Found | None:
        """The longest phrase that begins at ``place``."""
        for phrase in self._by_first.get(run[place].text, ()):
            end = phrase.end(run, place)
            if end is None:
                continue
            while phrase.is_open and end < len(run) and run[end].is_word and end - place < _LONGEST:
                end += 1
            return Found(place, end)
        text = run[place].text
        is_ending = bool(self._endings) and text.endswith(self._endings) and text not in self._others
        return Found(place, place + 1) if is_ending else None

    def within(self, run: Sequence[Token]) -> Iterator[Found]:
        """Every phrase in ``run``, in order, none within another."""
        place = 0
        while place < len(run):
            found = self.at(run, place)
            if found is not None:
                yield found
            place = found.end if found else place + 1


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language, by what they do; all empty where its folder has no such file."""

    tag: str
    hedges: Phrases
    degrees: Phrases
    negations: Phrases
    conditions: Phrases
    sources: Phrases
    turns: Phrases
    speech: frozenset[str]
    telling: frozenset[str]
    plainly: frozenset[str]
    holding: frozenset[str]
    passive: frozenset[str]
    being: frozenset[str]
    pronouns: frozenset[str]
    owning: frozenset[str]
    denials: frozenset[str]
    that: frozenset[str]
    nameless: frozenset[str]
    joins: frozenset[str]
    itself: frozenset[str]
    denying: frozenset[str]
    pairing: frozenset[str]
    subordinating: frozenset[str]
    participles: tuple[str, ...]
    prepositions: frozenset[str]
    days: frozenset[str]
    finite: frozenset[str]
    naming: frozenset[str]
    agents: frozenset[str]
    linking: frozenset[str]
    determiners: frozenset[str]
    clipped: frozenset[str]
    titles: frozenset[str]
    nouns: frozenset[str]
    calling: frozenset[str]
    standing: frozenset[str]
    past: tuple[str, ...]
    infinitive: frozenset[str]

    @property
    def unnamed(self) -> frozenset[str]:
        """Folded words that name nobody."""
        return self.speech | self.holding | self.nameless

    def is_plain(self, words: Iterable[str]) -> bool:
        """Whether folded words are none but such as name and describe things: no stop word, no verb of speech."""
        key = analyzer_of(self.tag).key
        return all(word not in self.speech and key(word) is not None for word in words)

    def is_nobodys(self, clause: str) -> bool:
        """Whether a clause names nobody who speaks, whatever else it names: "the families were informed", "in answer to
        a question she said", "it rejected the second, stating", "its members told"."""
        own = [token for token in tokens(clause) if token.is_word]
        run = [token.text for token in own]
        if run and run[0] in self.pronouns | self.that:
            return True
        if run and run[0] in self.owning and not any(clause[token.start].isupper() for token in own[1:]):
            return True
        if len(run) > 1 and run[-1] in self.passive and run[-2] in self.being:
            return True
        verbs = [n for n, word in enumerate(run) if word in self.speech or word in self.holding]
        beside = [run[1]] if verbs[:1] == [0] and len(run) > 1 else []
        for verb in filter(None, verbs):
            place = next((n for n in range(verb - 1, 0, -1) if run[n] not in self.finite), 0)
            beside.append(run[place])
        return not self.pronouns.isdisjoint(beside)

    def is_denied(self, clause: str) -> bool:
        """Whether a clause says that what hangs on it is not so: "the Municipality denies", "does not accept"; not "it
        rejected the second, stating"."""
        last = clause.rpartition(",")[2]
        run = tokens(last if any(token.text in self.speech | self.holding for token in tokens(last)) else clause)
        return any(token.text in self.denials for token in run) or next(self.negations.within(run), None) is not None

    def is_participle(self, word: str) -> bool:
        """Whether a folded word has the ending of one that opens a clause without a verb of its own: "raising"."""
        return bool(self.participles) and word.endswith(self.participles) and word not in self.prepositions

    def is_noun(self, run: Sequence[Token], place: int) -> bool:
        """Whether a word that may be a verb of speech is none, after such as stand before a noun: "these reports"; or
        after "to". "The other maintained" has no noun."""
        before = run[place - 1].text if place else ""
        if before in self.standing and self.past and run[place].text.endswith(self.past):
            return False
        return before in self.determiners or before in self.infinitive

    def is_number(self, token: Token) -> bool:
        """Whether a token is a number in figures or in a word: "ten"."""
        return token.is_number or (token.is_word and (analyzer_of(self.tag).key(token.text) or "")[:1].isdigit())

    def names(self, text: str) -> frozenset[str]:
        """The words of ``text`` that name who speaks, as they are compared: no verbs of speech, no stop words, but
        initials."""
        key = analyzer_of(self.tag).key
        words = [token for token in tokens(text) if token.is_word]
        told = [
            token
            for n, token in enumerate(words)
            if token.text not in self.unnamed
            or _is_initial(text, token)
            or (token.text not in self.nameless and self.is_noun(words, n))  # "the accused"
        ]
        keys = (token.text if _is_initial(text, token) else key(token.text.removesuffix("'s")) for token in told)
        return frozenset(found for found in keys if found)


@cache
def wording(tag: str) -> Wording:
    """The words of the language of a BCP 47 tag."""
    table = quoting(tag)

    def phrases(name: str) -> Phrases:
        return Phrases(table.get(name, ()))

    return Wording(
        tag=tag,
        hedges=Phrases(table.get("hedges", ()), _words(table, "imperfects")),
        degrees=phrases("degrees"),
        negations=phrases("negations"),
        conditions=phrases("conditions"),
        sources=phrases("sources"),
        turns=phrases("turns"),
        speech=_words(table, "speech") | _words(table, "voicing"),
        telling=_words(table, "telling"),
        plainly=_words(table, "plainly"),
        holding=_words(table, "holding"),
        passive=_words(table, "passive"),
        being=_words(table, "being"),
        pronouns=_words(table, "pronouns"),
        owning=_words(table, "owning"),
        denials=_words(table, "denials"),
        that=_words(table, "that"),
        nameless=_words(table, "nameless"),
        joins=_words(table, "joins"),
        itself=_words(table, "itself"),
        denying=_words(table, "denying"),
        pairing=_words(table, "pairing"),
        subordinating=_words(table, "subordinating"),
        participles=tuple(_words(table, "participles")),
        prepositions=_words(table, "prepositions"),
        days=_words(table, "days"),
        finite=_words(table, "finite"),
        naming=_words(table, "naming"),
        agents=_words(table, "agents"),
        linking=_words(table, "linking"),
        determiners=_words(table, "determiners"),
        clipped=_words(table, "clipped"),
        titles=_words(table, "titles"),
        nouns=_words(table, "nouns"),
        calling=_words(table, "calling"),
        standing=_words(table, "standing"),
        past=tuple(_words(table, "past")),
        infinitive=_words(table, "infinitive"),
    )


def _is_initial(text: str, token: Token) -> bool:
    """Whether a letter stands for a name: "Mr T.", "R.T."; one that may be a word only beside a stop."""
    letter = text[token.start : token.end]
    if len(letter) != 1 or not letter.isupper() or text[token.end : token.end + 1] in ("'", "’"):
        return False
    return letter not in _WORDS or "." in (text[token.end : token.end + 1], text[max(0, token.start - 1) : token.start])


def _words(table: Mapping[str, Sequence[str]], name: str) -> frozenset[str]:
    return frozenset(token.text for line in table.get(name, ()) for token in tokens(line) if token.is_word)
