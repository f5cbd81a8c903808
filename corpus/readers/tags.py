"""What tags tell: is a text the source of a web page that was saved as text, and which hold none of a page's words?

The first is asked of every text, so that nothing is loaded here that only a web page needs: Python's parser takes 2 ms
of a start.
"""

import re

from corpus.text.patterns import lazily

_PAGE = lazily(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_BLOCK_TAG = lazily(r"</?(?:p|div|h[1-6]|body|main|article|section|table|tr|ul|ol|li)\b[^<>]*>", re.IGNORECASE)
_FEWEST_TAGS = 6
# Elements with no words of the page's own text in them; the readers of web pages know more of theirs.
WORDLESS = frozenset(
    ["script", "style", "nav", "footer", "aside", "form", "noscript", "template", "svg", "button", "select", "iframe"]
)


def is_web_page(text: str) -> bool:
    """Whether a text is the source of a web page: it begins as one, or begins with a tag and is full of them."""
    if not text.lstrip().startswith("<"):
        return False
    if _PAGE.match(text):
        return True
    return text.startswith("<") and len(_BLOCK_TAG.findall(text[:20_000])) >= _FEWEST_TAGS
