"""What validating schemas let through: zod's, valibot's, yup's, Joi's, TypeBox's, JSON Schema where it is applied."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from skillaudit import ir
from skillaudit.codeflows import Danger
from skillaudit.linking.knowledge import patterns
from skillaudit.linking.knowledge.closedsets import body, excludes_line_breaks
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import Data, External, Symbols
from skillaudit.linking.values.origin import ANY

_WORDS = {
    "number", "boolean", "bigint", "enum", "nativeEnum", "literal", "date", "int", "uuid", "guid", "datetime",
    "cuid2", "ulid", "nanoid", "stringbool", "int32", "float64", "iso", "picklist", "null", "undefined", "uint32",
    "float32", "float", "positive", "hex", "isoDate", "isoTimestamp", "toNumber", "enum_", "null_", "undefined_",
    "integer", "Number", "Integer", "Boolean", "Literal", "Enum", "Null", "Date", "int64", "alphanum",
}  # fmt: skip
"""Schemas, and checks at the end of one, that leave a number, a truth, an identifier or one of a few words."""

_CHOOSING = {"valid", "equal", "only", "oneOf"}
"""Those of them that do so only where they are given constants."""

_LINES = {"email", "base64", "base64url", "cidr", "hostname", "domain", "token", "e164"}
"""Formats without a line break. Zod 4 reads only a ``jwt``'s head, and long left an ``ipv6`` to the parser of URLs."""

_ADDRESS = r"^(?:\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}|[0-9a-fA-F:]{2,39})$"
_FORMATS = {"ip": _ADDRESS, "ipv4": _ADDRESS, "cuid": r"^[cC][^\s-]{8,}$"}
"""What formats let through that leave more than a word; zod's ``cuid`` long took anything but white space."""
_PATTERNS = {"regex", "pattern", "matches"}
_EITHER = {
    "union", "or", "discriminatedUnion", "variant", "alternatives", "try", "Union", "xor", "discriminatedUnionBy",
}  # fmt: skip
_OPENING = {"transform", "any", "unknown", "record", "custom", "mixed", "Any", "Unknown", "instanceof", "catchall"}
_OBJECTS = {"object", "strictObject", "looseObject", "Object", "keys", "shape", "extend", "merge", "and", "intersect"}
_CONVERTING = {"Number", "parseInt", "parseFloat", "Boolean", "BigInt", "Date"}
_CARRYING = {
    "schema", "body", "params", "query", "querystring", "payload", "validate", "options", "config", "inputSchema",
    "parameters", "input", "paramsSchema", "argsSchema", "shape", "headers", "json", "form", "param",
}  # fmt: skip
_PARTS = {
    "body", "params", "query", "querystring", "payload", "req", "request", "valid", "json", "form", "data", "arguments",
    "input", ANY, "value",
}  # fmt: skip
_JSON_TYPES = {"string", "integer", "number", "boolean", "null", "object", "array"}
_JSON_WORDS = {"uuid", "date", "date-time", "time", "duration"}
_DEEPEST = 12
_FRAMEWORKS = {"type", "description", "default", "optional", "required"}
"""How mcp-framework describes one argument: ``{ type: z.string(), description: "…" }``."""

_MOST = 20
_ANSWERS = {"data", "output", "value"}
_PARSING = {"parse", "parseAsync", "safeParse", "safeParseAsync", "validateSync", "cast"}
_JOINED = {"validate", "validateAsync", "attempt"}
_OTHERS = ("path.", "url.", "JSON.", "querystring.", "yaml", "js-yaml", "JSON5", "toml", "dotenv", "qs")
_LIBRARIES = ("joi", "@hapi/joi", "yup")
_CODE = (Danger.PATH, Danger.COMMAND, Danger.ADDRESS_PATH)


