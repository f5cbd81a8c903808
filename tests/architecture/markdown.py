"""A document read as far as its tests need it: tables, links, code spans, headings and fenced blocks."""

import re
import textwrap
from dataclasses import dataclass
from functools import cached_property

_FENCE = re.compile(r"^(?P<margin> *)```(?P<language>\w*)\n(?P<code>.*?)^(?P=margin)```$", re.MULTILINE | re.DOTALL)
_MARKED = re.compile(r"^<!-- ci: (\w+) -->\n+```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<!\\)\[[^\]]*\]\(([^)\s]+)[^)]*\)")
_IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
_TAG = re.compile(r'<img src="([^"]+)"[^>]* alt="([^"]*)">')
_SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_CELL = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class Markdown:
    """A page of Markdown."""

    text: str

    @cached_property
    def prose(self) -> str:
        """The page without its fenced blocks."""
        return _FENCE.sub("", self.text)

    def fenced(self) -> list[tuple[str, str]]:
        """Each fenced block: its language and its lines, without the margin that it has within a list."""
        return [(found["language"], textwrap.dedent(found["code"])) for found in _FENCE.finditer(self.text)]

    def marked(self) -> dict[str, str]:
        """The ``sh`` blocks that stand right after a line such as ``<!-- ci: test -->``, by that name."""
        found = _MARKED.findall(self.text)
        assert len(found) == self.text.count("<!-- ci: ")
        return dict(found)

    def links(self) -> list[str]:
        """Where the links of the prose lead."""
        return _LINK.findall(self.prose)

    def pictures(self) -> list[tuple[str, str]]:
        """Each picture of the prose: where it is, and what is said in its place."""
        found = [(image[2], image[1]) for image in _IMAGE.finditer(self.prose)]
        return found + [(tag[1], tag[2]) for tag in _TAG.finditer(self.prose)]

    def spans(self) -> list[str]:
        """The code spans of the prose."""
        return _SPAN.findall(self.prose)

    def anchors(self) -> set[str]:
        """What a link to a heading may name, made as GitHub makes it."""
        headings = re.findall(r"^#+ +(.+?)\s*$", self.prose, re.MULTILINE)
        return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}

    def tables(self) -> list[list[list[str]]]:
        """The tables: each a list of rows without the head, each row a list of cells, ``|`` unescaped."""
        found = re.findall(r"(?:^\|.*\n?)+", self.prose, re.MULTILINE)
        return [[_cells(line) for line in table.splitlines()[2:]] for table in found]


def _cells(line: str) -> list[str]:
    return [cell.strip().replace(r"\|", "|") for cell in _CELL.split(line.strip().removeprefix("|").removesuffix("|"))]
