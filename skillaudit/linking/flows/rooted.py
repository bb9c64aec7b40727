"""Paths put behind a directory: what was cleaned under a root of its own lies inside it, what is absolute does, too.

``filepath.Join(dir, filepath.Clean("/"+name))`` leaves ``dir`` by no ``..``, for those end at ``/``. Python's
``os.path.join`` and Node's ``path.resolve`` drop what stands before an absolute path, so that nothing is said of them.
"""

from collections.abc import Callable

from skillaudit import ir
from skillaudit.linking.names.program import At, Program
from skillaudit.linking.names.symbols import External, Symbols

_CLEANING = {
    "path.Clean", "path/filepath.Clean", "path.Join", "path/filepath.Join", "path.normalize", "path.posix.normalize",
    "path.join", "path.posix.join", "os.path.normpath", "posixpath.normpath",
}  # fmt: skip
JOINING = {"path.Join", "path/filepath.Join", "path.join", "path.posix.join"}
"""They put parts behind one another, absolute or not."""


def is_rooted(program: Program, symbols: Symbols, at: At) -> bool:
    """Whether a value is a path that was cleaned together with a leading slash."""
    held = program.bare(at)
    call = program.value(held)
    if not isinstance(call, ir.Call) or not call.args:
        return False
    paths = {s.path for s in symbols.resolve(held.to(call.callee)) if isinstance(s, External)}
    return not paths.isdisjoint(_CLEANING) and _begins(program, held.to(call.args[0].value))


def _begins(program: Program, at: At) -> bool:
    value = program.value(program.bare(at))
    match value:
        case ir.Literal(kind="str", text=text):
            return text.startswith("/")
        case ir.Text(parts=(first, *_)) | ir.Operation(operator="+", operands=(first, *_)):
            return _begins(program, program.bare(at).to(first))
        case _:
            return False


def stands_behind(program: Program, symbols: Symbols, at: At, *, given: Callable[[At], bool]) -> bool:
    """Whether a path begins with something that is not ``given`` by a caller, so that an absolute one leads nowhere."""
    held = program.bare(at)
    value = program.value(held)
    match value:
        case ir.Text(parts=(first, *_)) | ir.Operation(operator="+", operands=(first, *_)):
            return not given(held.to(first))
        case ir.Call(callee=callee, args=(first, _, *_)):
            paths = {s.path for s in symbols.resolve(held.to(callee)) if isinstance(s, External)}
            return not paths.isdisjoint(JOINING) and not given(held.to(first.value))
        case _:
            return False
