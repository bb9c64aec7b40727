"""What is put into containers after they were made: by key, at their end, by a decoder, through a channel.

A change counts for the variable that it was made to, also from a closure, and for the attribute of the class whose
object holds the container.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from skillaudit import ir
from skillaudit.linking.knowledge.closedsets import sends
from skillaudit.linking.names.aliases import defined
from skillaudit.linking.names.program import At, Cls, Fn, Program
from skillaudit.linking.names.symbols import External, Formal, Instance, Namespace, Symbols
from skillaudit.linking.values.origin import ANY, Path, fits

_PUTTING = {"set", "append", "add", "push", "insert", "setdefault", "put", "Set", "Add", "unshift", "setItem",
            "enqueue", "put_nowait", "appendleft", "Store", "LoadOrStore", "Swap", "PushBack", "PushFront"}  # fmt: skip
_WRITING = {"WriteString", "Write", "Fprint", "Fprintf", "Fprintln"}
_COPYING = {"io.Copy", "io.CopyN", "io.CopyBuffer", "io.ReadFull", "io.ReadAtLeast", "maps.Copy"}
"""Go: functions that put what their second argument holds into their first."""
_SCANNING = {
    "fmt.Sscan": 1, "fmt.Sscanln": 1, "fmt.Sscanf": 2, "fmt.Fscan": 1, "fmt.Fscanln": 1, "fmt.Fscanf": 2,
}  # fmt: skip
"""Go: functions that fill their last arguments, from this one on, with what their first holds."""
_BUFFERS = {"io.StringIO()", "io.BytesIO()"}
_STORING = {"StringVar", "StringVarP"}
"""Go: methods of flags that fill their first argument."""

_MERGING = {"update", "extend", "assign"}
_FILLING = {"Unmarshal", "UnmarshalRead", "Decode", "DecodeElement", "UnmarshalStrict", "WeakDecode", "DecodeJSON",
            "VerifyAndUnmarshal"}  # fmt: skip
_BODY, _QUERY, _NAMED = ("Body",), ("Query",), ("Param",)
_BINDING: dict[str, Path] = {
    "Decode": (), "BindArguments": ("GetArguments",), "Bind": _BODY, "BindJSON": _BODY, "ShouldBind": _BODY,
    "ShouldBindJSON": _BODY, "ShouldBindBodyWith": _BODY, "ShouldBindBodyWithJSON": _BODY, "ShouldBindWith": _BODY,
    "ShouldBindXML": _BODY, "ShouldBindYAML": _BODY, "MustBindWith": _BODY, "BodyParser": _BODY, "BindXML": _BODY,
    "ShouldBindQuery": _QUERY, "BindQuery": _QUERY, "QueryParser": _QUERY, "ShouldBindUri": _NAMED, "BindUri": _NAMED,
    "ParamsParser": _NAMED,
}  # fmt: skip
"""Go: methods that fill their first argument, and from which part of what they are called on."""


class Change(NamedTuple):
    """``value``, or what ``taken`` takes of it, is put under ``key``: ``*`` if computed, empty if all of it is.

    ``place`` is the block and line of the step that puts it, ``read`` says that a decoder reads it out of a text,
    ``written`` that it is put behind what is there,
    ``pairs`` that going through the container gives pairs. ``within`` leads to the container from an object of a
    library that holds it: ``request.Header.Set(…)``; such an object by itself does not show what it holds.
    ``named`` is the parameter that the computed key is.
    """

    key: str
    value: At
    place: tuple[int, int]
    taken: Path = ()
    read: bool = False
    written: bool = False
    pairs: bool = False
    within: Path = ()
    named: Formal | None = None

    def fits(self, path: Path) -> Path | None:
        """What is asked of the value where ``path`` is asked of the container; None for another entry's."""
        if self.within:
            inside = len(self.within)
            return self._replace(within=()).fits(path[inside:]) if path[:inside] == self.within else None
        if not path:
            return self.taken
        if not self.key:
            return (*self.taken, *path)
        if self.pairs and path[0] == ANY and path[1:2] in {("0",), ("1",)}:
            return (*self.taken, *path[2:]) if path[1] == "1" else None
        listed = self.key == ANY and path[0].isdecimal()
        return (*self.taken, *path[1:]) if listed or fits(path[0], self.key) else None


