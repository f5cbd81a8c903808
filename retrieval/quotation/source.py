"""What a report says of who speaks some of its words: beside them, before them, and by its title."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.passage import Span
from retrieval.answer import Excerpt
from retrieval.question.typed import typed
from retrieval.quotation.around import Around
from retrieval.quotation.marks import quoted
from retrieval.quotation.naming import named_by, speaker
from retrieval.quotation.persons import Likeness, Name, likeness, name
from retrieval.quotation.shelf import Shelf
from retrieval.quotation.showing import around
from retrieval.quotation.speaking import clauses
from retrieval.quotation.tokens import Token, tokens
from retrieval.quotation.wording import Wording, wording
from retrieval.words.terms import analyzer_of

_SIGN = re.compile(r"[,.;:()“”\"«»]")
_BLANK = ' \u00a0\u202f“”„"«»'
_PART = re.compile(r"\s*:\s|\s[–—-]\s")
_BEGINNING = 12  # words at most with which a sentence begins up to its verb
_ASIDE = 8  # words at most of what somebody is called besides


@dataclass(frozen=True)
class Source:
    """Of the words at the matches of an ``excerpt``, or of its sentence."""

    shelf: Shelf
    excerpt: Excerpt

    @cached_property
    def words(self) -> Wording:
        """The words of the report's language."""
        return wording(self.excerpt.report.language)

    @cached_property
    def beside(self) -> Around:
        """The words with what stands around them."""
        number = self.shelf.number(self.excerpt.passage)
        return around(self.shelf, number, self.excerpt.matches or [self.excerpt.sentence])

    @property
    def _text(self) -> str:
        return self.excerpt.passage.text

    @cached_property
    def told(self) -> tuple[str, ...]:
        """What the report says beside the words of who speaks them, the nearest first."""
        return tuple(self._told())

    def _told(self) -> Iterator[str]:
        beside, passage = self.beside, self.excerpt.passage
        if beside.label is not None:
            yield beside.label.strip()
            return
        if by := named_by(passage.text, beside.tokens, beside.spans[0], self.words):
            yield passage.cut(by)
            return
        own = [span for span in beside.speakers if not any(span.overlaps(quoted) for quoted in beside.spans)]
        yield from map(passage.cut, [span for span in own if beside.sentences.overlaps(span)] or own)

    @cached_property
    def known(self) -> list[tuple[str, Name]]:
        """Those of them that name somebody, with the name."""
        return [(text, found) for text in self.told if (found := self._named(text)).keys]

    def _named(self, clause: str) -> Name:
        """Whom a clause names; a spokesperson without a name beside it is one."""
        if self.words.is_nobodys(clause):
            return Name()
        found = speaker(clause, self.words)
        titles = frozenset(token.text for token in tokens(clause)) & self.words.titles
        return found if found.keys else found._replace(keys=titles)

    @cached_property
    def last(self) -> tuple[str, Name, str] | None:
        """The clause nearest before, in the same passage, that names who speaks, the name, and what follows up to the
        words."""
        for span in reversed(self._earlier):
            clause = self.excerpt.passage.cut(span)
            is_main = tokens(clause)[0].text not in self.words.joins | self.words.subordinating
            if is_main and (found := self._named(clause)).keys:
                return clause, found, self._text[span.end : self.beside.spans[0].start]
        return None

    @cached_property
    def _earlier(self) -> list[Span]:
        """The clauses of the same passage, before the sentences of the words, that say who speaks."""
        return list(clauses(self._text, self._before, [False] * len(self._before), self.words))

    @cached_property
    def _before(self) -> list[Token]:
        """The tokens before the sentences of the words that the report does not quote."""
        marked = list(quoted(self._text))
        before = (token for token in self.beside.tokens if token.end <= self.beside.frame.start)
        return [token for token in before if not any(one.start <= token.start < one.end for one in marked)]

    @cached_property
    def since(self) -> list[tuple[str, Name]]:
        """Who else begins a sentence after the last clause and tells or calls something: "her husband described it"."""
        start = self.beside.spans[0].start - len(self.last[2]) if self.last else 0
        found = []
        for sentence in self.excerpt.passage.sentences:
            run = [token for token in self._before if sentence.start <= token.start < sentence.end]
            verb = next((n for n in range(1, min(_BEGINNING, len(run))) if _tells(run, n, self.words)), None)
            if verb is None or run[0].start < start:
                continue
            text = self._text[run[0].start : run[verb].end]
            if (who := self._named(text)).keys:
                found.append((text, who))
        return found

    @property
    def is_first_person(self) -> bool:
        """Whether the sentences of the words are somebody's own, whoever that is, and not told by another: "I urge",
        "we believe", but not "they told us"."""
        own = (self._has_asker(text.split()[0]) for text in self.told)
        return all(own) and self._has_asker(self.excerpt.passage.cut(self.beside.frame))

    @property
    def lead(self) -> Name:
        """Who may stand where a sentence begins that leads up to a quotation with a colon: "he defended it: “…”"."""
        start = self.beside.frame.start
        opening = self._text[start : self.beside.spans[0].start].rstrip(_BLANK)
        return name(opening.removesuffix(":"), self.words) if opening.endswith(":") else Name()

    def _has_asker(self, text: str) -> bool:
        asker = typed(self.excerpt.report.language).asker
        return any(token.text in asker for token in tokens(text))

    def is_itself(self, named: Name) -> bool:
        """Whether whoever is named is the report, or its publisher."""
        itself = frozenset(filter(None, map(analyzer_of(self.words.tag).key, self.words.itself & named.words)))
        return named.keys <= itself | self.words.names(self.excerpt.report.publisher or "")

    def by_title(self, named: Name) -> Likeness:
        """Whether the title or the sentence itself begins with a name and what it tells: "Experts condemn …", "experts
        condemned …, raising concerns that …". Of a title that tells nothing so the words before its first sign name
        who wrote it, and the others may."""
        title, start = self.excerpt.report.title, self.beside.spans[0].start
        author = _teller(title, self.words)
        first = _PART.split(title)[0] if author is None else author
        tellers = (first, _teller(self._text[self.beside.frame.start : start], self.words))
        found = max(self._within(named, teller) for teller in tellers)
        return found or (min(self._within(named, title), Likeness.MAYBE) if author is None else found)

    def _within(self, named: Name, teller: str | None) -> Likeness:
        """Whether all of a name, or what may stand for it, is among the words of a text."""
        own = self.words.names(teller or "")
        if named.keys <= own:
            return Likeness.SAME
        found = likeness(named, Name(keys=own), self.words.tag) if own else Likeness.OTHER
        return min(found, Likeness.MAYBE)

    def spoke_last(self, named: Name) -> bool:
        """Whether it is who spoke last in the sentences before, in the same passage, and may go on speaking."""
        return self.last is not None and likeness(named, self.last[1], self.words.tag) is Likeness.SAME

    def is_subject(self, named: Name) -> bool:
        """Whether the sentence begins with the name and its words with the verb: "the inquiry | found nothing"."""
        start = self.beside.spans[0].start
        verb = next((token.text for token in self.beside.tokens if token.start >= start), "")
        opening = name(self._text[self.beside.sentences.start : start], self.words)
        return verb in self.words.speech | self.words.holding and named.keys <= opening.head

    def is_near(self, named: Name, text: str) -> bool:
        """Whether any word of a name stands in a text, so that it may be who "she" is."""
        own = name(text, self.words)
        return any(likeness(Name(keys=frozenset([key])), own, self.words.tag) is Likeness.SAME for key in named.keys)

    def by_asker(self, named: Name) -> Likeness:
        """Whether whoever writes in the first person has that name: not where the report tells of that one as of
        another, "the governor told us", and perhaps where it tells of that one at all."""
        if self.by_title(named) is Likeness.SAME:
            return Likeness.SAME
        texts = (passage.cut(span) for passage in self.excerpt.report.passages for span in passage.sentences)
        told = [text for text in texts if named.keys <= self.words.names(text)]
        if any(map(self._has_asker, told)):
            return Likeness.OTHER
        return Likeness.MAYBE if told else Likeness.SAME

    def called_besides(self, clause: str) -> Iterator[Name]:
        """What else the one is called whom a clause names, right before or after the name, anywhere in the report: "the
        agency's spokesperson, Lena Okwade,", "a courier, referred to as Mr T."."""
        own = " ".join(word for word in clause.split() if _has_name(word, self.words))
        if not own:
            return
        for passage in self.excerpt.report.passages:
            at = passage.text.find(own)
            while at >= 0:
                end = at + len(own)
                yield from self._beside(passage.text, at, end + passage.text.startswith(".,", end))
                at = passage.text.find(own, at + 1)

    def _beside(self, text: str, start: int, end: int) -> Iterator[Name]:
        """The phrase that a name stands in, and those that a comma parts from it."""
        before, after = _SIGN.split(text[:start]), _SIGN.split(text[end:])
        apart = self._bounds | self.words.prepositions - self.words.linking
        own, rest = _split(before[-1], apart, last=True)[1], _split(after[0], apart)[0]
        yield name(own + text[start:end] + rest, self.words)
        others = []
        if not _split(before[-1], self._bounds, last=True)[0] and text[: start - len(before[-1])].endswith(","):
            others.append(before[-2])
        if not _split(after[0], self._bounds)[1] and text[end + len(after[0]) :].startswith(","):
            others.append(after[1])
        for phrase in others:
            if len(tokens(phrase)) <= _ASIDE and not _split(phrase, self._bounds)[1]:
                yield name(phrase, self.words)

    @cached_property
    def _bounds(self) -> frozenset[str]:
        """Words of a clause, and of no name."""
        words = self.words
        return words.finite | words.speech | words.pairing | words.subordinating | words.agents


