"""What runs in whose process: imports between the tree's packages, and libraries whose tools others serve."""

import re
from collections.abc import Iterable, Iterator

from skillaudit import ir
from skillaudit.facts import Transport
from skillaudit.hosting import Counted, Hosting, Offer, Use, reached
from skillaudit.linking.knowledge.vocabulary import words
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.registrations.toolbox import Candidate, Toolbox
from skillaudit.model import Location

_ENTRIES = {"main", "cli", "__main__"}
_FACTORIES = re.compile(r"^(?:create|make|build|get|init)_(?:\w+_)?(?:app|application|asgi|wsgi)$")
"""What a web server's command calls for the application: ``uvicorn shop.main:create_app --factory``."""
_ENTERED = {"__main__.py"}
_LOADING = {"import_module", "__import__", "walk_packages", "iter_modules", "load_module", "exec_module", "require_dir"}
_DEEPEST = 8
_STORES = {
    "metrics", "analytics", "telemetry", "tracker", "posthog", "amplitude", "mixpanel", "segment", "rudderstack",
    "statsig", "plausible",
}  # fmt: skip
_COUNTING = re.compile(
    r"^(?:(?:log|record|emit|send|add|capture|track|publish|report)_?(?:event|events|metric)|track|capture|"
    r"write_?data_?point)$",
    re.IGNORECASE,
)


def hosting(box: Toolbox, candidates: Iterable[Candidate], held: Iterable[Transport]) -> Hosting:
    """Everything that is known of processes."""
    found, starts, imports = tuple(candidates), tuple(held), tuple(_uses(box.program))
    aside = tuple(_aside(box, found, starts, imports))
    return Hosting(imports, tuple(_offers(box, found, starts, imports)), tuple(_counted(box)), aside)


def _uses(program: Program) -> Iterator[Use]:
    """Each package of the tree that production code of another one imports."""
    found: dict[Use, None] = {}
    for module in range(len(program.modules)):
        if program.surface(module).counts:
            own = program.package_path(module)
            for target in _imported(program, module):
                other = program.package_path(target)
                if other != own and program.surface(target).counts:
                    found[Use(own, other)] = None
    yield from sorted(found, key=lambda use: (use.package, use.used))


def _imported(program: Program, module: int) -> Iterator[int]:
    for value in program.function(Fn(module, 0)).values:
        if isinstance(value, ir.Import):
            held = program.imported(module, value.module, value.symbol)
            target = held.module if isinstance(held, At) else held
            yield from (t for t in (program.resolver.find(module, value.module), target) if t is not None)


def _offers(
    box: Toolbox, candidates: Iterable[Candidate], held: Iterable[Transport], imports: tuple[Use, ...]
) -> Iterator[Offer]:
    """Packages that are libraries by their manifests, have tools, and leave the start of a server to others."""
    program = box.program
    starting = [one for one in held if one.surface.counts]
    tools = [one for one in candidates if program.surface(one.module).counts]
    serving = {program.package_path(one.module) for one in tools} | {one.package for one in starting}
    for package in dict.fromkeys(program.package_path(one.module) for one in tools):
        own = [one for one in starting if one.package == package]
        kinds = {one.kind for one in program.inventory.packages if one.path == package}
        if kinds != {"library"} or any(_starts_itself(box, one) for one in own):
            continue
        hosts = tuple(_hosts(program, package, serving, imports))
        if hosts or own:
            first = min(one.location for one in tools if program.package_path(one.module) == package)
            yield Offer(package, hosts, own[0].location if own else first)


def _hosts(program: Program, package: str, serving: set[str], imports: tuple[Use, ...]) -> Iterator[str]:
    """Applications of the tree that run the package and, by themselves or through what they use, a server."""
    for one in program.inventory.packages:
        around = reached(imports, one.path)
        if one.ships and one.kind == "application" and one.path != package and package in around and around & serving:
            yield one.path


def _starts_itself(box: Toolbox, transport: Transport) -> bool:
    """Whether the package's own module bodies or commands lead to the start, and not only what others may call."""
    program = box.program
    starting = [_function(program, transport.location)]
    seen = set(starting)
    for _ in range(_DEEPEST):
        if any(_begins(program, fn) for fn in starting):
            return True
        edges = (edge for fn in starting for edge in box.calls.into.get(fn, ()))
        around = (Fn(fn.module, program.function(fn).parent) for fn in starting if program.function(fn).parent > 0)
        callers = {fn for fn in (*(edge.caller for edge in edges), *around) if _within(program, fn, transport.package)}
        starting = sorted(callers - seen)
        seen |= callers
    return bool(starting)


def _within(program: Program, fn: Fn, package: str) -> bool:
    return program.package_path(fn.module) == package and program.surface(fn.module).counts


