"""Tools that a project's own code makes from the operations of a document: in its tool list, or registered in a loop.

The document is the one whose file name the code holds, else the only one of the package; the names are what the tool
list or the registration makes of an operation's id.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.registrations.operations import METHODS, Operation
from skillaudit.linking.registrations.toolbox import Candidate, Toolbox, Unnamed
from skillaudit.linking.tools import apifiles
from skillaudit.linking.tools.apifiles import Named
from skillaudit.linking.tools.described import described
from skillaudit.linking.tools.names import ToolNames


def instead(box: Toolbox, stand_in: Candidate, packages: set[str]) -> Iterator[Candidate]:
    """The tools of a package that names none.

    Args:
        box: The program.
        stand_in: What stands for the tools as long as nothing says what they are.
        packages: The package that serves them and those that it uses.
    """
    if box.program.surface(stand_in.module).counts and apifiles.reads_operations(box, packages):
        only = (apifiles.of_only(box, package) for package in sorted(packages))
        named = apifiles.of_package(box, packages) or next(filter(None, only), None)
        if named is not None:
            yield from _made(box, stand_in, named, _unnamed(box, packages))


def beside(box: Toolbox, package: str, known: set[str]) -> Iterator[Candidate]:
    """The tools that a package makes from a document which it names, beside those that it names itself."""
    every = _unnamed(box, {package})
    if not every or not apifiles.reads_operations(box, {package}):
        return
    named = apifiles.of_package(box, {package})
    sample = [one for api in named.apis for one in api.operations if one.id][:1] if named is not None else []
    names = ToolNames(box)
    telling = [one for one in every if one.name is not None and any(names.rank(one.name, held) for held in sample)]
    if named is not None and telling:
        first = telling[0]
        base = Candidate("", box.program.location(first.fn.module, first.line), first.fn.module, None, "")
        yield from (one for one in _made(box, base, named, telling) if one.name not in known)


def _unnamed(box: Toolbox, packages: set[str]) -> list[Unnamed]:
    """The production registrations of packages whose names are made at run time."""
    return [
        one
        for one in box.unnamed
        if box.program.surface(one.fn.module).counts and box.program.package_path(one.fn.module) in packages
    ]


def _made(box: Toolbox, base: Candidate, named: Named, unnamed: list[Unnamed]) -> Iterator[Candidate]:
    operations = [one for api in named.apis for one in api.operations if one.id and one.method in METHODS]
    names = ToolNames(box)
    chosen = _chosen(box, names, operations[:1], unnamed)
    if chosen is None or chosen.name is None:
        return
    place = box.program.place(chosen.handler) if chosen.handler is not None else base.location
    shared = replace(
        base,
        location=place,
        handler=chosen.handler,
        around=chosen.around,
        style=named.style,
        dispatched=chosen.handler is None,
    )
    seen: set[str] = set()
    for one in operations:
        text = names.of(chosen.name, one)
        if text and text not in seen:
            seen.add(text)
            yield described(shared, text, one)


def _chosen(box: Toolbox, names: ToolNames, sample: list[Operation], unnamed: list[Unnamed]) -> Unnamed | None:
    """Of several registrations the tool list's own, then the one whose name says most of an operation."""
    listing = list(_listings(box))
    understood = [
        (
            any(one.fn.module == file and start <= one.line <= end for file, start, end in listing),
            names.rank(one.name, held),
            one,
        )
        for held in sample
        for one in unnamed
        if one.name is not None and names.of(one.name, held)
    ]
    return max(understood, key=lambda one: one[:2], default=(False, 0, None))[2]


def _listings(box: Toolbox) -> Iterator[tuple[int, int, int]]:
    """File, first and last line of each handler that lists the tools."""
    for mark, _, fn, _ in box.program.marked("tool_list"):
        yield fn.module, mark.line, mark.end_line
    for fn in box.program.functions():
        function = box.program.function(fn)
        scope = Fn(fn.module, max(function.parent, 0))
        values = [(scope, box.program.value(scope.at(number))) for number in function.decorators]
        callees = [held.at(value.callee) for held, value in values if isinstance(value, ir.Call)]
        if any(_lists(box, callee) for callee in callees):
            yield fn.module, function.line, function.end_line


def _lists(box: Toolbox, callee: At) -> bool:
    return box.origins.name_of(callee) in {"list_tools", "on_list_tools"}
