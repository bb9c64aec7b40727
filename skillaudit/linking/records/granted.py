"""What an upstream answer said where it is logged: that the request was refused, or that secrets are read out of it."""

from collections.abc import Iterator

import msgspec

from skillaudit import ir
from skillaudit.linking.calls.gates import children
from skillaudit.linking.knowledge import vocabulary
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.origins.checked import Site

_STATUSES = {"status", "status_code", "statusCode", "StatusCode", "code"}
_SUCCEEDED = {"ok", "is_success", "IsSuccess", "isSuccess", "success"}
_FAILED = {"is_error", "IsError", "isError", "is_client_error", "is_server_error", "error", "Error"}
_ERRORS = {"error", "errors", "error_description", "Error"}
_GETTING = {"get", "Get", "pop"}
_UNEQUAL = {"!=", "!==", "not in", "is not"}
_EQUAL = {"==", "===", "in"}
_ABOVE = {">=", ">"}
_BELOW = {"<", "<="}
_FIRST_ERROR = 300
_DEPTH = 6


class Granted(msgspec.Struct, frozen=True):
    """Reads the branches of one function at a time."""

    program: Program

    def refused(self, site: Site) -> bool:
        """Whether a step only runs where the answer's status, or the answer itself, says that the request failed."""
        fn, number, line = site
        blocks = self.program.function(fn).blocks
        around: set[int] = set()
        while number >= 0:
            block = blocks[number]
            around.add(number)
            asks = block.kind in {"if", "else"} and block.test >= 0
            if asks and self._fails(fn.at(block.test), sense=block.kind == "if"):
                return True
            number = block.parent
        left = (b for b in blocks if b.kind == "if" and b.exits and b.parent in around and b.end_line < line)
        return any(b.test >= 0 and self._fails(fn.at(b.test), sense=False) for b in left)

    def granted(self, fn: Fn, value: int) -> bool:
        """Whether the function reads a credential out of something that goes into a value."""
        within = set(self._within(fn.at(value), _DEPTH))
        return any(self.program.bare(fn.at(base)).value in within for base in self._read(fn))

    # --- branches

    def _fails(self, at: At, *, sense: bool) -> bool:  # noqa: PLR0911 - one answer per kind of condition
        """Whether a condition that holds, or does not, means that the request failed."""
        value = self.program.value(self.program.bare(at))
        match value:
            case ir.Operation(operator="not" | "!", operands=(inner,)):
                return self._fails(at.to(inner), sense=not sense)
            case ir.Operation(operator="or" | "||", operands=operands):
                meant = [self._fails(at.to(one), sense=sense) for one in operands]
                return all(meant) if sense else any(meant)
            case ir.Operation(operator="and" | "&&", operands=operands):
                meant = [self._fails(at.to(one), sense=sense) for one in operands]
                return any(meant) if sense else all(meant)
            case ir.Operation(operator=operator, operands=(one, other)):
                return self._compared(at.to(one), operator, at.to(other), sense=sense)
            case ir.Member(name=name):
                return name in (_FAILED if sense else _SUCCEEDED)
            case ir.Item(key=key):
                return sense and self._text(at.to(key)) in _ERRORS
            case ir.Call(callee=callee, args=args):
                asked = self.program.value(at.to(callee))
                gets = isinstance(asked, ir.Member) and asked.name in _GETTING and args
                return sense and bool(gets) and self._text(at.to(args[0].value)) in _ERRORS
            case _:
                return False

    def _compared(self, one: At, operator: str, other: At, *, sense: bool) -> bool:
        if operator in {"in", "not in"} and self._text(one) in _ERRORS:
            return sense == (operator == "in")
        asked = self.program.value(self.program.bare(one))
        if not isinstance(asked, ir.Member) or asked.name not in _STATUSES:
            return False
        good = self._is_success(other)
        if operator in _UNEQUAL | _EQUAL:
            return good is not None and (sense == (operator in _UNEQUAL)) == good
        if operator in _ABOVE | _BELOW:
            return good is False and sense == (operator in _ABOVE)
        return False

    def _is_success(self, at: At) -> bool | None:
        """Whether a status, or each of several, says that a request succeeded; None if it is not known."""
        value = self.program.value(self.program.bare(at))
        match value:
            case ir.Literal(kind="num", text=text) if text.isdecimal():
                return int(text) < _FIRST_ERROR
            case ir.Member(name=name) | ir.Name(name=name):
                return True if name.lower() in {"ok", "statusok", "created", "statuscreated", "http_200_ok"} else None
            case ir.Sequence(items=items) if items:
                said = {self._is_success(at.to(item)) for item in items}
                return said.pop() if len(said) == 1 else None
            case _:
                return None

    # --- what is read

    def _read(self, fn: Fn) -> Iterator[int]:
        """Everything out of which the function takes something whose name is a credential's."""
        values = self.program.function(fn).values
        for value in values:
            match value:
                case ir.Member(base=base, name=name) if vocabulary.names_credential(name):
                    yield base
                case ir.Item(base=base, key=key) if vocabulary.names_credential(self._text(fn.at(key))):
                    yield base
                case ir.Call(callee=callee, args=(first, *_)):
                    asked = values[callee]
                    named = vocabulary.names_credential(self._text(fn.at(first.value)))
                    if named and isinstance(asked, ir.Member) and asked.name in _GETTING:
                        yield asked.base
                case _:
                    continue

    def _within(self, at: At, depth: int) -> Iterator[int]:
        at = self.program.bare(at)
        yield at.value
        value = self.program.value(at)
        if depth and not isinstance(value, ir.Member | ir.Item | ir.Element):
            for child in children(value):
                yield from self._within(at.to(child), depth - 1)

    def _text(self, at: At) -> str:
        value = self.program.value(at)
        return value.text if isinstance(value, ir.Literal) and value.kind == "str" else ""