class Shape(msgspec.Struct, frozen=True):
    """What is known of a value that passed: ``words`` is closed, ``line`` holds no line break.

    Attributes:
        fields: The same of its parts, by name.
        item: The same of its elements.
        patterns: The regular expressions that it matches.
    """

    fields: Mapping[str, "Shape"] = msgspec.field(default_factory=lambda: MappingProxyType({}))
    item: "Shape | None" = None
    words: bool = False
    line: bool = False
    patterns: tuple[str, ...] = ()

    @property
    def closed(self) -> bool:
        """Whether nothing hostile passes as a path or in a command."""
        return self.words or any(all(patterns.refuses(text, d) for d in _CODE) for text in self.patterns)

    @property
    def harmless(self) -> frozenset[Danger]:
        """What a closed value can do no harm to: all, but that an address of numbers still names any host."""
        if not self.closed:
            return frozenset()
        no_host = self.words or any(patterns.refuses(text, Danger.ADDRESS) for text in self.patterns)
        return frozenset(Danger) if no_host else frozenset(Danger) - {Danger.ADDRESS}

    @property
    def one_line(self) -> bool:
        """Whether no line break passes."""
        return self.words or self.line or any(excludes_line_breaks(body(t), whole=False) for t in self.patterns)

    def at(self, path: tuple[str, ...]) -> "Shape":
        """What is known of a part, also where the schema is one of a part of a request."""
        if not path:
            return self
        first, rest = path[0], path[1:]
        if first in self.fields:
            return self.fields[first].at(rest)
        if self.item is not None and (first == ANY or first.isdecimal()):
            return self.item.at(rest)
        for name in self.fields.keys() & _CARRYING:
            if (found := self.fields[name].at(path)) != OPEN:
                return found
        return self.at(rest) if first in _PARTS and rest else OPEN

    def leaves(self, path: tuple[str, ...] = (), depth: int = 6) -> Iterator[tuple[tuple[str, ...], "Shape"]]:
        """Each part that something is known of, by its path."""
        if self.words or self.line or self.patterns:
            yield path, self
        for name, shape in self.fields.items() if depth else ():
            yield from shape.leaves((*path, name), depth - 1)
        if self.item is not None and depth:
            yield from self.item.leaves((*path, ANY), depth - 1)


OPEN = Shape()
_WORD = Shape(words=True, line=True)


class Check(NamedTuple):
    """A call that puts a value through a schema; ``wrapped`` in an object that says whether it passed."""

    shape: Shape
    value: At
    wrapped: bool
    raises: bool

    def within(self, path: tuple[str, ...]) -> tuple[str, ...] | None:
        """What is taken of the value, by what is taken of the answer; None of all but the value."""
        if not self.wrapped:
            return path
        return path[1:] if path and path[0] in _ANSWERS else None


class _Link(NamedTuple):
    """One call of a chain, with its name and place."""

    name: str
    at: At
    call: ir.Call


