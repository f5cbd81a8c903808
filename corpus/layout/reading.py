"""Lines in, a document out.

What stands at the edges of pages and in notes is taken out of the text's flow and set after the paragraph that it
tore, the rest is joined, and every piece gets its role.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.document import Document, Role
from corpus.layout import shapes
from corpus.layout.joining import Joiner
from corpus.layout.lines import Line
from corpus.layout.notes import notes, number_of
from corpus.layout.paragraphs import Flow, Piece
from corpus.layout.running import running
from corpus.layout.setting import document
from corpus.layout.speakers import parted
from corpus.layout.structure import structured


def read(lines: Iterable[Line]) -> Document:
    """The document that these lines make; empty where there are none."""
    given = tuple(lines)
    told = frozenset(place for place, line in enumerate(given) if line.role is Role.NOTE)
    edges = frozenset(place for place, line in enumerate(given) if line.role is Role.RUNNING) or running(given)
    asides = {place: Piece([given[place]], Role.RUNNING) for place in edges}
    ends = {place: place for place in edges}  # the last line of each aside
    for places in [*_told_notes(given), *notes(given, edges | told)]:
        asides[places[0]] = Piece([given[place] for place in places], Role.NOTE)
        ends[places[0]] = places[-1]
        edges = edges.union(places)
    flow, body = _body(given, edges)
    joiner = Joiner(line.text for line in given)
    for piece in [*asides.values(), *body]:
        piece.text = _joined(piece, joiner)
        if piece.role is Role.NOTE:
            piece.number = number_of(piece.text)
    body = parted(body)
    facts = structured(body, is_wrapped=flow.is_wrapped or flow.is_spaced)
    if facts.symbol is None:
        facts = replace(facts, symbol=_symbol(given, asides))
    return document(_ordered(given, asides, body), given, facts)


def _symbol(lines: Sequence[Line], asides: Iterable[int]) -> str | None:
    """The symbol that stands alone at the edge of the first page, taken for a running head."""
    edge = [lines[place].text for place in sorted(asides) if lines[place].page == lines[0].page]
    return next(filter(None, map(shapes.symbol_in, filter(shapes.is_symbol, edge))), None)


def _told_notes(lines: Sequence[Line]) -> list[list[int]]:
    """The places of the lines of each footnote that the format tells; one begins after a gap."""
    found: list[list[int]] = []
    for place, line in enumerate(lines):
        if line.role is not Role.NOTE:
            continue
        if found and not line.gap_before:
            found[-1].append(place)
        else:
            found.append([place])
    return found


def _body(lines: Sequence[Line], out: frozenset[int]) -> tuple[Flow, list[Piece]]:
    """The pieces of the running text, which goes on past the lines at ``out``."""
    places = [place for place in range(len(lines)) if place not in out]
    broken = [bool(n) and place - places[n - 1] > 1 for n, place in enumerate(places)]
    flow = Flow([lines[place] for place in places], broken)
    return flow, flow.pieces()


def _joined(piece: Piece, joiner: Joiner) -> str:
    """The words of a piece; what a line is underlined with stays under it."""
    if piece.role is Role.HEADING and len(piece.lines) > 1:
        return "\n".join(line.text for line in piece.lines)
    return joiner.join([line.text for line in piece.lines])


def _ordered(lines: Sequence[Line], asides: dict[int, Piece], body: Sequence[Piece]) -> list[Piece]:
    """All pieces as the text has them: each aside after the paragraph that it stands in or after."""
    place_of = {id(line): place for place, line in enumerate(lines)}
    todo = deque(sorted(asides))
    found: list[Piece] = []
    for piece in body:
        while todo and todo[0] < place_of[id(piece.lines[0])]:
            found.append(asides[todo.popleft()])
        found.append(piece)
        while todo and todo[0] < place_of[id(piece.lines[-1])]:
            found.append(asides[todo.popleft()])
    return [*found, *(asides[place] for place in todo)]