def _split(text: str, bounds: frozenset[str], *, last: bool = False) -> tuple[str, str]:
    """A text up to the first word of ``bounds``, or after the ``last``, and the rest; without one it is whole."""
    places = [token for token in tokens(text) if token.text in bounds]
    if not places:
        return ("", text) if last else (text, "")
    at = places[-1].end if last else places[0].start
    return text[:at], text[at:]


def _tells(run: Sequence[Token], place: int, words: Wording) -> bool:
    """Whether a verb stands at ``place`` by which somebody says something, or calls something so."""
    is_verb = run[place].text in words.speech | words.holding | words.naming
    return is_verb and not words.is_noun(run, place)


def _has_name(word: str, words: Wording) -> bool:
    run = [token.text for token in tokens(word)]
    return bool(words.names(word)) or any(text in words.titles for text in run)


def _teller(text: str, words: Wording) -> str | None:
    """What stands before the first verb of speech in a text; ``None`` where there is none. Who "is said" to do a thing
    tells nothing."""
    run = tokens(text)
    verbs = (n for n in range(1, len(run)) if run[n].text in words.speech and not words.is_noun(run, n))
    told = (run[n] for n in verbs if run[n - 1].text not in words.being or words.is_participle(run[n].text))
    verb = next(told, None)
    return None if verb is None else text[: verb.start]
