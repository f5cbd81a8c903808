"""Where a fact about a report comes from."""

from enum import StrEnum


class Origin(StrEnum):
    """Where a fact about a report was taken from."""

    MANIFEST = "manifest"
    DOCUMENT = "document"
    NAME = "name"  # the file's name stands for a title
    WORDS = "words"  # guessed by the words of the text
    ASSUMED = "assumed"  # nothing told it
