"""One line of a lexicon as somebody has written it → the words that reports are read in, or what is wrong with it."""

from collections.abc import Iterable, Mapping

from corpus.clause import Clause
from retrieval.words.terms import Analyzer, analyzer_of

LONGEST_ITEM = 4  # words
SHOWN = 60  # characters of a bad item or name that an error message repeats
SIGNS = ",>#"  # what separates items, sides and comments
NEAREST = "same"  # the table of what counts nearly as much as the word itself


class BadEntryError(ValueError):
    """A line cannot be used; ``problem`` says why, and what to do."""

    def __init__(self, problem: Clause) -> None:
        super().__init__(problem)
        self.problem = problem


def entry(written: str, analyzer: Analyzer) -> str:
    """One line in the words that reports are read in, or nothing for a comment. Raises ``BadEntryError``."""
    content = written.partition("#")[0]
    if not content.strip():
        return ""
    sides = [[item(one, analyzer) for one in items] for items in _sides(content)]
    for found in sides[-1]:
        if not any(analyzer.key(word, is_name=word.isupper()) for word in found.split()):
            raise BadEntryError(Clause("lexicon.only_stop_words", item=shown(found)))
    return " > ".join(", ".join(items) for items in sides)


def one_way(word: str, means: str, tag: str) -> str:
    """The line by which ``word`` finds ``means`` in reports in that language. Raises ``BadEntryError``."""
    for one in (word, means):
        if any(sign in one for sign in SIGNS):
            raise BadEntryError(Clause("lexicon.signs", item=shown(one)))
    return entry(f"{' '.join(word.split())} > {' '.join(means.split())}", analyzer_of(tag))


def tables(added: Iterable[tuple[str, str, str]]) -> Mapping[str, Mapping[str, str]]:
    """Tables as ``Lexicons`` takes them, of words, what they mean and the tag of the language; without bad ones."""
    lines: dict[str, list[str]] = {}
    for word, means, tag in added:
        try:
            lines.setdefault(tag, []).append(one_way(word, means, tag))
        except BadEntryError:  # kept by another version, with other rules
            continue
    return {tag: {NEAREST: "\n".join(found)} for tag, found in lines.items() if found}


def item(written: str, analyzer: Analyzer) -> str:
    """The words of an item, folded; a stop word in capitals stays, since it is a name. Raises ``BadEntryError``."""
    words = analyzer.words(written)
    if not words:
        raise BadEntryError(Clause("lexicon.wordless", item=shown(written)))
    if len(words) > LONGEST_ITEM:
        problem = Clause("lexicon.long_item", item=shown(written), words=len(words), most=LONGEST_ITEM)
        raise BadEntryError(problem)
    typed = [(word.text, written[word.start : word.end]) for word in words]
    return " ".join(
        surface if len(surface) > 1 and surface.isupper() and analyzer.key(folded) is None else folded
        for folded, surface in typed
    )


def shown(text: str) -> str:
    """What an error message repeats of a text."""
    return " ".join(text.split())[:SHOWN]


def _sides(content: str) -> list[list[str]]:
    """The items on the left and on the right of the arrow, or all of them where there is none."""
    sides = [[one for one in map(str.strip, side.split(",")) if one] for side in content.split(">")]
    if len(sides) > 2:
        raise BadEntryError(Clause("lexicon.arrows", entry=shown(content)))
    if len(sides) == 1 and len(sides[0]) < 2:
        raise BadEntryError(Clause("lexicon.alone", entry=shown(content)))
    if not sides[0]:
        raise BadEntryError(Clause("lexicon.no_left", entry=shown(content)))
    if not sides[-1]:
        raise BadEntryError(Clause("lexicon.no_right", entry=shown(content)))
    return sides
