"""Secrets that stand in the source: constants in a provider's format, or random ones given to what is a credential."""

import re
from collections.abc import Iterator

import msgspec

from skillaudit import ir
from skillaudit.inventory import Inventory
from skillaudit.lapses import HardCoded
from skillaudit.linking.calls.gates import children
from skillaudit.linking.knowledge import gokeys, vocabulary
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import Data, External
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.model import Confidence, Location, Surface
from skillaudit.secretshapes import SecretShape, compared_shape, key_shape, password_shape, shape_of
from skillaudit.settingsfiles import SettingsFiles

_LOOKED_AT = {Surface.PRODUCTION, Surface.CLI, Surface.SCRIPT}
_PUBLIC = {
    "public", "publishable", "anon", "fake", "test", "testing", "dummy", "example", "mock", "sample", "demo",
    "placeholder", "invalid", "expected", "pattern", "regex", "prefix", "hash", "hashed", "digest", "checksum",
    "fingerprint", "measurement", "firebase", "site", "recaptcha", "trial", "template", "header", "label", "title",
}  # fmt: skip
_EQUAL = {"==", "===", "!=", "!=="}
_EITHER = {"or", "||", "??"}
_GETTERS = re.compile(r"(?:(?:get|look_?up|read|load|must|fetch)_?)?env(?:[A-Z_]\w*)?$|getenv$|get$", re.IGNORECASE)
"""What reads a setting: the library's functions, and a project's own ``getEnvOr(name, fallback)``."""

_SETTERS = {"Set", "Add", "SetHeader", "setHeader", "setRequestHeader"}
"""Methods of headers that take a name and a value."""

_COMPARERS = {"compare_digest", "timingSafeEqual", "ConstantTimeCompare"}
_PATTERNS = {
    "compile",
    "MustCompile",
    "Compile",
    "RegExp",
    "search",
    "match",
    "sub",
    "findall",
    "replace",
    "includes",
    "startswith",
    "startsWith",
}
_DEPTH = 4
_SCHEME = re.compile(r"(?:Bearer|Basic|Token|token|Bot|ApiKey) (?P<value>\S+)")
_PASSWORDS = {"password", "passwd", "passphrase", "pwd", "pass"}
_USERS = {"auth", "basic_auth", "http_auth", "credentials", "login"}
"""What a user's name and password are handed over as, in this order."""

_SECOND = re.compile(
    r"(?:^|\.)(?:HTTPBasicAuth|HTTPDigestAuth|HTTPProxyAuth|BasicAuth|NTLMAuth|PlainAuthProvider|UsernamePasswordCredential)$|"
    r"^(?:smtplib\.SMTP(?:_SSL)?|imaplib\.IMAP4(?:_SSL)?|ftplib\.FTP(?:_TLS)?|nntplib\.NNTP)\(\)\.login$|"
    r"^(?:jwt|jose\.jwt|jsonwebtoken)\.(?:encode|decode|sign|verify)$"
)
"""Calls whose second argument is a password or a key."""

_SIGNING = re.compile(
    r"^(?:jsonwebtoken(?:\.default)?\.(?:sign|verify)|crypto\.create(?:Hmac|Cipheriv|Decipheriv)|cookie-signature\.(?:sign|unsign))$"
)
"""Calls whose second argument is the key that they sign or encrypt with."""

_KEYED = re.compile(
    r"^(?:express-session|cookie-session|cookie-parser|express-jwt\.expressjwt|express-jwt|koa-jwt|koa-session|passport-jwt\.Strategy|"
    r"@nestjs/jwt\.JwtModule\.register(?:Async)?|iron-session\.\w+|hono/jwt\.jwt|@elysiajs/jwt\.jwt|"
    r"mcp-framework\.JWTAuthProvider)$"
)
_KEYED_NAMES = re.compile(r"sign$|verify$|^create(?:Hmac|(?:C|Dec)ipheriv)$|cookie|jwt|session", re.IGNORECASE)
_SIGNED = re.compile(r"(?:JWT_|WTF_CSRF_|SESSION_|FLASK_)?SECRET_KEY|secret_key")
_CONSTANT = re.compile(r"[A-Za-z]+(?:_[A-Za-z]+)*")
_KEYS = {"secret", "secretOrKey", "keys", "password"}
"""What middleware takes the key of its tokens or cookies as."""


def hard_coded(box: Toolbox) -> Iterator[HardCoded]:
    """Every such constant in code that ships or that its operators run, each place once."""
    seen: set[Location] = set()
    for fn in box.program.functions():
        surface = box.program.surface(fn.module)
        if surface not in _LOOKED_AT or box.program.is_test(fn.module):
            continue
        for name, line, shape, sure in _Reader(box, fn).all():
            location = box.program.location(fn.module, line)
            if location not in seen:
                seen.add(location)
                package = box.program.package_path(fn.module)
                yield HardCoded(location, surface, package, name, shape.kind, shape.length, sure)


