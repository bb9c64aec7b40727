"""What calls of foreign functions and methods leave of the values that pass through them."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from skillaudit import ir
from skillaudit.facts import Nature, Step
from skillaudit.linking.knowledge import forms, sources, vocabulary
from skillaudit.linking.knowledge.closedsets import CONVERTING
from skillaudit.linking.knowledge.forms import Effect
from skillaudit.linking.names.program import At, Program
from skillaudit.linking.values import _cleaning, _fielddefaults, _giving, _omitted, _replacers, gocalls, webforms
from skillaudit.linking.values._matched import Matched
from skillaudit.linking.values.belongings import Belongings
from skillaudit.linking.values.hints import Hints
from skillaudit.linking.values.introspection import Introspection
from skillaudit.linking.values.keyed import Keyed
from skillaudit.linking.values.misnomers import Misnomers
from skillaudit.linking.values.origin import (
    ANY,
    BEGINNING,
    CHOSEN,
    KEY,
    PICKED,
    SECRET,
    TOLD,
    UNNAMED,
    VARIABLE,
    YIELDED,
    Origin,
    Path,
    Shape,
    cut,
    fits,
    has_secret,
    whichever,
)
from skillaudit.linking.values.partwise import Partwise
from skillaudit.linking.values.pieces import Pieces
from skillaudit.linking.values.substitutions import Substitutions

_GO_TEXT = {"GetString", "RequireString", "GetStringSlice", "RequireStringSlice"}
_GO_WHOLE = {"GetArguments", "GetRawArguments", "MarshalJSON"}
_KEYS = {"sorted", "list", "tuple", "set", "iter", "frozenset"}
_MAPPINGS = {Nature.ARGUMENTS, Nature.ENVIRONMENT, Nature.HEADERS}
_KEEPING = {"list", "tuple", "set", "sorted", "dict", "copy", "deepcopy", "items", "values", "entries"}
"""Those that leave what a container holds in a container."""

_PAIRINGS = {"items", "entries"}
_PARTS = {
    "query", "queries", "param", "QueryParam", "FormValue", "PathValue", "PostFormValue", "DefaultQuery", "Cookie",
    "GetHeader", "UserValue", "DefaultPostForm", "get_param", "get_param_as_list", "get_header",
}  # fmt: skip
"""Methods of an inbound request that give out one value by its name."""

_LOOKING_UP = _PARTS | {
    "get", "getlist", "getItem", "Get", "header", "Header", "pop", "Query", "Param", "FormValue", "PostFormValue",
    "GetHeader", "PostForm", "DefaultQuery", "DefaultPostForm", "QueryParam", "PathValue", "Cookie", "Peek",
    "Values", "Extra", "setdefault", "Load", "LoadOrStore", "LoadAndDelete",
}  # fmt: skip
_TAKING = {"get", "get_nowait", "popleft", "recv", "receive", "receive_nowait", "dequeue", "take", "poll", "Load"}
_DROPPING = {"pop", "shift"}
"""Also what a text was split into gives out pieces by these names."""
_FINDING = {"find", "findLast"}

_CAME = {Nature.REQUEST, Nature.BODY, Nature.HEADERS}
_BUILDING = re.compile(r"/zerolog\.(?:Dict|Arr)\(\)(?:\.\w+\(\))*\.\w+$")
_SPLITS = {"split", "partition", "rpartition", "rsplit", "splitlines"}


@dataclass(slots=True)
class Transfers:
    """Judges foreign calls; ``of`` evaluates one value with the path taken from it."""

    program: Program
    hints: Hints
    pieces: Pieces
    belongings: Belongings
    of: Callable[[At, Path], tuple[Origin, ...]]
    keyed: Keyed = field(init=False)
    introspection: Introspection = field(init=False)
    misnomers: Misnomers = field(init=False)
    matched: Matched = field(init=False)
    partwise: Partwise = field(init=False)
    substitutions: Substitutions = field(init=False)

    def __post_init__(self) -> None:
        """Read conditions on keys, patterns and what takes parts, with the same knowledge."""
        self.keyed = Keyed(self.program)
        self.misnomers = Misnomers(self.program, self.hints.symbols)
        self.introspection = Introspection(self.program, self.hints, self.of)
        self.matched = Matched(self.hints, self.of)
        self.partwise = Partwise(self.hints, self.of)
        self.substitutions = Substitutions(self.hints, self.of)

    def step(self, at: At, line: int, note: str) -> Step:
        """A stop of a flow."""
        return Step(self.program.location(at.module, line), note)

    def credential(self, at: At, name: str, line: int, of: At) -> Origin:
        """A credential that only its name speaks for, a part of the object at ``of`` or given by it."""
        here = self.step(at, line, f"`{name}` names a credential")
        return Origin(Nature.CREDENTIAL, name, (here,), certain=False, foreign=not self.belongings.owns(of))

    def handed_out(self, at: At, call: ir.Call) -> Iterator[Origin]:
        """The credential that a function gives out, by its name: ``get_access_token()``."""
        name = self.hints.name_of(at.to(call.callee))
        if sources.gives_credential(name) and self.hints.result_may_hide(at, call):
            note = f"`{name}` gives out a credential"
            yield Origin(Nature.CREDENTIAL, name, (self.step(at, call.line, note),), certain=False)

    def environment(self, at: At, line: int, path: Path) -> Iterator[Origin]:
        """The whole environment, or one variable of it if it holds a secret."""
        if not path:
            yield Origin(Nature.ENVIRONMENT, "the environment", (self.step(at, line, "the whole environment"),))
        elif path[0] == ANY:
            yield Origin(Nature.ENVIRONMENT, "the environment", (self.step(at, line, "each environment variable"),))
        elif path[0].startswith(BEGINNING):
            yield from self.keyed.prefixed.at(self.step(at, line, ""), path[0].removeprefix(BEGINNING))
        elif vocabulary.names_secret_variable(path[0]) or (path[0].startswith(TOLD) and path[0] != PICKED):
            here = self.step(at, line, f"environment variable {path[0]}")
            yield Origin(Nature.SECRET_VARIABLE, path[0], (here,))

    def through(self, at: At, call: ir.Call, paths: list[str], path: Path) -> Iterator[Origin]:
        """What a call of one of the dotted ``paths``, or of a method of an unknown object, gives back."""
        name = self.hints.name_of(at.to(call.callee))
        keeps = name in _KEEPING | _LOOKING_UP
        for origin in self._through(at, call, paths, path):
            escaped = origin.written if name == "str" else origin.escaped
            yield origin if keeps else replace(origin, escaped=escaped, shape=Shape.MADE)

    def _through(self, at: At, call: ir.Call, paths: list[str], path: Path) -> Iterator[Origin]:
        first = self.program.value(at.to(call.args[0].value)) if call.args else None
        if any(sources.environment_getter(p) for p in paths) and call.args:
            if isinstance(first, ir.Literal):
                yield from self.environment(at, call.line, (first.text,))
            elif any(o.nature in CHOSEN for o in self.of(at.to(call.args[0].value), ())):
                step = self.step(at, call.line, "an environment variable of the caller's choice")
                yield Origin(Nature.ENVIRONMENT, "any environment variable", (step,))
            else:
                yield from self.of(at.to(call.args[0].value), (VARIABLE,))
            return
        if any(map(sources.signs, paths)):
            step = self.step(at, call.line, "a signed token is made")
            yield from [] if path else [Origin(Nature.CREDENTIAL, "token", (step,), certain=False)]
            return
        if _fielddefaults.declares(paths):
            for held in _fielddefaults.defaults(self.program, self.hints.symbols, at, call):
                yield from self.of(held, path)
            return
        if (looked := self.introspection.of(at, call, paths, path)) is not None:
            yield from looked
            return
        if (put := self.substitutions.function(at, call, paths, path)) is not None:
            yield from put
            return
        yield from self._plainly(at, call, paths, path)

    def _plainly(self, at: At, call: ir.Call, paths: list[str], path: Path) -> Iterator[Origin]:
        """What a function or a method leaves of what it is given, by its name alone."""
        callee = self.program.value(at.to(call.callee))
        effect = next((e for p in paths if (e := forms.of_call(p)) is not Effect.UNKNOWN), Effect.UNKNOWN)
        part = self.partwise.taken(at, call, paths, path)
        if (part := part if part is not None else self.matched.found(at, call, paths, path)) is not None:
            yield from part
        elif effect is not Effect.UNKNOWN:
            read = any(map(forms.parses, paths))
            held = list(self._function(at, call, effect, path))
            yield from self._parsed(at, call, path, held) if read else held
        elif (checked := self.hints.applied.built.check(at, call)) is not None:
            inner = checked.within(path)
            if inner is not None and not checked.shape.at(inner).one_line:
                yield from self.of(checked.value, inner)
        elif isinstance(callee, ir.Member) and any(_BUILDING.search(p) for p in paths):
            for value in (callee.base, *(argument.value for argument in call.args)):
                yield from self.of(at.to(value), ())
        elif isinstance(callee, ir.Member) and not any(sources.response(f"{p}()") for p in paths):
            first = self.program.value(at.to(call.args[0].value)) if call.args else None
            yield from self._method(at, call, callee, first, path)

    def _parsed(self, at: At, call: ir.Call, path: Path, held: list[Origin]) -> Iterator[Origin]:
        """What is read out of a text: its line breaks are back; a member of a body that was put together is a part."""
        yield from (replace(origin, escaped=False) for origin in held)
        whole = self.of(at.to(call.args[0].value), ()) if path and call.args and not held else ()
        for origin in whole:
            if origin.nature is Nature.BODY:
                yield replace(origin, nature=Nature.REQUEST, name=path[-1], escaped=False)

    def later(self, at: At, call: ir.Call, path: Path) -> Iterator[Origin]:
        """What a foreign Go function gives back beside its first result."""
        name = self.hints.name_of(at.to(call.callee))
        if name == "BasicAuth" and path[0] == "1":
            yield Origin(Nature.CREDENTIAL, "password", (self.step(at, call.line, "sent as basic authentication"),))

    def _function(self, at: At, call: ir.Call, effect: Effect, path: Path) -> Iterator[Origin]:
        name = self.hints.name_of(at.to(call.callee))
        reads = path and name == "load" and effect is not Effect.NOTHING
        closed = reads and webforms.closes(self.program, self.hints.symbols, at.to(call.callee), path[0])
        numbered = (name == "enumerate" and path[1:2] == ("0",)) or gocalls.parts_nothing(self.hints, at, call, path)
        if effect is Effect.NOTHING or closed or numbered:
            return
        if name == "gather" and path:
            chosen = call.args[int(path[0]) : int(path[0]) + 1] if path[0].isdecimal() else call.args
            yield from (o for a in chosen for o in self.of(at.to(a.value), path if a.spread else path[1:]))
            return
        path = _inside(name, path)
        stripped = self._strips(at, call)
        verbs = self.hints.verbs(at, call)
        keys = self.program.modules[at.module].language == "python" and name in _KEYS
        decoded = name == "URL" and path[:1] == ("searchParams",)  # where escapes are undone
        starred = self.hints.stars(at, call) and has_secret(self.of(at.to(call.args[1].value), ()))
        for number, argument in enumerate(call.args):
            verb = verbs.get(number, "v") if number != 1 or name not in forms.GO_REPLACING else "d"
            if verb in forms.HARMLESS_VERBS:
                continue
            taken = path[1:] if number and self._appended(at, name, argument, path) else path
            inside: Iterable[Origin] = self._handed(at, name, argument, taken)
            if number == 0 and not path and (only := _replacers.listed(self.hints, at, call)) is not None:
                inside = [o for key in only for o in self.of(at.to(argument.value), (key,))]
            elif path and gocalls.splits(self.hints, at, call):
                whole = path[0] != "0"
                held = self.of(at.to(argument.value), path[1:])
                held = _cleaning.behind_account(self.hints, at, call, path, held)
                inside = [o if whole else cut(o, 0) for o in held]
            for given in _replacers.passing(self.hints, at, call, inside):
                origin = _omitted.left(self.hints, at, name, given, path)
                if origin is None or (starred and origin.nature in SECRET):
                    continue
                named = keys and not path and not self._lists_values(at.to(argument.value))
                if not (named and (origin.nature in _MAPPINGS or self.introspection.is_mapping(at.to(argument.value)))):
                    escapes = (effect is Effect.ESCAPES and not decoded) or stripped or verb in forms.QUOTING_VERBS
                    yield replace(origin, escaped=True) if escapes else origin

    def _appended(self, at: At, name: str, argument: ir.Argument, path: Path) -> bool:
        """Go: whether an argument is one of the elements that are asked for: ``append(list, one)``."""
        asked = name == "append" and bool(path) and (path[0] == ANY or path[0].isdecimal())
        return asked and not argument.spread and self.program.modules[at.module].language == "go"

    def _handed(self, at: At, name: str, argument: ir.Argument, path: Path) -> Iterable[Origin]:
        """What an argument gives to what is made of it: ``dict(key=value)`` holds it under its name."""
        if name == "entries" and path[:1] == (ANY,):
            return self._paired(at.to(argument.value), path)
        if name == "dict" and not path:  # copied entry by entry, whatever the copied object writes of itself
            return self.of(at.to(argument.value), ()) or self.of(at.to(argument.value), (ANY,))
        if name != "dict" or not argument.name or not path:
            return self.of(at.to(argument.value), path)
        return self.of(at.to(argument.value), path[1:]) if fits(path[0], argument.name) else ()

    def _method(self, at: At, call: ir.Call, callee: ir.Member, first: ir.Value | None, path: Path) -> Iterator[Origin]:
        base = at.to(callee.base)
        text = first.text if isinstance(first, ir.Literal) else ""
        if given := tuple(self._given_out(base, call, callee.name, text, path)):
            yield from given
        elif (part := self.matched.taken(at, call, path)) is not None:
            yield from part
        elif self._takes_one(base, call, callee.name) or self._finds(at, call, callee.name):
            yield from self.of(base, (ANY, *path))
        elif callee.name in _LOOKING_UP and call.args:
            yield from self._looked_up(at, call, callee, text or self.hints.pattern(at.to(call.args[0].value)), path)
        elif callee.name in _GO_TEXT | _GO_WHOLE:
            named = (text or UNNAMED,) if callee.name in _GO_TEXT else ()
            yield from self.of(base, ("GetArguments", *named, *path))
        elif not call.args and self.hints.gets_field(at, callee.name):
            yield from self.of(base, (forms.getter(callee.name), *path))
        elif (put := self.substitutions.method(at, call, callee, path)) is not None:
            yield from put
        elif callee.name in _PAIRINGS and path[:1] == (ANY,):
            yield from self._paired(base, path)
        else:
            yield from self._kept(at, call, callee, path)

    def _kept(self, at: At, call: ir.Call, callee: ir.Member, path: Path) -> Iterator[Origin]:
        """What a method leaves of its receiver."""
        base = at.to(callee.base)
        if answered := _giving.answered(self.program, self.of, base, callee.name, path):
            yield from answered
            return
        effect = forms.of_method(callee.name)
        if effect in {Effect.KEEPS, Effect.PIECE}:
            piece = effect is Effect.PIECE and not self._keeps_most(at, call, callee.name, path)
            inner = path[1:] if callee.name in _SPLITS else path
            held = _cleaning.behind_account(self.hints, at, call, path, self.of(base, inner))
            yield from self._dressed(at, call, callee, held, piece=piece)
            if callee.name == "get_secret_value" and not path:
                yield replace(self.credential(at, self.hints.name_of(base) or "secret", call.line, base), foreign=False)

    def _takes_one(self, base: At, call: ir.Call, name: str) -> bool:
        """Whether a method gives out an element, no matter which: ``queue.get(timeout=1)``, ``waiting.pop()``."""
        keyed = (self.program.value(base.to(a.value)) for a in call.args if not a.name)
        if any(not isinstance(value, ir.Literal) or value.kind == "str" for value in keyed):
            return False
        kept = isinstance(self.program.value(self.program.bare(base)), ir.Sequence | ir.Name | ir.Member)
        return name in _TAKING or (name in _DROPPING and kept)

    def _finds(self, at: At, call: ir.Call, name: str) -> bool:
        """JavaScript: ``list.find((one) => …)`` gives out an element, where Python's texts are searched."""
        script = self.program.is_script(at.module)
        first = self.program.value(self.program.bare(at.to(call.args[0].value))) if call.args else None
        return script and name in _FINDING and isinstance(first, ir.Closure)

    def _given_out(self, base: At, call: ir.Call, name: str, text: str, path: Path) -> Iterator[Origin]:
        """``await req.json()``, ``c.req.query()``, ``c.req.valid("json")``: a part of an inbound request."""
        part = _giving.part(name, text, asked=bool(call.args))
        if part and self.program.is_script(base.module):
            yield from (o for o in self.of(base, (part, *path)) if o.nature in _CAME or (o.formal and call.awaited))

    def _looked_up(self, at: At, call: ir.Call, callee: ir.Member, text: str, path: Path) -> Iterator[Origin]:
        """What stands under a key: the one that is written there, those that it was compared with, or any."""
        base = at.to(callee.base)
        if any(a.name == "type" and self.hints.name_of(at.to(a.value)) in CONVERTING for a in call.args):
            return  # a number, or the default
        part = (callee.name,) if callee.name in _PARTS else ()
        asked = at.to(call.args[0].value)
        names = () if text else self.keyed.names(at, call.line, asked)
        told = UNNAMED if self.hints.is_header(base) else self.hints.told(asked, base)
        for name in names or (text or self.keyed.inturn.picked(asked, base, told),):
            found = self.keyed.in_turn(name, self.of(base, (*part, name, *path)), asked, path)
            yield from found or (whichever(self.of(base, (*part, ANY, *path))) if name.startswith(TOLD) else ())
        yield from self.partwise.default(at, call, callee, path)
        if text and not path and vocabulary.names_credential(text):
            yield self.credential(at, text, call.line, base)

    def _dressed(
        self, at: At, call: ir.Call, callee: ir.Member, origins: tuple[Origin, ...], *, piece: bool
    ) -> Iterator[Origin]:
        """A method that keeps its receiver: in pieces, without line breaks, joined with its arguments."""
        if any(argument.name in {"exclude", "include"} for argument in call.args):
            origins = tuple(origin for origin in origins if origin.nature is not Nature.CONFIG)
        clean = _cleaning.leaves_one_line(self.hints, at, call, callee)
        kept = self.pieces.of_method(at, call, callee.name) if piece else 0
        for origin in origins:
            yield replace(cut(origin, kept) if piece else origin, escaped=origin.escaped or clean)
        if (named := self.partwise.formatted(at, call, callee)) is not None:
            yield from named
            return
        for argument in call.args if callee.name in {"join", "format", "concat"} else ():
            yield from self.of(at.to(argument.value), ())

    def _strips(self, at: At, call: ir.Call) -> bool:
        """Whether a function takes line breaks out, as ``strings.ReplaceAll`` may."""
        if not (name := self.hints.name_of(at.to(call.callee))).startswith(("Replace", "replace", "sub")):
            return name == "Fields"  # Go: split at whitespace
        held = (self.program.value(at.to(argument.value)) for argument in call.args)
        return any(isinstance(value, ir.Literal) and forms.strips_newlines(value.text) for value in held)

    def _lists_values(self, at: At) -> bool:
        value = self.program.value(at)
        return isinstance(value, ir.Call) and self.hints.name_of(at.to(value.callee)) in {"values", "items"}

    def _paired(self, base: At, path: Path) -> Iterator[Origin]:
        """``for key, value in x.items()``: the key is a name, maybe of a variable, the value an element."""
        if path[1:] == ("0", VARIABLE):
            yield from self.of(base, (KEY, VARIABLE))
        elif path[1:2] != ("0",):
            yield from self.of(base, (ANY, *path[2:]))

    def _keeps_most(self, at: At, call: ir.Call, name: str, path: Path) -> bool:
        """Whether a piece is the whole secret: what follows the scheme, or what a constant beginning was cut from."""
        if name in _SPLITS:
            return path[:1] != ("0",)
        bounds = tuple(argument.value for argument in call.args)
        return name in {"slice", "substring", "substr"} and len(bounds) == 1 and self.hints.keeps_rest(at, bounds)


def _inside(name: str, path: Path) -> Path:
    """Where a piece of what ``next``, ``enumerate`` or ``Buffer.concat`` gives lies in what it goes through."""
    if name == "enumerate":
        return (*path[:1], *path[2:])
    if path[:1] == (YIELDED,):
        return (ANY, *path[1:])
    return (ANY, *path) if path and name in {"next", "concat"} else path
