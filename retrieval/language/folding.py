"""A word without what does not tell it from another: case, accents, the variants of one mark."""

from unicodedata import combining, normalize

_FOLDED = {0x2019: "'", 0x2010: "-", 0x2011: "-", 0xAD: "", 0x200B: "", 0x2060: "", 0xFEFF: ""}


def fold(word: str) -> str:
    """``word`` without case, accents and the variants of one apostrophe or hyphen: ``Ségou`` and ``segou`` are one."""
    if word.isascii():
        folded = word.lower()
        return word if folded == word else folded  # the same string, and not a second one of each of many thousands
    word = word.translate(_FOLDED)
    # Decomposing may bring capitals (ℂ) and blanks (ﷺ), and leave nothing of a letter that is a mark in disguise.
    plain = normalize("NFKD", normalize("NFKD", word).casefold())
    kept = "".join(c for c, before in zip(plain, " " + plain, strict=False) if _is_kept(c, before))
    return normalize("NFC", kept) or word


def _is_kept(character: str, before: str) -> bool:
    """Whether folding keeps a decomposed character. The mark that makes й of и makes another letter, no accent."""
    return before + character == "и\u0306" or not (combining(character) or character.isspace())