def in_settings(settings: SettingsFiles, inventory: Inventory) -> Iterator[HardCoded]:
    """The same in committed ``.env`` files: a provider's format, or a random value under a credential's name."""
    surfaces = {file.path: file.surface for file in inventory.files}
    for held in settings.secrets:
        named = vocabulary.names_secret_variable(held.name) and _PUBLIC.isdisjoint(vocabulary.words(held.name.lower()))
        if held.provider or named or "address" in held.kind:
            sure = Confidence.HIGH if held.provider else Confidence.MEDIUM
            place, surface = Location(held.path, held.line, held.line), surfaces[held.path]
            yield HardCoded(place, surface, held.package, held.name, held.kind, held.length, sure)


Found = tuple[str, int, SecretShape, Confidence]


class _Reader(msgspec.Struct, frozen=True):
    """Reads one function."""

    box: Toolbox
    fn: Fn

    def all(self) -> Iterator[Found]:
        """Names and constants that belong together."""
        function = self.box.program.function(self.fn)
        yield from self._defaults()
        if not any(literal.kind == "str" for _, literal in self.box.program.of_kind(self.fn, ir.Literal)):
            return
        for number, value in enumerate(function.values):
            yield from self._value(number, value)
        for step in function.steps:
            if isinstance(step, ir.Store) and (name := step.name or self._text(step.key)):
                yield from self.given(name, step.value, step.line)
        for held in self.box.program.modules[self.fn.module].classes:
            for member in held.fields if held.scope == self.fn.number else ():
                yield from self.given(member.name, member.value, member.line)

    def _defaults(self) -> Iterator[Found]:
        """What a parameter holds where a caller gives nothing: ``def connect(password="…")``."""
        function = self.box.program.function(self.fn)
        scope = _Reader(self.box, Fn(self.fn.module, max(function.parent, 0)))
        for parameter in function.params if function.parent >= 0 else ():
            yield from scope.given(parameter.name, parameter.default, function.line)

    def _value(self, number: int, value: ir.Value) -> Iterator[Found]:
        match value:
            case ir.Variable():
                yield from self.given(value.name, value.value, value.line)
            case ir.Record():
                for entry in value.entries:
                    yield from self.given(entry.key, entry.value, entry.line or value.line)
            case ir.Call():
                yield from self._call(value)
            case ir.Operation(operator=operator, operands=(left, right)) if operator in _EQUAL:
                line = self._line(number) if self._text(left) or self._text(right) else 0
                yield from self._compared(left, right, line)
                yield from self._compared(right, left, line)
            case _:
                return

    def _call(self, call: ir.Call) -> Iterator[Found]:
        for argument in call.args:
            if argument.name:
                yield from self.given(argument.name, argument.value, argument.line or call.line)
        name = self.box.origins.name_of(self.fn.at(call.callee))
        values = [a.value for a in call.args if not a.name and not a.spread]
        if name in _COMPARERS and len(values) > 1:
            yield from self._compared(values[0], values[1], call.line)
            yield from self._compared(values[1], values[0], call.line)
        lines = {argument.value: argument.line or call.line for argument in call.args}
        getter = bool(_GETTERS.match(name))
        for literal in values if not getter and name not in _PATTERNS else ():
            shape = self._shape(literal)
            if shape is not None and (shape.provider or "address" in shape.kind):
                yield name, lines[literal], shape, Confidence.HIGH if shape.provider else Confidence.MEDIUM
        yield from self._second(call, name, values)
        if (getter or name in _SETTERS) and len(values) > 1 and (variable := self._text(values[0])):
            yield from self.given(variable, values[1], lines[values[1]])

    def _second(self, call: ir.Call, name: str, values: list[int]) -> Iterator[Found]:
        """The password or the key that is handed over behind a user's name or a text: ``HTTPBasicAuth("me", "…")``."""
        asked = values if self.box.program.modules[self.fn.module].language == "go" else values[1:2]
        told_so = any(map(self._text, asked)) or self._may_be_keyed(name, values)
        symbols = self.box.symbols.resolve(self.fn.at(call.callee)) if told_so else ()
        takes = any(isinstance(s, External) and _SECOND.search(s.path) for s in symbols)
        pairs = (self.box.program.value(self.fn.at(a.value)) for a in call.args if a.name in _USERS)
        told = [pair.items[1] for pair in pairs if isinstance(pair, ir.Sequence) and len(pair.items) == 2]  # noqa: PLR2004
        paths = [s.path for s in symbols if isinstance(s, External)]
        keys = values[1:2] if any(map(_SIGNING.match, paths)) else []
        keys += [key for value in values for key in self._keys(value)] if any(map(_KEYED.match, paths)) else []
        keys += [values[n] for path in paths for n in gokeys.keys(path) if n < len(values)]
        told += [values[n] for path in paths for n in gokeys.passwords(path) if n < len(values)]
        for literal in keys:
            if (shape := key_shape(self._text(literal) or self._named(literal))) is not None:
                yield name, call.line, shape, Confidence.MEDIUM
        for literal in (*(values[1:2] if takes else ()), *told):
            shape = password_shape(self._text(literal))
            if shape is not None:
                yield name, call.line, shape, Confidence.MEDIUM

    def _may_be_keyed(self, name: str, values: list[int]) -> bool:
        """Whether a script's call may be handed a key: an option is called so, or what is called."""
        if not self.box.program.is_script(self.fn.module):
            return False
        held = [self.box.program.value(self.fn.at(value)) for value in values]
        options = {entry.key for record in held if isinstance(record, ir.Record) for entry in record.entries}
        return bool(options & _KEYS) or bool(_KEYED_NAMES.search(name))

    def _named(self, value: int) -> str:
        """The constant that a name stands for."""
        held = self.box.program.bare(self.fn.at(value))
        known = [s.at for s in self.box.symbols.resolve(held) if isinstance(s, Data)]
        texts = [self.box.program.value(at) for at in (held, *known)]
        return next((text.text for text in texts if isinstance(text, ir.Literal) and text.kind == "str"), "")

    def _keys(self, value: int) -> Iterator[int]:
        """The keys among the options of a middleware, or the one that is handed over as such."""
        held = self.box.program.value(self.fn.at(value))
        match held:
            case ir.Record(entries=entries):
                given = [entry.value for entry in entries if entry.key in _KEYS]
            case _:
                given = [value]
        for number in given:
            several = self.box.program.value(self.fn.at(number))
            yield from several.items if isinstance(several, ir.Sequence) else (number,)

    def given(self, name: str, value: int, line: int) -> Iterator[Found]:
        """A constant under a name: random under a credential's, or in a provider's format under any."""
        shape = self._shape(value, name)
        if shape is None or not _PUBLIC.isdisjoint(vocabulary.words(name)):
            yield from self._signs(name, value, line)
        elif shape.provider:
            yield name, line, shape, Confidence.HIGH
        elif "address" in shape.kind or (vocabulary.names_credential(name) and not vocabulary.names_reference(name)):
            yield name, line, shape, Confidence.MEDIUM

    def _signs(self, name: str, value: int, line: int) -> Iterator[Found]:
        """What Python's web frameworks sign cookies and tokens with, whatever it looks like; no name of a setting."""
        text = self._text(value) if _SIGNED.fullmatch(name) else ""
        python = self.box.program.modules[self.fn.module].language == "python"
        if python and text and not _CONSTANT.fullmatch(text) and (shape := key_shape(text)) is not None:
            yield name, line, shape, Confidence.MEDIUM

    def _compared(self, value: int, other: int, line: int) -> Iterator[Found]:
        """A credential that must equal a constant."""
        name = self.box.origins.name_of(self.fn.at(value))
        text = self._text(other)
        shape = compared_shape(text) if text and line else None
        plain = _PUBLIC.isdisjoint(vocabulary.words(name)) and not vocabulary.names_reference(name)
        if shape is not None and plain and vocabulary.names_credential(name):
            yield name, line, shape, Confidence.MEDIUM

    def _shape(self, value: int, name: str = "") -> SecretShape | None:
        """The shape of what is given: of a header behind its scheme; a password is chosen by people."""
        text = self._text(value)
        scheme = _SCHEME.fullmatch(text) if name.lower() == "authorization" else None
        chosen = not _PASSWORDS.isdisjoint(vocabulary.words(name)[-1:])
        return (
            (shape_of(scheme["value"] if scheme else text) or (password_shape(text) if chosen else None))
            if text
            else None
        )

    def _text(self, value: int, depth: int = _DEPTH) -> str:
        """The constant that a value is, or falls back to."""
        held = self.box.program.value(At(self.fn.module, self.fn.number, value)) if value >= 0 else None
        match held:
            case ir.Literal(kind="str"):
                return held.text
            case ir.Operation() if held.operator in _EITHER and depth:
                return self._text(held.operands[-1], depth - 1)
            case ir.Text(parts=(only,)) if depth:
                return self._text(only, depth - 1)
            case ir.Call(args=(given,)) if depth and self._converts(held):
                return self._text(given.value, depth - 1)
            case _:
                return ""

    def _converts(self, call: ir.Call) -> bool:
        """Whether a call is Go's ``[]byte(text)``."""
        go = self.box.program.modules[self.fn.module].language == "go"
        return go and isinstance(self.box.program.value(self.fn.at(call.callee)), ir.Item)

    def _line(self, wanted: int) -> int:
        """The line of a comparison: that of the branch or step it decides; 0 where it decides nothing."""
        function = self.box.program.function(self.fn)
        tests = ((block.line, block.test) for block in function.blocks if block.test >= 0)
        given = ((s.line, s.value) for s in function.steps if isinstance(s, ir.Return) and s.value >= 0)
        return next((line for line, value in (*tests, *given) if self._holds(value, wanted)), 0)

    def _holds(self, value: int, wanted: int, depth: int = _DEPTH) -> bool:
        if value == wanted or not depth:
            return value == wanted
        held = self.box.program.value(At(self.fn.module, self.fn.number, value))
        return any(self._holds(child, wanted, depth - 1) for child in children(held))
