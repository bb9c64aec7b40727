"""What a library's answer says of the value it was asked about: ``startswith``, ``includes``, ``test``."""

from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from skillaudit import ir
from skillaudit.linking.flows.aspects import Aspects
from skillaudit.linking.flows.guards import Guard, Proof
from skillaudit.linking.names.program import At
from skillaudit.linking.names.symbols import External

_BEGINS = {"startswith", "startsWith", "HasPrefix"}
_ENDS = {"endswith", "endsWith", "HasSuffix"}
_HOLDS = {
    "includes",
    "contains",
    "Contains",
    "__contains__",
    "has",
    "ContainsAny",
    "includesAny",
    "hasOwnProperty",
    "intersection",
    "isdisjoint",
    "hasOwn",
}
_MATCHES = {"test", "match", "fullmatch", "search", "MatchString", "Match", "exec", "FindString", "FindStringSubmatch"}
_PLAIN = {
    "isdigit",
    "isalnum",
    "isidentifier",
    "isnumeric",
    "isalpha",
    "isInteger",
    "isdecimal",
    "isFinite",
    "isSafeInteger",
}
_WORDS = {
    "isAlphanumeric": "^[A-Za-z0-9]+$", "isAlpha": "^[A-Za-z]+$", "isInt": "^[-+]?[0-9]+$",
    "isNumeric": "^[-+]?[0-9.]+$",
    "isDecimal": "^[-+]?[0-9.]+$", "isFloat": "^[-+]?[0-9.eE]+$", "isHexadecimal": "^[0-9a-fA-F]+$",
    "isPort": "^[0-9]+$",
    "isUUID": "^[0-9a-fA-F-]+$", "isMongoId": "^[0-9a-f]{24}$", "isIP": "^[0-9a-fA-F:.]+$", "isIPv4": "^[0-9.]+$",
    "isIPv6": "^[0-9a-fA-F:.]+$", "isSlug": "^[a-z0-9_-]+$", "isFQDN": "^[A-Za-z0-9.-]+$", "isBase32": "^[A-Z2-7=]+$",
    "isMD5": "^[0-9a-f]{32}$", "isJWT": "^[A-Za-z0-9._-]+$", "isSemVer": "^[A-Za-z0-9.+-]+$",
}  # fmt: skip
"""What validator.js and Node's ``net`` say of a text, as patterns."""

_LOOKS = {"get", "Get", "find", "lookup", "Lookup"}
PRIVATE = {
    "is_private", "is_loopback", "is_link_local", "IsPrivate", "IsLoopback", "IsLinkLocalUnicast", "isPrivate",
    "isLoopback", "isPrivateIP", "is_private_ip", "isPrivateIp", "is_reserved", "IsUnspecified",
}  # fmt: skip
PUBLIC = {"is_global", "IsGlobalUnicast"}
"""What addresses are asked about; which of the answers are enough, ``guards.judge`` knows."""
_NUMBERS = {"int", "float", "bool", "number", "boolean", "complex", "uuid.UUID", "UUID"}


