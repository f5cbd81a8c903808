"""Which documents there are: the Markdown files at the top of the checkout, and those in ``docs``."""

from tests.architecture.markdown import Markdown
from tests.architecture.sources import CHECKOUT


def documents() -> dict[str, Markdown]:
    """Every document by its path from the checkout."""
    files = [*sorted(CHECKOUT.glob("*.md")), *sorted((CHECKOUT / "docs").glob("*.md"))]
    return {file.relative_to(CHECKOUT).as_posix(): Markdown(file.read_text("utf-8")) for file in files}
