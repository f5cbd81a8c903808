"""Do the reports hold a name that is asked for? Where they tell of Ole Brandt, and a cousin Per stands elsewhere, they
say nothing of Per Brandt.

A title and a surname, a surname alone, an initial, and a name with or without what stands in its middle are the same
name. What is written as names are, and is none ("Security Council"), is left alone: its last word stands in the reports
in small letters too, or it is common.
"""

from collections.abc import Sequence

from retrieval.question.full_names import FullName, bare
from retrieval.search.scope import Scope
from retrieval.words.background import common_terms
from retrieval.words.terms import analyzer_of

BETWEEN = 2  # words at most between the first and the last of one name: "Per Olav Brandt"
READ = 200  # passages at most that are read for one name


def is_absent(name: FullName, scope: Scope, tag: str) -> bool:
    """Whether passages in the language of that tag name somebody by the last word of the name, and never with the
    first."""
    analyzer = analyzer_of(tag)
    last, first = analyzer.key(name.last), analyzer.key(name.first)
    if last is None:
        return False
    held = scope.holding(last)
    both = set(held).intersection(scope.holding(first)) if first else set()
    is_borne = False
    for number in sorted(held, key=lambda n: n not in both)[:READ]:
        for sentence in scope.read(number):
            if last not in sentence.positions:
                continue
            if last not in sentence.names or _is_together(name, sentence.words):
                return False  # it is a word besides, as in "the council", or it is there
            is_borne = is_borne or last not in sentence.placed
    return is_borne


def is_only_name(word: str, scope: Scope) -> bool:
    """Whether the passages hold a word, and as a name alone: whoever types it in small letters means that name."""
    for tag in scope.languages:
        key = analyzer_of(tag).key(word)
        if key is None or key in common_terms(tag, key[0]) or not (held := scope.holding(key)):
            continue
        sentences = (one for number in held[:READ] for one in scope.read(number) if key in one.positions)
        return all(key in one.names for one in sentences)
    return False


def _is_together(name: FullName, words: Sequence[str]) -> bool:
    """Whether the first word of the name, or its initial, stands with the last: before it, or right after it as in
    "Brandt, Per"."""
    plain = [bare(word) for word in words]
    for at, word in enumerate(plain):
        if word == name.last:
            before = plain[max(0, at - BETWEEN - 1) : at]
            if name.first in before or name.first[0] in before or name.first in plain[at + 1 : at + 2]:
                return True
    return False
