"""Go servers that speak JSON-RPC themselves: which functions answer ``tools/call``, over which transport."""

import re
from collections.abc import Iterator

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import External
from skillaudit.linking.registrations.toolbox import Toolbox

_METHOD = "tools/call"
_KITS = re.compile(r"mcp-go\b|/go-sdk/|mcp-golang\b|/go-mcp\b|/mcp-kit\b|/mcp-sdk\b")
"""Libraries that answer ``tools/call``: where one is used, whoever reads the method's name stands around it."""
_CALLS = re.compile(r"tool|call|invoke|execute|dispatch", re.IGNORECASE)
_NEAR = 4
_STARTS = {
    "net/http": {"ListenAndServe", "ListenAndServeTLS", "Serve", "ServeTLS"},
    "labstack/echo": {"Start", "StartTLS", "StartServer"},
    "gin-gonic/gin": {"Run", "RunTLS"},
    "gofiber/fiber": {"Listen", "ListenTLS"},
}


def answering(box: Toolbox) -> tuple[Fn, ...]:
    """The functions that run tools: what a branch on the method's name calls, or where the branch stands."""
    found: dict[Fn, None] = {}
    for fn in _own(box):
        for number, operation in box.program.of_kind(fn, ir.Operation):
            if operation.operator == "==" and any(_says(box, fn.at(one)) for one in operation.operands):
                found |= dict.fromkeys(_branch(box, fn, number))
        for _, call, _ in box.program.calls(fn):
            given = [fn.at(argument.value) for argument in call.args]
            if any(_says(box, at) for at in given):
                found |= dict.fromkeys(symbol for at in given for symbol in _functions(box, at))
        for _, record in box.program.of_kind(fn, ir.Record):
            held = (entry.value for entry in record.entries if entry.key == _METHOD)
            found |= dict.fromkeys(symbol for one in held for symbol in _functions(box, fn.at(one)))
        for step in box.program.function(fn).steps:
            if isinstance(step, ir.Store) and step.key >= 0 and _says(box, fn.at(step.key)):
                found |= dict.fromkeys(_functions(box, fn.at(step.value)))
    return tuple(found)


def starts(box: Toolbox) -> Iterator[tuple[Fn, str, int, int]]:
    """Function, kind, line and block of what such a server listens on: a loop that reads, or a web server."""
    dispatchers = answering(box)
    packages = {box.program.package_path(fn.module) for fn in dispatchers}
    reads: list[tuple[Fn, int, int]] = []
    for fn in box.program.functions() if packages else ():
        if box.program.modules[fn.module].language == "go" and box.program.package_path(fn.module) in packages:
            for _, call, block in box.program.calls(fn):
                if any(_is_stdin(box, fn.at(argument.value)) for argument in call.args):
                    reads.append((fn, call.line, block))
                elif _listens(box, fn, call):
                    yield fn, "http", call.line, block
    for fn, line, block in (*_loops(box, dispatchers), *reads)[:1] if reads else ():
        yield fn, "stdio", line, block


def _loops(box: Toolbox, dispatchers: tuple[Fn, ...]) -> Iterator[tuple[Fn, int, int]]:
    """Where a loop reads messages and answers each."""
    front = list(dispatchers)
    for _ in range(_NEAR):
        edges = [edge for fn in front for edge in box.calls.into.get(fn, ()) if not edge.handed]
        for edge in edges:
            function = box.program.function(edge.caller)
            if any(function.blocks[n].kind == "loop" for n in _around(function, edge.block)):
                yield edge.caller, edge.line, edge.block
        front = [edge.caller for edge in edges]
    for fn in dispatchers:
        loops = (n for n, block in enumerate(box.program.function(fn).blocks) if block.kind == "loop")
        yield from ((fn, box.program.function(fn).blocks[number].line, number) for number in loops)


def _own(box: Toolbox) -> Iterator[Fn]:
    """The functions of packages that name the method and use no library that would answer it."""
    naming: set[str] = set()
    kits: set[str] = set()
    for fn in box.program.functions():
        package = box.program.package_path(fn.module)
        if box.program.modules[fn.module].language != "go":
            continue
        if fn.number == 0 and any(_KITS.search(one.module) for _, one in box.program.of_kind(fn, ir.Import)):
            kits.add(package)
        if package not in naming and any(one.text == _METHOD for _, one in box.program.of_kind(fn, ir.Literal)):
            naming.add(package)
    for fn in box.program.functions() if naming - kits else ():
        if box.program.modules[fn.module].language == "go" and box.program.package_path(fn.module) in naming - kits:
            yield fn


def _says(box: Toolbox, at: At) -> bool:
    """Whether a value is the method's name, also by a constant."""
    match box.program.value(at):
        case ir.Literal(text=text):
            return text == _METHOD
        case ir.Name() | ir.Member() | ir.Variable():
            return _METHOD in box.texts.of(at)
        case _:
            return False


def _branch(box: Toolbox, fn: Fn, test: int) -> Iterator[Fn]:
    """What runs where the test holds."""
    function = box.program.function(fn)
    blocks = {n for n, block in enumerate(function.blocks) if block.test == test and block.kind in {"case", "if"}}
    if not blocks:
        return
    inside = (e.target for e in box.calls.out.get(fn, ()) if not e.handed and blocks & _around(function, e.block))
    named = [target for target in inside if _CALLS.search(box.program.function(target).name)]
    yield from named or [fn]


def _around(function: ir.Function, block: int) -> set[int]:
    """The numbers of the blocks that hold a step."""
    found: set[int] = set()
    while block >= 0:
        found.add(block)
        block = function.blocks[block].parent
    return found


def _functions(box: Toolbox, at: At) -> Iterator[Fn]:
    return (symbol for symbol in box.symbols.resolve(at) if isinstance(symbol, Fn))


def _is_stdin(box: Toolbox, at: At) -> bool:
    return any(isinstance(s, External) and s.path == "os.Stdin" for s in box.symbols.resolve(at))


def _listens(box: Toolbox, fn: Fn, call: ir.Call) -> bool:
    """``http.ListenAndServe(…)``, ``server.ListenAndServe()``, ``e.Start(address)``."""
    callee = box.program.value(fn.at(call.callee))
    name = callee.name if isinstance(callee, ir.Member) else ""
    libraries = [library for library, names in _STARTS.items() if name in names]
    paths = [s.path for s in box.symbols.resolve(fn.at(call.callee)) if isinstance(s, External)] if libraries else []
    return any(library in path for path in paths for library in libraries)
