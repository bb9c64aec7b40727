"""Constant names of events: literals, constants of a module, members of an enumeration or of a table of identifiers."""

import re

from skillaudit import ir
from skillaudit.linking.names.program import At
from skillaudit.linking.names.symbols import Cls, Data, Instance, Symbols

_ID_KEYS = {"id", "eventId", "event_id", "logId", "log_id", "msgId", "msg_id", "messageId", "message_id", "code"}
_TABLE = re.compile(r"^[A-Z]\w*$")
_FEWEST = 2
_DEPTH = 4


def constant_of(symbols: Symbols, at: At, depth: int = _DEPTH) -> str:
    """The text that a name stands for; empty where it is none or may be several."""
    value = symbols.program.value(at)
    if isinstance(value, ir.Member) and value.name == "value" and depth:
        return constant_of(symbols, at.to(value.base), depth - 1)
    if not isinstance(value, ir.Member | ir.Name | ir.Import):
        return ""
    held = [symbols.program.value(s.at) for s in symbols.resolve(at) if isinstance(s, Data)]
    texts = {text.text for text in held if isinstance(text, ir.Literal) and text.kind == "str"}
    return texts.pop() if len(texts) == len(held) == 1 else ""


def identifier_of(symbols: Symbols, key: str, at: At) -> str:
    """``id: LogId.serverStarted``: the name under which a table of event identifiers holds what is recorded."""
    value = symbols.program.value(at)
    if key not in _ID_KEYS or not isinstance(value, ir.Member):
        return ""
    base = symbols.program.value(at.to(value.base))
    named = base.name if isinstance(base, ir.Variable | ir.Name | ir.Member) else ""
    named = base.symbol if isinstance(base, ir.Import) else named
    known = (_members(symbols, symbol) for symbol in symbols.resolve(at.to(value.base)))
    return value.name if _TABLE.match(named) and any(value.name in names for names in known) else ""


def _members(symbols: Symbols, symbol: object) -> frozenset[str]:
    """The names in a table of constants, or in an enumeration."""
    match symbol:
        case Data(at=at):
            held = symbols.program.value(at)
            names = {e.key for e in held.entries if e.key} if isinstance(held, ir.Record) else set()
        case Cls() as cls:
            names = {member.name for member in symbols.program.klass(cls).fields}
        case Instance(cls=cls):
            names = {member.name for member in symbols.program.klass(cls).fields if member.value >= 0}
        case _:
            names = set()
    return frozenset(names) if len(names) >= _FEWEST else frozenset()