@dataclass(slots=True)
class Shapes:
    """Reads schemas, each once; those of JSON Schema where something is known to apply them (``json``)."""

    program: Program
    symbols: Symbols
    json: bool = False
    _known: dict[At, Shape] = field(default_factory=dict)

    def of(self, at: At, depth: int = _DEEPEST) -> Shape:
        """The shape of the schema that an expression stands for; an open one of what is no schema."""
        place = self._defined(at)
        if place not in self._known and depth:
            self._known[place] = OPEN
            self._known[place] = self._read(place, depth - 1)
        return self._known.get(place, OPEN)

    def check(self, at: At, call: ir.Call) -> Check | None:
        """What a call checks and gives back: ``Schema.parse(x)``, ``v.parse(Schema, x)``, ``schema.validate(x)``."""
        if not call.args or not self.program.is_script(at.module):
            return None
        name = self.program.called(at.to(call.callee))
        callee, first = self.program.value(at.to(call.callee)), at.to(call.args[0].value)
        paths = [s.path for s in self.symbols.resolve(at.to(call.callee)) if isinstance(s, External)]
        if name in _PARSING and len(call.args) > 1 and any(path.startswith("valibot.") for path in paths):
            return Check(
                self.of(first), at.to(call.args[1].value), name.startswith("safe"), not name.startswith("safe")
            )
        if not isinstance(callee, ir.Member):
            return None
        if name in _PARSING and not any(path.startswith(_OTHERS) for path in paths):
            return Check(self.of(at.to(callee.base)), first, name.startswith("safe"), not name.startswith("safe"))
        if name in _JOINED and any(path.startswith(_LIBRARIES) for path in paths):
            joi = name == "validate" and not any(path.startswith("yup") for path in paths)
            return Check(self.of(at.to(callee.base)), first, joi, not joi)
        return None

    def compiled(self, at: At) -> Shape:
        """What the validator lets through that Ajv's ``compile`` made of a schema."""
        place = self._defined(at)
        value = self.program.value(place)
        if not isinstance(value, ir.Call) or not value.args or self.program.called(place.to(value.callee)) != "compile":
            return OPEN
        made = (s.path for s in self.symbols.resolve(place.to(value.callee)) if isinstance(s, External))
        return self.of(place.to(value.args[0].value)) if any(path.startswith("ajv") for path in made) else OPEN

    def _defined(self, at: At) -> At:
        """Where the expression stands that a name leads to, in this file or another."""
        for _ in range(_DEEPEST):
            at = self.program.bare(at)
            value = self.program.value(at)
            found: object = None
            if isinstance(value, ir.Name):
                found = self.program.lexical(Fn(at.module, at.function), value.name)
            elif isinstance(value, ir.Import):
                found = self.program.imported(at.module, value.module, value.symbol)
            elif isinstance(value, ir.Member) and value.name not in {"shape", "_def"}:
                found = next((s.at for s in self.symbols.resolve(at) if isinstance(s, Data)), None)
            elif isinstance(value, ir.Opaque) and value.children:
                found = at.to(value.children[0])
            if not isinstance(found, At) or found == at:
                return at
            at = found
        return at

    def _read(self, at: At, depth: int) -> Shape:
        value = self.program.value(at)
        match value:
            case ir.Record():
                entries = {e.key: at.to(e.value) for e in value.entries if not e.spread}
                spread = [self.of(at.to(e.value), depth) for e in value.entries if e.spread]
                described = self._described(entries, depth) if self.json else None
                fields = {key: self.of(one, depth) for key, one in entries.items()}
                own = described or (
                    fields["type"] if entries.keys() <= _FRAMEWORKS and "type" in fields else Shape(fields)
                )
                return _together([*spread, own]) if spread else own
            case ir.Call():
                return self._chain(at, depth)
            case ir.Member(base=base):
                return self.of(at.to(base), depth)
            case ir.Sequence(items=items):
                return _together([self.of(at.to(item), depth) for item in items])
            case _:
                return OPEN

    # --- JSON Schema

    def _described(self, entries: Mapping[str, At], depth: int) -> Shape | None:
        """What ``{ type: "string", enum: […] }`` says; None of a record that is no JSON Schema."""
        said = {key: self.program.value(self._defined(at)) for key, at in entries.items()}
        kind = said.get("type")
        named = kind.text if isinstance(kind, ir.Literal) else ""
        listed = isinstance(said.get("enum"), ir.Sequence)
        if named not in _JSON_TYPES and not listed and not isinstance(said.get("const"), ir.Literal):
            return None
        if listed or "const" in said or named in {"integer", "number", "boolean", "null"}:
            return _WORD
        form, pattern = said.get("format"), said.get("pattern")
        if isinstance(form, ir.Literal) and form.text in _JSON_WORDS:
            return _WORD
        inner = self.of(entries["items"], depth) if "items" in entries else None
        held = said.get("properties")
        fields = self.of(entries["properties"], depth).fields if isinstance(held, ir.Record) else {}
        return Shape(fields, inner, patterns=(pattern.text,) if isinstance(pattern, ir.Literal) else ())

    # --- builders

    def _chain(self, at: At, depth: int) -> Shape:
        """``z.string().regex(/^a+$/)``: what it begins with, and what each call after that adds."""
        links = list(self._links(at))[::-1]
        shape = OPEN
        for position, link in enumerate(links):
            shape = self._linked(link, shape, depth, first=position == 0)
        return shape

    def _links(self, at: At) -> Iterator[_Link]:
        for _ in range(_MOST):
            value = self.program.value(at)
            if not isinstance(value, ir.Call):
                return
            callee = self.program.value(at.to(value.callee))
            yield _Link(self.program.called(at.to(value.callee)), at, value)
            if not isinstance(callee, ir.Member):
                return
            base = self.program.bare(at.to(callee.base))
            inner = self._defined(base)
            at = inner if isinstance(self.program.value(inner), ir.Call) else base

    def _linked(self, link: _Link, before: Shape, depth: int, *, first: bool) -> Shape:  # noqa: PLR0911 - one case a kind
        name = link.name
        given = [self._defined(link.at.to(a.value)) for a in link.call.args]
        values = [self.program.value(one) for one in given]
        if name in _OPENING:
            converts = name == "transform" and given and self.program.called(given[0]) in _CONVERTING
            return _WORD if converts or (name == "transform" and before.words) else OPEN
        if name in _CHOOSING:
            return _WORD if values and all(map(_is_constant, values)) else before
        if name in _WORDS:
            return _WORD
        if name in _LINES:
            return replace(before, line=True)
        if name in _PATTERNS or name in _FORMATS:
            given_texts = tuple(v.text for v in values[:1] if isinstance(v, ir.Literal))
            texts = (_FORMATS[name],) if name in _FORMATS else given_texts
            return replace(before, patterns=(*before.patterns, *texts))
        if name in _EITHER:
            options = [self.of(one, depth) for at in given for one in self._each(at)]
            return _either([before, *options] if name == "or" else options) if options else before
        shapes = [self.of(one, depth) for one in given]
        if name in {"array", "set", "Array", "items", "tuple"}:
            return Shape(item=_either(shapes) if shapes else before)
        if name == "pipe" and not first and len(shapes) == 1:
            return shapes[0]
        if name in _OBJECTS or (first and shapes):
            return _together([before, *shapes], parts=name in _OBJECTS)
        return before

    def _each(self, at: At) -> Iterator[At]:
        """The schemas of a list, or the one that is given."""
        value = self.program.value(at)
        if isinstance(value, ir.Sequence):
            yield from (at.to(item) for item in value.items)
        elif not isinstance(value, ir.Literal):
            yield at


def _is_constant(value: ir.Value) -> bool:
    return isinstance(value, ir.Literal) or (isinstance(value, ir.Sequence) and bool(value.items))


def _together(shapes: Iterable[Shape], *, parts: bool = True) -> Shape:
    """What is known of a value that passes each of several schemas; without what is said of it as a whole for parts."""
    held = [shape for shape in shapes if shape != OPEN]
    if len(held) == 1 and not parts:
        return held[0]
    fields = {name: shape for one in held for name, shape in one.fields.items()}
    texts = tuple(text for one in held for text in one.patterns)
    item = next((one.item for one in held if one.item), None)
    if parts:
        return Shape(fields, item)
    return Shape(fields, item, any(s.words for s in held), any(s.line for s in held), texts)


def _either(shapes: list[Shape]) -> Shape:
    """What is known whichever of several schemas a value passes: a part is asked of those that have it."""
    names = dict.fromkeys(name for one in shapes for name in one.fields)
    return Shape(
        {name: _either([one.fields[name] for one in shapes if name in one.fields]) for name in names},
        words=all(one.closed for one in shapes),
        line=all(one.one_line for one in shapes),
    )
