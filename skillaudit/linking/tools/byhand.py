"""Tools of Python servers without an SDK: entries of ``tools/list``, and objects that a dispatcher runs."""

from collections.abc import Iterator

from skillaudit import ir
from skillaudit.linking.calls.scene import Pair, Scene, fullest
from skillaudit.linking.names.program import At, Cls, Fn
from skillaudit.linking.registrations.byhand import PASSED, compared
from skillaudit.linking.registrations.handlers import RUNS
from skillaudit.linking.registrations.toolbox import Candidate, Toolbox, Unnamed
from skillaudit.linking.tools import reflected
from skillaudit.linking.tools.taken import taken
from skillaudit.linking.values.roles import Role

_SCHEMAS = {"inputSchema", "input_schema"}
_READS = {"get", "pop"}
_NEAR = 4


def find(box: Toolbox) -> Iterator[Candidate]:
    """The tools of packages that answer ``tools/call`` by hand."""
    served = box.byhand.dispatchers()
    for fns in served.values():
        for fn in fns:
            box.dispatchers.append(fn)
            _fill(box, fn)
    for fn in box.program.functions() if served else ():
        if box.program.modules[fn.module].language == "python" and box.program.package_path(fn.module) in served:
            for number, record in box.program.of_kind(fn, ir.Record):
                yield from _listed(box, fn.at(number), record)
    dispatchers = [fn for fns in served.values() for fn in fns]
    yield from _looked_up(box, dispatchers)
    yield from _reflected(box, dispatchers)


def _fill(box: Toolbox, fn: Fn) -> None:
    """What holds the message: that of which the method is taken, else what is called so."""
    function = box.program.function(fn)
    tests = (fn.at(block.test) for block in function.blocks if block.test >= 0)
    asked = [at for at in tests if compared(box.program, at)]
    messages = {index for at in asked for index in _messages(box, at)}
    named = {index for index, parameter in enumerate(function.params) if parameter.name in PASSED}
    for index in messages or named or (() if asked else range(len(function.params))):
        box.client_fills(fn, Role.REQUEST, index)


def _messages(box: Toolbox, at: At) -> Iterator[int]:
    """The parameters of which a condition reads the method: ``message["method"]``, ``message.get("method")``."""
    test = box.program.value(at)
    for operand in test.operands if isinstance(test, ir.Operation) else ():
        place = box.program.bare(at.to(operand))
        value = box.program.value(place)
        callee = box.program.value(place.to(value.callee)) if isinstance(value, ir.Call) else value
        read = isinstance(callee, ir.Item) or (isinstance(callee, ir.Member) and callee.name in _READS)
        if read and isinstance(callee, ir.Item | ir.Member):
            base = box.program.value(box.program.bare(place.to(callee.base)))
            yield from (base.index,) if isinstance(base, ir.Param) else ()


# --- entries of tools/list


def _listed(box: Toolbox, at: At, record: ir.Record) -> Iterator[Candidate]:
    """``{"name": …, "description": …, "inputSchema": …}``, also for each element of a table."""
    entries = {entry.key: at.to(entry.value) for entry in record.entries if not entry.spread}
    if "name" not in entries or _SCHEMAS.isdisjoint(entries):
        return
    fn = Fn(at.module, at.function)
    names = fullest(box.scenes.texts(entries["name"]), fn)
    if not names:
        box.unnamed.append(Unnamed(fn, record.line, entries["name"]))
    run = next((entries[key] for key in RUNS if key in entries), None)
    for name, scene in names:
        own = box.handler(run, scene) if run is not None else None
        handler = taken(box, own.fn) if own is not None else _beside(box, scene)
        module, location = box.location(at.module, record.line, scene)
        schema = next(entries[key] for key in sorted(_SCHEMAS) if key in entries)
        yield Candidate(
            name, location, module, handler, "definition", box.description(entries.get("description"), scene),
            box.hints(entries.get("annotations"), scene), dispatched=True,
            described=box.seen(entries.get("description"), scene), definition=box.seen(schema, scene),
        )  # fmt: skip


def _beside(box: Toolbox, scene: Scene) -> Fn | None:
    """The only function that the table's row holds, or the method of the object in it that runs a tool."""
    found: set[Fn] = set()
    for chosen in scene.choices.values():
        held = chosen.value if isinstance(chosen, Pair) else chosen
        found.update(_functions(box, held, scene) if isinstance(held, At) else ())
    return taken(box, found.pop()) if len(found) == 1 else None


def _functions(box: Toolbox, at: At, scene: Scene) -> Iterator[Fn]:
    value = box.program.value(at)
    inside: tuple[int, ...] = ()
    if isinstance(value, ir.Sequence):
        inside = value.items
    elif isinstance(value, ir.Record):
        inside = tuple(entry.value for entry in value.entries)
    elif isinstance(value, ir.Call):
        inside = tuple(argument.value for argument in value.args)
    if (cls := box.scenes.answers.instance(at)) is not None:
        methods = box.handlers.methods(cls)
        yield from [methods[name] for name in RUNS if name in methods][:1]
    for part in (at.to(number) for number in inside) if inside else (at,):
        for held, _ in box.scenes.of(part, scene):
            function = box.scenes.answers.function(held)
            yield from () if function is None else (function,)


# --- objects


def _looked_up(box: Toolbox, dispatchers: list[Fn]) -> Iterator[Candidate]:
    """Classes with a constant name whose method a dispatcher runs: ``TOOLS[name].run(**arguments)``."""
    near = box.calls.reach(dispatchers, _NEAR)
    run = {fn for fn in near if box.program.function(fn).name in RUNS and box.symbols.owner(fn) is not None}
    for module, held in enumerate(box.program.modules):
        for number in range(len(held.classes)) if held.language == "python" and run else ():
            cls = Cls(module, number)
            methods = box.handlers.methods(cls)
            if not box.symbols.heirs(cls) and (found := run.intersection(methods.values())):
                yield from _class(box, cls, min(found))


def _class(box: Toolbox, cls: Cls, run: Fn) -> Iterator[Candidate]:
    described = tuple(box.scenes.field(cls, "description"))[:1]
    for name, _ in box.scenes.read(box.scenes.field(cls, "name")):
        taken(box, run)
        location = box.program.location(cls.module, box.program.klass(cls).line)
        text = next((text for text, _ in box.scenes.read(described)), "")
        around = box.handlers.templates(cls, run)
        yield Candidate(
            name, location, cls.module, run, "definition", text.strip().partition("\n")[0][:300], dispatched=True,
            around=around, described=described,
        )  # fmt: skip


def _reflected(box: Toolbox, dispatchers: list[Fn]) -> Iterator[Candidate]:
    """Methods that a dispatcher finds by the tool's name: ``getattr(self, f"tool_{name}")(**arguments)``."""
    for fn in box.calls.reach(dispatchers, _NEAR):
        for _, call, _ in box.program.calls(fn):
            for name, target in reflected.by_name(box, fn, call):
                function = box.program.function(taken(box, target))
                location = box.program.location(target.module, function.line)
                described = function.doc.strip().partition("\n")[0][:300]
                yield Candidate(
                    name, location, target.module, target, "definition", described, dispatched=True, text=function.doc
                )
