"""What runs around every request of a FastAPI or Starlette application: where a tool is a route, around its call too.

An application's middleware sees a path: that names the tool where each has its own, and none behind one ``/mcp``.
"""

from collections.abc import Iterator
from typing import Final

from skillaudit import ir
from skillaudit.linking.names.program import Cls, Fn
from skillaudit.linking.names.symbols import External
from skillaudit.linking.registrations.toolbox import Toolbox

_METHODS: Final = {"dispatch", "__call__"}
_ADDS: Final = "add_middleware"
_WRAPS: Final = "starlette.middleware.Middleware"
_KIND: Final = "http"


def around_routes(box: Toolbox) -> Iterator[tuple[str, Fn]]:
    """Each such function of production code, with its package."""
    for fn in box.program.functions():
        if box.program.surface(fn.module).counts and box.program.modules[fn.module].language == "python":
            package = box.program.package_path(fn.module)
            yield from ((package, one) for one in (*_decorated(box, fn), *_added(box, fn)))


def _decorated(box: Toolbox, fn: Fn) -> Iterator[Fn]:
    """``@app.middleware("http")``."""
    scope = Fn(fn.module, box.program.function(fn).parent)
    for number in box.program.function(fn).decorators:
        call = box.program.value(scope.at(number))
        if isinstance(call, ir.Call) and call.args and box.program.called(scope.at(call.callee)) == "middleware":
            kind = box.program.value(scope.at(call.args[0].value))
            yield from (fn,) if isinstance(kind, ir.Literal) and kind.text == _KIND else ()


def _added(box: Toolbox, fn: Fn) -> Iterator[Fn]:
    """``app.add_middleware(Recorded)``, ``FastAPI(middleware=[Middleware(Recorded)])``."""
    for _, call, _ in box.program.calls(fn):
        paths = (s.path for s in box.symbols.resolve(fn.at(call.callee)) if isinstance(s, External))
        if call.args and (box.program.called(fn.at(call.callee)) == _ADDS or _WRAPS in paths):
            for symbol in box.symbols.resolve(fn.at(call.args[0].value)):
                methods = box.handlers.methods(symbol) if isinstance(symbol, Cls) else {}
                yield from (method for name, method in methods.items() if name in _METHODS)
