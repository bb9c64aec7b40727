"""HTTP statuses that code of a server answers with, by the ways of the usual frameworks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from skillaudit import ir
from skillaudit.linking.names.program import Fn, Program
from skillaudit.linking.names.symbols import Formal, Symbols
from skillaudit.linking.origins.origins import Origins

_NAMED = {
    "unauthorized": 401, "forbidden": 403, "toomanyrequests": 429, "badrequest": 400, "notfound": 404,
    "badgateway": 502, "proxyauthrequired": 407, "conflict": 409, "gone": 410, "misdirectedrequest": 421,
    "notacceptable": 406, "unprocessableentity": 422, "httpunauthorized": 401, "httpforbidden": 403,
    "httptoomanyrequests": 429, "httpresponseforbidden": 403, "httpresponsebadrequest": 400,
    "httpresponsenotfound": 404, "httpbadrequest": 400, "httpnotfound": 404, "permissiondenied": 403,
    "errunauthorized": 401, "errforbidden": 403, "unauthorizedexception": 401, "forbiddenexception": 403,
    "badrequestexception": 400, "notfoundexception": 404, "throttlerexception": 429,
}  # fmt: skip
_CONSTANT = re.compile(r"^(?:HTTP_|Status_?)?(\d{3})?_?([A-Za-z_]*)$")
_FIRST = {
    "status", "code", "sendStatus", "writeHead", "throw", "WriteHeader", "AbortWithStatus", "AbortWithStatusJSON",
    "AbortWithError", "JSON", "String", "Status", "SendStatus", "NewHTTPError", "NewError", "HTTPException", "abort",
    "createError", "createHttpError", "HttpError", "send_response", "send_error", "set_status", "NoContent",
    "IndentedJSON", "HTTPError", "Data", "HTML", "XML", "Blob", "SendString",
}  # fmt: skip
"""Calls whose first argument may be the status."""
_LAST = {"http.Error", "Error", "json", "text", "body", "html", "newResponse", "HttpException", "Problem", "WriteError"}
"""Calls whose second or third argument may be the status."""
_KEYWORDS = {"status", "status_code", "statusCode", "code"}
_RESPONSES = re.compile(
    r"^(?:Response|NextResponse|\w*Response|HTTPException|json_response|HTTPError|error_response|createError)$"
)
_MAKERS = {
    "HTTPUnauthorized",
    "HTTPForbidden",
    "HTTPTooManyRequests",
    "HttpResponseForbidden",
    "HttpResponseBadRequest",
}
_EXCEPTIONS = re.compile(r"^(?:Unauthorized|Forbidden|BadRequest|NotFound|Throttler)Exception$")
_SHORTHANDS = re.compile(r"^(?:res|resp|response|reply|h|ctx|c)$")
_SAID = {"unauthorized": 401, "forbidden": 403, "tooManyRequests": 429}
_STORED = {"statusCode", "status", "status_code"}
_ERRORS = range(400, 600)
_UNWRAPPED = 3


class Answer(msgspec.Struct, frozen=True):
    """A step that answers with an error status; ``value`` is the call or the stored value, ``raised`` an exception."""

    status: int
    value: int
    block: int
    line: int
    raised: bool = False


@dataclass(slots=True)
class Statuses:
    """Reads the answers of functions."""

    program: Program
    symbols: Symbols
    origins: Origins
    _passed: dict[Fn, tuple[int, ...]] = field(default_factory=dict)

    def of(self, fn: Fn) -> Iterator[Answer]:
        """Every step of a function that answers with a client or server error, in source order."""
        function = self.program.function(fn)
        raised = {step.value for step in function.steps if isinstance(step, ir.Raise)}
        for step in function.steps:
            match step:
                case ir.Do():
                    call = function.values[step.value]
                    status = self._called(fn, call) or self._through(fn, call) if isinstance(call, ir.Call) else 0
                    if status in _ERRORS and isinstance(call, ir.Call):
                        yield Answer(status, step.value, step.block, call.line, raised=step.value in raised)
                case ir.Store(name=name) if name in _STORED and step.base >= 0:
                    status = self.number(fn, step.value)
                    if status in _ERRORS and self._is_response(fn, step.base):
                        yield Answer(status, step.value, step.block, step.line)
                case ir.Return() if step.value >= 0:
                    status = self._pair(fn, step.value)
                    if status in _ERRORS:
                        yield Answer(status, step.value, step.block, step.line)
                case _:
                    continue

    def _through(self, fn: Fn, call: ir.Call) -> int:
        """The status that a helper of the project is given to answer with: ``writeError(w, 401, "…")``."""
        for target in self.symbols.resolve(fn.at(call.callee)):
            if not isinstance(target, Fn) or target == fn:
                continue
            for index in self.passed(target):
                for at in self.origins.arguments(fn, call, Formal(target, index)):
                    if Fn(at.module, at.function) == fn and (status := self.number(fn, at.value)):
                        return status
        return 0

    def passed(self, fn: Fn) -> tuple[int, ...]:
        """The parameters of a function that become the status of its answer."""
        if fn not in self._passed:
            self._passed[fn] = ()
            found = dict.fromkeys(index for _, call, _ in self.program.calls(fn) for index in self._slots(fn, call))
            stored = (
                index
                for step in self.program.function(fn).steps
                if isinstance(step, ir.Store) and step.name in _STORED and step.base >= 0
                for index in self._parameter(fn, step.value)
                if self._is_response(fn, step.base)
            )
            self._passed[fn] = tuple(dict.fromkeys((*found, *stored)))
        return self._passed[fn]

    def _slots(self, fn: Fn, call: ir.Call) -> Iterator[int]:
        name = self.origins.name_of(fn.at(call.callee))
        plain = [a.value for a in call.args if not a.name]
        if name in _FIRST:
            yield from (index for value in plain[:1] for index in self._parameter(fn, value))
        if name in _LAST:
            yield from (index for value in plain[1:3] for index in self._parameter(fn, value))
        if name in _LAST or _RESPONSES.match(name) or name == "send":
            for argument in call.args:
                if argument.name in _KEYWORDS:
                    yield from self._parameter(fn, argument.value)
                held = self.program.value(fn.at(argument.value))
                for entry in held.entries if isinstance(held, ir.Record) else ():
                    if entry.key in _KEYWORDS:
                        yield from self._parameter(fn, entry.value)

    def _parameter(self, fn: Fn, value: int) -> Iterator[int]:
        held = self.program.value(fn.at(value))
        for _ in range(_UNWRAPPED):
            if not isinstance(held, ir.Variable):
                break
            held = self.program.value(fn.at(held.value))
        if isinstance(held, ir.Param):
            yield held.index

    def _is_response(self, fn: Fn, base: int) -> bool:
        name = self.origins.name_of(fn.at(base))
        return bool(_SHORTHANDS.match(name)) or "res" in name.lower()

    def _pair(self, fn: Fn, value: int) -> int:
        """Flask's ``return body, 401``."""
        held = self.program.value(fn.at(value))
        if self.program.modules[fn.module].language != "python" or not isinstance(held, ir.Sequence):
            return 0
        return self.number(fn, held.items[1]) if len(held.items) in {2, 3} else 0

    def _called(self, fn: Fn, call: ir.Call) -> int:
        name = self.origins.name_of(fn.at(call.callee))
        status = self._keyword(fn, call) if _RESPONSES.match(name) or name == "send" else 0
        if status:
            return status
        plain = [a.value for a in call.args if not a.name]
        if name in _FIRST and plain and (status := self.number(fn, plain[0])):
            return status
        if name in _LAST and len(plain) > 1:
            return next((s for value in plain[1:3] if (s := self.number(fn, value) or self._told(fn, value))), 0)
        if name in _MAKERS or _EXCEPTIONS.match(name):
            return _NAMED.get(name.lower(), 0)
        callee = self.program.value(fn.at(call.callee))
        if name in _SAID and isinstance(callee, ir.Member) and self._is_response(fn, callee.base):
            return _SAID[name]
        return 0

    def _keyword(self, fn: Fn, call: ir.Call) -> int:
        """``status_code=401``, ``{status: 401}``, ASGI's ``{"type": "http.response.start", "status": 401}``."""
        for argument in call.args:
            if argument.name in _KEYWORDS and (status := self.number(fn, argument.value)):
                return status
        for argument in call.args[:2]:
            if status := self._told(fn, argument.value):
                return status
        plain = [a.value for a in call.args if not a.name]
        return next((s for value in plain[:2] if (s := self.number(fn, value))), 0)

    def _told(self, fn: Fn, value: int) -> int:
        """The status in a record of options."""
        held = self.program.value(fn.at(value))
        entries = held.entries if isinstance(held, ir.Record) else ()
        told = (self.number(fn, entry.value) for entry in entries if entry.key in _KEYWORDS)
        return next((status for status in told if status), 0)

    def number(self, fn: Fn, value: int) -> int:
        """A literal status, or a constant such as ``http.StatusForbidden`` or ``HTTPStatus.FORBIDDEN``."""
        held = self.program.value(fn.at(value))
        for _ in range(_UNWRAPPED):
            if not isinstance(held, ir.Variable):
                break
            held = self.program.value(fn.at(held.value))
        match held:
            case ir.Literal(kind="num", text=text) if text.isdecimal():
                return int(text)
            case ir.Member(name=name) | ir.Name(name=name) | ir.Import(symbol=name):
                return _constant(name)
            case ir.Choice(options=options):
                return next((s for option in options if (s := self.number(fn, option))), 0)
            case _:
                return 0


def _constant(name: str) -> int:
    found = _CONSTANT.match(name)
    if found is None:
        return 0
    return int(found[1]) if found[1] else _NAMED.get(found[2].replace("_", "").lower(), 0)