@dataclass(slots=True)
class Changes:
    """Reads every change of the program once."""

    program: Program
    symbols: Symbols
    _variables: dict[At, list[Change]] | None = None
    _attributes: dict[tuple[Cls, str], list[Change]] = field(default_factory=dict)

    def of(self, at: At) -> Iterable[Change]:
        """The changes of the container that a variable holds."""
        return self._all().get(at, ())

    def of_attribute(self, cls: Cls, name: str) -> Iterable[Change]:
        """The changes of the container that objects of a class hold."""
        self._all()
        return self._attributes.get((cls, name), ())

    def _all(self) -> dict[At, list[Change]]:
        if self._variables is None:
            self._variables = {}
            for fn in self.program.functions():
                for base, change in self._made(fn):
                    self._note(self._variables, fn.at(base), change)
        return self._variables

    def _note(self, found: dict[At, list[Change]], base: At, change: Change) -> None:
        value = self.program.value(base)
        match value:
            case ir.Name() | ir.Import() | ir.Variable():
                found.setdefault(defined(self.program, base), []).append(change)
            case ir.Member(base=holder, name=name):
                self._note_member(found, base.to(holder), name, change)
            case _:
                found.setdefault(base, []).append(change)

    def _note_member(self, found: dict[At, list[Change]], holder: At, name: str, change: Change) -> None:
        """A change of what an object, a module or a library's object holds under a name."""
        held = self.symbols.resolve(holder)
        for one in held:
            if isinstance(one, Instance):
                self._attributes.setdefault((one.cls, name), []).append(change)
            elif isinstance(one, Namespace) and isinstance(own := self.program.exported(one.module, name), At):
                found.setdefault(own, []).append(change)
        if not any(isinstance(one, Instance | Namespace) for one in held):
            self._note(found, holder, change._replace(within=(name, *change.within)))

    def _made(self, fn: Fn) -> Iterator[tuple[int, Change]]:
        """By the container's value: each change that a function makes."""
        function = self.program.function(fn)
        for step in function.steps:
            if isinstance(step, ir.Store) and step.base >= 0:
                key, named = step.name or self._key(fn, step.key), self._named(fn, step.key)
                yield step.base, Change(key, fn.at(step.value), (step.block, step.line), named=named)
            elif isinstance(step, ir.Do):
                yield from self._put(fn, step)
        for _, value in self.program.of_kind(fn, ir.Opaque) if self.program.modules[fn.module].language == "go" else ():
            if value.kind == "send_statement":
                channel, sent = value.children
                yield channel, Change(ANY, fn.at(sent), (0, function.line))

    def _put(self, fn: Fn, step: ir.Do) -> Iterator[tuple[int, Change]]:  # noqa: C901 - one case per kind of call
        call = self.program.value(fn.at(step.value))
        callee = self.program.value(fn.at(call.callee)) if isinstance(call, ir.Call) else None
        if not isinstance(call, ir.Call) or not call.args:
            return
        go = self.program.modules[fn.module].language == "go"
        if go and (moved := self._moved(fn, call)):
            yield from ((target, Change("", fn.at(source), (step.block, call.line))) for target, source in moved)
            return
        if not isinstance(callee, ir.Member):
            return
        first, last, place = call.args[0].value, call.args[-1].value, (step.block, call.line)
        if callee.name in _WRITING and go:
            yield from self._written(fn, call, callee, place)
        elif callee.name == "write" and self._buffers(fn.at(callee.base)):
            yield callee.base, Change(ANY, fn.at(first), place)
        elif callee.name == "SetBasicAuth" and go:
            yield callee.base, Change("Authorization", fn.at(last), place, within=("Header",))
        elif callee.name in _STORING and go:
            yield first, Change("", fn.at(step.value), place)
        elif callee.name in _FILLING and len(call.args) > 1:
            yield call.args[1].value, Change("", fn.at(first), place, read=True)
        elif callee.name in _BINDING:
            yield first, Change("", fn.at(callee.base), place, _BINDING[callee.name])
        elif callee.name in _PUTTING and not sends(
            callee.name, self._called(fn, callee.base), (argument.name for argument in call.args)
        ):
            keyed = len(call.args) > 1
            key, named = (self._key(fn, first), self._named(fn, first)) if keyed else (ANY, None)
            yield callee.base, Change(key, fn.at(last), place, pairs=callee.name == "set" and keyed, named=named)
        elif callee.name in _MERGING:
            yield from ((callee.base, Change(a.name, fn.at(a.value), place)) for a in call.args)

    def _moved(self, fn: Fn, call: ir.Call) -> list[tuple[int, int]]:
        """Go: which arguments a function of the language or of its library fills from which others."""
        name = self._called(fn, call.callee)
        paths = {s.path for s in self.symbols.resolve(fn.at(call.callee)) if isinstance(s, External)}
        given = [argument.value for argument in call.args]
        if (name == "copy" and "copy" in paths) or paths & _COPYING:
            return [(given[0], given[1])] if len(given) > 1 else []
        if "io.TeeReader" in paths and len(given) > 1:
            return [(given[1], given[0])]
        skipped = next((_SCANNING[path] for path in paths if path in _SCANNING), None)
        return [(one, given[0]) for one in given[skipped:]] if skipped else []

    def _written(
        self, fn: Fn, call: ir.Call, callee: ir.Member, place: tuple[int, int]
    ) -> Iterator[tuple[int, Change]]:
        """Go: ``b.WriteString(text)``, ``fmt.Fprintf(&b, "…", value)``: what a buffer or a builder gives back later."""
        paths = (s.path for s in self.symbols.resolve(fn.at(call.callee)) if isinstance(s, External))
        function = any(path.startswith(("fmt.", "io.")) for path in paths)
        target = call.args[0].value if function else callee.base
        streams = (s.path for s in self.symbols.resolve(fn.at(target)) if isinstance(s, External))
        if any(path.startswith("os.") for path in streams):  # what goes out by a stream is not read from it again
            return
        yield from (
            (target, Change(ANY, fn.at(one.value), place, written=True)) for one in call.args[1 if function else 0 :]
        )

    def _buffers(self, at: At) -> bool:
        """Whether a value keeps in memory what is written to it, in Python."""
        return any(isinstance(s, External) and s.path in _BUFFERS for s in self.symbols.resolve(at))

    def _called(self, fn: Fn, value: int) -> str:
        held = self.program.value(fn.at(value))
        return held.name if isinstance(held, ir.Variable | ir.Name | ir.Member) else ""

    def _key(self, fn: Fn, value: int) -> str:
        held = self.program.value(fn.at(value)) if value >= 0 else None
        return held.text if isinstance(held, ir.Literal) and held.text else ANY

    def _named(self, fn: Fn, key: int) -> Formal | None:
        """The parameter that names a key."""
        held = self.program.value(self.program.bare(fn.at(key))) if key >= 0 else None
        return Formal(fn, held.index) if isinstance(held, ir.Param) else None