def _begins(program: Program, fn: Fn) -> bool:
    """A module's body, or a function of one that is a command or makes the application for a web server."""
    function = program.function(fn)
    outer = function.parent <= 0 and function.owner < 0
    entered = function.name in _ENTRIES or _FACTORIES.match(function.name) is not None
    return fn.number == 0 or (outer and (bool(function.decorators) or entered))


def _function(program: Program, place: Location) -> Fn:
    """The innermost function around a place."""
    module = next(number for number, held in enumerate(program.modules) if held.path == place.path)
    around = [
        number
        for number, held in enumerate(program.modules[module].functions)
        if number and held.line <= place.line <= held.end_line
    ]
    return Fn(module, max(around, key=lambda number: program.modules[module].functions[number].line, default=0))


def _counted(box: Toolbox) -> Iterator[Counted]:
    """Calls that hand an event object, or a name with properties, to what is called metrics or analytics."""
    program = box.program
    for fn in program.functions():
        if program.surface(fn.module).analysed:
            for _, call, _ in program.calls(fn):
                if what := _event(box, fn, call):
                    place = program.location(fn.module, call.line, call.end_line)
                    yield Counted(place, program.surface(fn.module), program.package_path(fn.module), what)


def _event(box: Toolbox, fn: Fn, call: ir.Call) -> str:
    callee = box.program.value(fn.at(call.callee))
    if not isinstance(callee, ir.Member) or not call.args or not _COUNTING.match(callee.name):
        return ""
    store = box.origins.name_of(fn.at(callee.base))
    return f"{store}.{callee.name}" if not _STORES.isdisjoint(words(store)) else ""


def _aside(
    box: Toolbox, candidates: Iterable[Candidate], held: Iterable[Transport], imports: tuple[Use, ...]
) -> Iterator[str]:
    """Files that no server of the tree runs: nothing on the way from a start, a tool or an entry imports them.

    Where code loads what it finds by name at run time, nothing is said, and nothing of Go, whose packages are whole.
    """
    program = box.program
    numbers = [n for n in range(len(program.modules)) if program.surface(n).counts]
    starts = {one.location.path for one in held if one.surface.counts}
    entries = {entry.rpartition(".")[0] or entry for one in program.inventory.packages for entry in one.entries}
    tools = {one.module for one in candidates} | {fn.module for fn in box.dispatchers}
    serving = {program.package_path(n) for n in numbers if program.modules[n].path in starts or n in tools}
    around = {package for one in serving for package in reached(imports, one)}
    roots = {
        n
        for n in numbers
        if n in tools
        or program.modules[n].path in starts
        or program.modules[n].path.rpartition(".")[0] in entries
        or program.modules[n].path.rpartition("/")[2] in _ENTERED
    }
    seen, front = set(roots), sorted(roots)
    while front:
        module = front.pop()
        further = {target for target in _everything(program, module) if target not in seen}
        seen |= further
        front += sorted(further)
    if starts and not any(_loads_by_name(box, module) for module in seen):
        spoken = frozenset(text for module in seen for text in _texts(program, module))
        for n in numbers:
            own = program.modules[n]
            apart = n not in seen and own.language != "go" and not own.path.endswith("__init__.py")
            if apart and program.package_path(n) in around and not _named(own, spoken):
                yield own.path


def _everything(program: Program, module: int) -> Iterator[int]:
    """The files that any code of a file imports, and the packages around those."""
    for number in range(len(program.modules[module].functions)):
        for _, value in program.of_kind(Fn(module, number), ir.Import):
            found = program.imported(module, value.module, value.symbol)
            target = found.module if isinstance(found, At) else found
            yield from (t for t in (program.resolver.find(module, value.module), target) if t is not None)


def _loads_by_name(box: Toolbox, module: int) -> bool:
    calls = ((Fn(module, n), call) for n in range(len(box.program.modules[module].functions))
             for _, call, _ in box.program.calls(Fn(module, n)))  # fmt: skip
    return any(box.origins.name_of(fn.at(call.callee)) in _LOADING for fn, call in calls)


def _texts(program: Program, module: int) -> Iterator[str]:
    for number in range(len(program.modules[module].functions)):
        yield from (v.text for _, v in program.of_kind(Fn(module, number), ir.Literal) if v.kind == "str")


def _named(module: ir.Module, spoken: frozenset[str]) -> bool:
    """Whether a text names the file, as ``uvicorn.run("app.web:app")`` does."""
    stem = module.path.rpartition("/")[2].partition(".")[0]
    pattern = re.compile(rf"(?:^|[./\\]){re.escape(stem)}(?:[.:]|$)")
    return any(pattern.search(text) for text in spoken if stem in text)
