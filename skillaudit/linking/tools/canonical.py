"""The canonical form of a static value: what a schema says, however it is laid out in the source.

Names are replaced by what they stand for, keys are sorted, functions are left out. zod, pydantic, typed structs and
plain JSON schemas all take the same form: records, lists, texts, calls by name, classes by their fields. What is known
only at run time becomes ``?``, and the form is partial.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from skillaudit import ir
from skillaudit.linking.calls.scene import NOWHERE, Choices, Held, Key, Pair, Scene, Seen
from skillaudit.linking.names.program import At, Cls, Fn
from skillaudit.linking.names.symbols import External, Instance
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.toolsurface import Form

UNKNOWN = "?"
_RUN_TIME = re.compile(
    r"(?:os|sys|process|(?:node:)?fs(?:/promises)?|Deno|Bun|import\.meta|json|yaml|tomllib|requests|httpx|datetime|time|random|"
    r"secrets|uuid|Date|fetch|io/ioutil|encoding/json)\.|(?:open|fetch|input|Date|require)$|Math\.random"
)
_TYPES = {
    "str", "int", "float", "bool", "list", "dict", "tuple", "set", "frozenset", "String", "Number", "Boolean", "Array",
    "Object", "sorted", "len", "object", "type", "NewType", "Symbol", "RegExp", "BigInt",
}  # fmt: skip
_DEPTH = 24
_LARGEST = 4_000
_CHOICES = 8


class Known(NamedTuple):
    """The form of a value, what was not static in it, and what it took of the largest form."""

    form: Form
    missing: tuple[str, ...]
    size: int


Memory: TypeAlias = dict[tuple[At, Choices, int], Known]
"""Forms by value, scene and depth: tools share most of what their schemas are made of."""


@dataclass(slots=True)
class Canonical:
    """One evaluation; ``missing`` says after it what was not static, ``known`` is shared by all evaluations."""

    box: Toolbox
    known: Memory
    missing: list[str] = field(default_factory=list)
    _left: int = _LARGEST
    _busy: set[Cls] = field(default_factory=set)

    def of(self, held: Held, scene: Scene = NOWHERE, depth: int = _DEPTH) -> Form:
        """The form of an answer of the scenes."""
        self._left -= 1
        if not depth or self._left < 0:
            return self._unknown("too large")
        match held:
            case At():
                return self._value(held, scene, depth) if self._busy else self._remembered(held, scene, depth)
            case Key():
                return held.text
            case Pair():
                return [held.key, self.of(held.value, scene, depth - 1)]
            case Fn():
                return {"function": ""}

    def _remembered(self, at: At, scene: Scene, depth: int) -> Form:
        """The form of a value that no class under way can cut short, computed once."""
        key = (at, scene.key(), depth)
        known = self.known.get(key)
        if known is not None and known.size <= self._left:
            self._left -= known.size
            self.missing += known.missing
            return known.form
        left, missing = self._left, len(self.missing)
        form = self._value(at, scene, depth)
        if self._left >= 0:
            self.known[key] = Known(form, tuple(self.missing[missing:]), left - self._left)
        return form

    def klass(self, cls: Cls, depth: int = _DEPTH) -> Form:
        """A class by its fields and those that it inherits: pydantic, dataclasses, typed dictionaries, structs."""
        if cls in self._busy or not depth:
            return {"class": self.box.program.klass(cls).name}
        self._busy.add(cls)
        declared = self.box.program.klass(cls)
        scope = Fn(cls.module, declared.scope)
        fields: dict[str, Form] = {}
        for base in declared.bases:
            for symbol in self.box.symbols.resolve(scope.at(base)):
                inherited = self.klass(symbol, depth - 1) if isinstance(symbol, Cls) else {}
                inner = inherited.get("fields", {}) if isinstance(inherited, dict) else {}
                fields |= inner if isinstance(inner, dict) else {}
        for one in declared.fields:
            parts: list[Form] = [self._typed(scope, one.type, one.type_text, depth - 1)]
            parts += [self.of(scope.at(one.value), NOWHERE, depth - 1)] if one.value >= 0 else []
            fields[one.name] = parts
        self._busy.discard(cls)
        return {"fields": fields}

    def parameters(self, fn: Fn, skipped: set[int]) -> Form:
        """A function's parameters with types and defaults, in the place of a schema."""
        function = self.box.program.function(fn)
        scope = Fn(fn.module, max(function.parent, 0))
        found: dict[str, Form] = {}
        for index, one in enumerate(function.params):
            if index not in skipped:
                parts: list[Form] = [self._typed(scope, one.type, one.type_text, _DEPTH)]
                parts += [self.of(scope.at(one.default))] if one.default >= 0 else []
                found[f"{'*' if one.kind != 'plain' else ''}{one.name}"] = parts
        return found

    def typed(self, scope: Fn, number: int, text: str) -> Form:
        """A declared type."""
        return self._typed(scope, number, text, _DEPTH)

    def _typed(self, scope: Fn, number: int, text: str, depth: int) -> Form:
        form: Form = self.of(scope.at(number), NOWHERE, depth) if number >= 0 else ""
        tag = text[text.index("`") :] if "`" in text else ""
        return [form, tag] if tag else form

    def _unknown(self, why: str) -> str:
        self.missing.append(why)
        return UNKNOWN

    # --- one kind of value each

    def _value(self, at: At, scene: Scene, depth: int) -> Form:  # noqa: C901, PLR0911, PLR0912 - one case per kind
        value = self.box.program.value(at)
        match value:
            case ir.Literal():
                return value.text if value.kind == "str" else {value.kind: value.text}
            case ir.Variable():
                return self.of(at.to(value.value), scene, depth)
            case ir.Text(parts=parts):
                return self._text(at, parts, scene, depth)
            case ir.Record():
                return self._record(at, value, scene, depth)
            case ir.Sequence(items=items):
                return [self.of(at.to(item), scene, depth - 1) for item in items]
            case ir.Closure():
                return {"function": ""}
            case ir.ClassValue():
                return self.klass(Cls(at.module, value.index), depth - 1)
            case ir.Call():
                return self._call(at, value, scene, depth)
            case ir.Operation(operator=operator, operands=operands):
                return {operator: [self.of(at.to(one), scene, depth - 1) for one in operands]}
            case ir.Item(base=base, key=key):
                return self._named(at, scene, depth, [base, key])
            case ir.Opaque(children=(*_, last)) if value.kind in {"type_assertion", "declared", "satisfies", "as"}:
                return self.of(at.to(last if value.kind == "declared" else value.children[0]), scene, depth - 1)
            case ir.Opaque(children=(only,)):
                return self.of(at.to(only), scene, depth - 1)
            case _:
                return self._named(at, scene, depth, [])

    def _text(self, at: At, parts: tuple[int, ...], scene: Scene, depth: int) -> Form:
        forms = [self.of(at.to(part), scene, depth - 1) for part in parts]
        return "".join(forms) if all(isinstance(one, str) for one in forms) else forms  # type: ignore[arg-type]

    def _record(self, at: At, value: ir.Record, scene: Scene, depth: int) -> Form:
        found: dict[str, Form] = {}
        for entry in value.entries:
            form = self.of(at.to(entry.value), scene, depth - 1)
            if entry.spread:
                found |= form if isinstance(form, dict) else {"...": form}
            elif form != {"function": ""}:
                found[entry.key or UNKNOWN] = form
                if not entry.key:
                    self._unknown("a computed key")
        return found

    def _call(self, at: At, call: ir.Call, scene: Scene, depth: int) -> Form:
        """A call by its name and arguments; of a project's function what it gives back."""
        callee = self.box.program.value(at.to(call.callee))
        own = [s for s in self.box.symbols.resolve(at.to(call.callee)) if isinstance(s, Fn | Cls)]
        if len(own) == 1 and isinstance(own[0], Fn):
            seen = [(h, s) for h, s in self.box.scenes.of(at, scene) if h != at]
            return self._one_of(seen, depth) if seen else self._returned(own[0], scene.having(own[0], at), depth)
        args: list[Form] = []
        for argument in call.args:
            form = self.of(at.to(argument.value), scene, depth - 1)
            if form != {"function": ""}:
                args.append({f"{argument.name}=": form} if argument.name else form)
        if isinstance(callee, ir.Member) and (base := self._made(at.to(callee.base), scene)):
            return {"call": callee.name, "args": args, "on": self._one_of(base, depth)}
        name = self._callee(at.to(call.callee))
        if _RUN_TIME.match(name) or (name not in _TYPES and isinstance(callee, ir.Name) and "." not in name):
            self._unknown(f"`{name}()` is known at run time only")
        return {"call": name, "args": args}

    def _returned(self, fn: Fn, scene: Scene, depth: int) -> Form:
        steps = self.box.program.function(fn).steps
        returned = [step.value for step in steps if isinstance(step, ir.Return) and step.value >= 0]
        if len(returned) != 1:
            return self._unknown(f"what `{self.box.program.function(fn).name}` gives back")
        return self.of(fn.at(returned[0]), scene, depth - 1)

    def _made(self, at: At, scene: Scene) -> list[Seen]:
        """The calls and records that a value may be: the schema in ``schema.shape`` and ``schema.extend(…)``."""
        seen = list(self.box.scenes.of(at, scene))
        made = (isinstance(h, At) and isinstance(self.box.program.value(h), ir.Call | ir.Record) for h, _ in seen)
        return seen if seen and all(made) else []

    def _one_of(self, seen: list[Seen], depth: int) -> Form:
        forms = [self.of(*one, depth - 1) for one in seen[:_CHOICES]]
        return forms[0] if len(forms) == 1 else {"any": forms}

    def _callee(self, at: At) -> str:
        paths = [s.path for s in self.box.symbols.resolve(at) if isinstance(s, External)]
        return paths[0] if paths else self.box.origins.name_of(at)

    def _named(self, at: At, scene: Scene, depth: int, parts: list[int]) -> Form:  # noqa: PLR0911 - one per symbol
        """What a name, a member or an item stands for: one value of the project, a class, a name from outside."""
        seen = [(h, s) for h, s in self.box.scenes.of(at, scene) if h != at]
        if seen:
            return self._one_of(seen, depth)
        value = self.box.program.value(at)
        if isinstance(value, ir.Member) and (base := self._made(at.to(value.base), scene)):
            return {"of": self._one_of(base, depth), "member": value.name}
        for symbol in self.box.symbols.resolve(at):
            match symbol:
                case External(path=path) if _RUN_TIME.match(path):
                    return self._unknown(f"`{path}` is known at run time only")
                case External(path=path):
                    return [path, *(self.of(at.to(one), scene, depth - 1) for one in parts)]
                case Cls():
                    return self.klass(symbol, depth - 1)
                case Instance(cls=cls):
                    return self.klass(cls, depth - 1)
                case Fn():
                    return {"function": ""}
                case _:
                    continue
        if parts:
            return [self.of(at.to(one), scene, depth - 1) for one in parts]
        return self._unknown(f"`{self.box.origins.name_of(at) or 'a value'}` is known at run time only")