@dataclass(slots=True)
class Questions:
    """Reads one call at a time."""

    aspects: Aspects

    def of(self, at: At, call: ir.Call, *, truth: bool) -> Iterator[Guard]:  # noqa: C901, PLR0912 - one case per method
        """What a call of a foreign function proves of its subject where its answer has this truth."""
        name = self.aspects.taints.hints.name_of(at.to(call.callee))
        subject, others = self._parts(at, call)
        if subject is None:
            return
        first = others[0] if others else None
        match name:
            case _ if name in _BEGINS and first is not None:
                yield from self._begins(at, subject, first, truth)
            case _ if name in _ENDS and first is not None and truth:
                texts, dotted = self.aspects.literals(first), self.aspects.begins_with_dot(first)
                yield self.aspects.guard(Proof.SUFFIX, at, subject, details=texts, whole=dotted)
            case _ if name in _HOLDS:
                yield from self.holding(at, call, truth)
            case "is_relative_to" | "IsLocal" if truth:
                yield self.aspects.guard(Proof.CONTAINED, at, subject, whole=True, normalised=name == "IsLocal")
            case "isabs" | "isAbsolute" | "is_absolute" | "IsAbs" if not truth:
                yield self.aspects.guard(Proof.RELATIVE, at, subject)
            case _ if name in _MATCHES:
                yield from self._matched(at, call, name, truth)
            case _ if name in _PLAIN and truth:
                yield self.aspects.guard(Proof.PLAIN, at, subject)
            case _ if name in _WORDS and truth and self._of_library(at, call):
                yield self.aspects.guard(Proof.PATTERN, at, subject, details=(_WORDS[name],))
            case "isinstance" if truth and first is not None:
                if self.aspects.taints.hints.name_of(first) in _NUMBERS:
                    yield self.aspects.guard(Proof.PLAIN, at, subject)
            case _ if (name in PRIVATE and not truth) or (name in PUBLIC and truth):
                yield self.aspects.guard(Proof.PUBLIC, at, subject, details=(name,))
            case _ if (
                name in _LOOKS
                and truth
                and first is not None
                and not self.aspects.keys(subject)
                and self.aspects.keys(first)
            ):
                yield self.aspects.guard(Proof.MEMBER, at, first)
            case _:
                return

    def _parts(self, at: At, call: ir.Call) -> tuple[At | None, list[At]]:
        """The value that a call asks about, and what it is compared with: ``s.has(x)``, ``strings.HasPrefix(s, x)``."""
        callee = self.aspects.taints.program.value(at.to(call.callee))
        arguments = [at.to(a.value) for a in call.args]
        symbols = self.aspects.taints.symbols.resolve(at.to(callee.base)) if isinstance(callee, ir.Member) else ()
        package = any(isinstance(s, External) and "(" not in s.path and "[" not in s.path for s in symbols)
        if isinstance(callee, ir.Member) and not (package and len(arguments) > 0 and self._is_module(at, callee)):
            return at.to(callee.base), arguments
        return (arguments[0], arguments[1:]) if arguments else (None, [])

    def _of_library(self, at: At, call: ir.Call) -> bool:
        symbols = self.aspects.taints.symbols.resolve(at.to(call.callee))
        return any(isinstance(s, External) and s.path.startswith(("validator.", "net.")) for s in symbols)

    def _is_module(self, at: At, callee: ir.Member) -> bool:
        """Whether ``base.name`` is a function of a module and not the method of an object."""
        program = self.aspects.taints.program
        held = program.given(at.to(callee.base))
        match program.value(held):
            case ir.Name(name=name):
                return name in {"Number", "Object", "Array"}
            case ir.Member() as inner:
                return self._is_module(held, inner)
            case value:
                return isinstance(value, ir.Import)

    def _begins(self, at: At, subject: At, first: At, truth: bool) -> Iterator[Guard]:  # noqa: FBT001
        texts = self.aspects.literals(first)
        if truth:
            texts = () if self.aspects.is_joined(first) else texts
            listed = bool(texts) and all(text.endswith("/") and not text.endswith("//") for text in texts)
            whole = listed or self.aspects.ends_whole(first) or (not texts and self.aspects.ends_whole(subject))
            yield self.aspects.guard(Proof.PREFIX, at, subject, details=texts, whole=whole)
        elif any(text.startswith("..") for text in texts) and self.aspects.is_relative(subject):
            yield self.aspects.guard(Proof.CONTAINED, at, subject, whole=True, normalised=True)
        elif any(text.startswith("-") for text in texts):
            yield self.aspects.guard(Proof.NO_DASH, at, subject)
        elif texts == ("/",):
            yield self.aspects.guard(Proof.RELATIVE, at, subject)
        else:
            yield self.aspects.guard(Proof.LACKS, at, subject, details=texts)

    def holding(self, at: At, call: ir.Call, truth: bool) -> Iterator[Guard]:  # noqa: FBT001
        """``SET.has(x)`` and ``list.includes(x)`` ask about ``x``, ``text.includes("..")`` about the text."""
        subject, others = self._parts(at, call)
        first = others[0] if others else None
        if subject is None or first is None:
            return
        truth = truth != (self.aspects.taints.hints.name_of(at.to(call.callee)) == "isdisjoint")
        texts = self.aspects.literals(first)
        if self.aspects.taints.hints.name_of(at.to(call.callee)) == "ContainsAny":  # Go: any of these characters
            texts = tuple(character for text in texts for character in text)
        if not self.aspects.keys(first) and (texts or truth):
            if self.aspects.keys(subject):
                yield self.aspects.guard(Proof.INCLUDES if truth else Proof.LACKS, at, subject, details=texts)
        elif self.aspects.keys(first) and (not truth or self.aspects.apart(first, subject)):
            blocked = () if truth else self.aspects.literals(subject)
            yield self.aspects.guard(Proof.MEMBER if truth else Proof.LACKS, at, first, details=blocked)

    def _matched(self, at: At, call: ir.Call, name: str, truth: bool) -> Iterator[Guard]:  # noqa: FBT001
        """``re.fullmatch(p, x)``, ``PATTERN.match(x)``, ``/…/.test(x)``, ``x.match(/…/)``."""
        callee = self.aspects.taints.program.value(at.to(call.callee))
        places = [at.to(callee.base)] if isinstance(callee, ir.Member) else []
        places += [at.to(a.value) for a in call.args]
        found = {place: self._patterns(place) for place in places}
        texts = [text for held in found.values() for text in held]
        subjects = [place for place, held in found.items() if not held and self.aspects.keys(place)]
        if texts and subjects:
            python = self.aspects.taints.program.modules[at.module].language == "python"
            kept = texts[:1] if truth else texts
            guard = self.aspects.guard(Proof.PATTERN if truth else Proof.LACKS, at, subjects[-1], details=tuple(kept))
            start = python and name == "match"
            yield replace(guard, whole=name == "fullmatch", normalised=start) if truth else guard

    def _patterns(self, at: At) -> tuple[str, ...]:
        """The texts of a pattern, or of all patterns of the list that a callback goes through."""
        value = self.aspects.taints.definition(at)
        if isinstance(value, ir.Param):
            return self.aspects.literals(at)
        constant = isinstance(value, ir.Literal) and value.kind in {"regex", "str"} and not self.aspects.keys(at)
        return (value.text,) if isinstance(value, ir.Literal) and constant else ()
