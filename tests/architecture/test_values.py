"""Values are made by name, so that no number can slip into the place of another."""

import ast
from collections.abc import Iterator, Mapping, Sequence

from tests.architecture.sources import ROOMS, Source, sources

PRODUCT = sources(*ROOMS)


def test_a_named_tuple_made_of_a_plain_one_has_its_fields_in_order() -> None:
    """``_make`` takes whatever stands where: what is handed to it must be named as the field is."""
    fields = named_tuples(PRODUCT)
    assert {"Features", "Cues"} <= fields.keys(), "this test can see named tuples"
    assert [place for source in PRODUCT for place in misplaced(source, fields)] == []


def test_a_field_out_of_place_is_seen() -> None:
    text = (
        "class Pair(NamedTuple):\n"
        "    a: int\n"
        "    b: int\n"
        "Pair._make((a, here.b))\n"
        "Pair._make((b, a))\n"
        "Pair._make((a, b, c))\n"
        "Pair._make((a, 1))\n"
        "Pair._make(row)\n"
    )
    source = Source("sample.py", text)
    assert list(misplaced(source, named_tuples([source]))) == [f"sample.py:{line}" for line in (5, 6, 7)]


def named_tuples(read: Sequence[Source]) -> Mapping[str, Sequence[str]]:
    """The fields of every named tuple, by its name."""
    return {
        node.name: [ast.unparse(field.target) for field in node.body if isinstance(field, ast.AnnAssign)]
        for source in read
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef) and "NamedTuple" in map(ast.unparse, node.bases)
    }


def misplaced(source: Source, fields: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Where a tuple that is written out is not named as the fields are that it is made into."""
    for node in ast.walk(source.tree):
        match node:
            case ast.Call(func=ast.Attribute(value=made, attr="_make"), args=[ast.Tuple(elts=values)]):
                names = [ast.unparse(value).rpartition(".")[2] for value in values]
                if names != fields[ast.unparse(made)]:
                    yield source.at(node)
            case _:
                pass
