"""Which documents there are: the Markdown files at the top of the checkout, in ``docs`` and in ``deploy``."""

from tests.architecture.markdown import Markdown
from tests.architecture.sources import CHECKOUT


def documents() -> dict[str, Markdown]:
    """Every document by its path from the checkout."""
    files = [file for folder in (".", "docs", "deploy") for file in sorted((CHECKOUT / folder).glob("*.md"))]
    return {file.relative_to(CHECKOUT).as_posix(): Markdown(file.read_text("utf-8")) for file in files}
