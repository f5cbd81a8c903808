"""The most frequent words of a language: by them misspelt words are corrected, and parted ones joined."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path


@cache
def frequent_words(tag: str) -> Mapping[str, str]:
    """The words of the language of a BCP 47 tag by their first letter, parted by rank; none where there is no list."""
    file = Path(__file__).with_name(f"{tag.split('-')[0].lower()}.toml")
    return tomllib.loads(file.read_text("utf-8")) if file.exists() else {}


@cache
def known_words(tag: str) -> frozenset[str]:
    """All of them, in small letters."""
    return frozenset(word for words in frequent_words(tag).values() for word in words.replace("|", " ").split())
