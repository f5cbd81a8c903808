"""Nothing happens at import: the top level of a module defines values, functions, classes, and calls what is pure."""

import ast
from collections.abc import Iterator

from tests.architecture.sources import ROOMS, Source, sources

# Calls that build a value and touch nothing: no file, no clock, no network, no environment, no other module's state.
PURE = {
    "Path",
    "Struct",
    "Path(__file__).with_name",
    "TypeVar",
    "auto",
    "chain.from_iterable",
    "combinations_with_replacement",
    "dataclass",
    "dict",
    "dict.fromkeys",
    "enumerate",
    "field",
    "fields",
    "frozenset",
    "lazily",
    "len",
    "logging.getLogger",
    "lru_cache",
    "max",
    "min",
    "range",
    "re.compile",
    "str.maketrans",
    "sum",
    "tuple",
    # pydantic: a field and its rules
    "AfterValidator",
    "BeforeValidator",
    "ConfigDict",
    "Field",
    "StringConstraints",
    "_setting",
    "field_validator",
    "model_validator",
    # SQLAlchemy: what a table looks like
    "CheckConstraint",
    "Column",
    "ForeignKey",
    "Index",
    "MetaData",
    "String",
    "Table",
    "_kept_once",
    # numba: compiles nothing before the first call
    "njit",
}
_GUARDS = {"TYPE_CHECKING", "__name__ == '__main__'"}
_DEFINITIONS = (
    ast.Import,
    ast.ImportFrom,
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Assign,
    ast.AnnAssign,
)


def test_a_module_only_defines() -> None:
    """Its top level holds no loop, no branch but on TYPE_CHECKING or for ``python -m``, and no bare expression."""
    found = [source.at(node) for source in sources(*ROOMS) for node in source.tree.body[1:] if not is_definition(node)]
    assert found == []


def test_only_pure_calls_are_made_at_import() -> None:
    rooms = sources(*ROOMS)
    own_classes = {node.name for source in rooms for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef)}
    found = [
        f"{source.at(call)} {ast.unparse(call.func)}()"
        for source in rooms
        for call in calls_at_import(source.tree)
        if ast.unparse(call.func) not in PURE | own_classes and not is_of_text(call)
    ]
    assert found == [], "either do this in a function, or show that it is pure and add it to PURE"


def test_what_happens_at_import_is_seen() -> None:
    text = (
        '"""A module."""\n'
        "import os\n"
        "HOME = os.getenv('HOME')\n"
        "def f(now=time()):\n"
        "    return g()\n"
        "class C:\n"
        "    size = measure()\n"
        "    def m(self): return h()\n"
        "if __name__ == '__main__':\n"
        "    f()\n"
        "os.chdir('/')\n"
        "LATER = lambda: g()\n"
    )
    source = Source("sample.py", text)
    assert [ast.unparse(call.func) for call in calls_at_import(source.tree)] == [
        "os.getenv",
        "time",
        "measure",
        "os.chdir",
    ]
    assert [source.at(node) for node in source.tree.body[1:] if not is_definition(node)] == ["sample.py:11"]


def is_definition(node: ast.stmt) -> bool:
    """Whether a statement at the top of a module only gives something a name."""
    return isinstance(node, _DEFINITIONS) or is_guarded(node)


def is_guarded(node: ast.AST) -> bool:
    """Whether a statement runs for type checkers only, or only where the module is the program."""
    return isinstance(node, ast.If) and ast.unparse(node.test) in _GUARDS


def is_of_text(call: ast.Call) -> bool:
    """Whether it is a method of a string that stands there, such as ``"of the and".split()``."""
    return isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Constant)


def calls_at_import(node: ast.AST) -> Iterator[ast.Call]:
    """The calls that importing a module makes, those of class bodies, decorators and defaults among them."""
    if is_guarded(node) or isinstance(node, ast.Lambda):
        return
    children: list[ast.AST] = list(ast.iter_child_nodes(node))
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        kept = [default for default in node.args.kw_defaults if default is not None]
        children = [*node.decorator_list, *node.args.defaults, *kept]
    if isinstance(node, ast.Call):
        yield node
    for child in children:
        yield from calls_at_import(child)
