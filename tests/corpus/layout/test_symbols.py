"""Symbols of documents, whole: which part it is, which year, which addendum."""

import pytest

from corpus.layout import shapes
from corpus.parsing.parse import parse


@pytest.mark.parametrize(
    "symbol",
    [
        "A/76/6 (Sect. 24)",
        "A/76/6 (Sect. 3)/Add.1",
        "A/76/6 (Income sect. 2)",
        "A/56/10 (Part I)",
        "S/PV.9123",
        "S/PV.9123 (Resumption 1)",
        "A/76/PV.12",
        "S/RES/2640 (2022)",
        "S/RES/242 (1967)",
        "CAT/C/MLI/CO/1",
        "A/HRC/RES/52/1",
        "E/CN.4/1994/7/Add.1",
        "CCPR/C/GC/36",
        "CCPR/C/SR.2500",
        "S/2024/123",
    ],
)
def test_a_symbol_is_taken_whole(symbol: str) -> None:
    assert shapes.symbol_in(f"United Nations     {symbol}") == symbol
    assert shapes.is_symbol(symbol)
    text = f"United Nations          {symbol}\n\nReport on the wells of Maro\n\nThe wells of the town were dry in June."
    facts = parse(text.encode(), ".txt", "r").facts
    assert (facts.symbol, facts.title) == (symbol, "Report on the wells of Maro")


def test_the_language_that_a_document_is_printed_in_is_no_part_of_its_symbol() -> None:
    assert shapes.symbol_in("A/HRC/50/1 (E)") == "A/HRC/50/1"
    assert shapes.symbol_in("S/PV.9123 (Resumption 1) (E)") == "S/PV.9123 (Resumption 1)"


@pytest.mark.parametrize("text", ["See A/76/6 (in part).", "A/HRC/50/1 (the report)", "A/76/6 (2021)"])
def test_what_else_stands_in_brackets_is_none_either(text: str) -> None:
    assert shapes.symbol_in(text) in ("A/76/6", "A/HRC/50/1")
