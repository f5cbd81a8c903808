# numba has no types; this is the part of it that the project uses.
from collections.abc import Callable
from typing import Generic, ParamSpec, TypeVar

_P = ParamSpec("_P")
_R = TypeVar("_R", covariant=True)

class Dispatcher(Generic[_P, _R]):
    def __call__(self, *args: _P.args, **kwargs: _P.kwargs) -> _R: ...
    def enable_caching(self) -> None: ...

def njit(*, nogil: bool = ...) -> Callable[[Callable[_P, _R]], Dispatcher[_P, _R]]: ...
