"""Whether the compiled sums of ``kernel`` are there yet. They are brought in the background, if at all: no question
waits for them, and nothing is missing without them but speed."""

import threading
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

Search = Callable[..., int]

_search: Search | None = None
_bringing = threading.Lock()


def bring() -> threading.Thread | None:
    """Begin to import and compile the sums in a thread of their own, which is returned; ``None`` where numba, which the
    extra ``fast`` installs, is missing."""
    if find_spec("numba") is None:
        return None
    thread = threading.Thread(target=_bring, name="compiling", daemon=True)
    thread.start()
    return thread


def search() -> Search | None:
    """The compiled search, once it is there; see ``kernel.search``."""
    return _search


def _bring() -> None:
    global _search
    with _bringing:
        if _search is None:
            # Half a second even where everything was compiled before: what answers one question must not pay for it.
            try:
                kernel = import_module("retrieval.kernel")
            except ImportError:  # a numba that does not go with this NumPy or Python is as good as none
                return
            _search = kernel.ready()
