"""Records that a project writes into a file of its own: appended to a log file, or put into a logger's buffer.

A file counts as a log where it is opened to be appended to and its path, the function or the class around speaks of a
log. What a class keeps in a list and writes out later is written when it is put into the list.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.facts import Level, Sink
from skillaudit.linking.calls.gates import children
from skillaudit.linking.knowledge.logapis import LogApi
from skillaudit.linking.knowledge.vocabulary import words
from skillaudit.linking.names.program import At, Cls, Fn, Program
from skillaudit.linking.names.symbols import External, Symbols

_WRITES = re.compile(
    r"^(?P<opened>(?:io\.|codecs\.|aiofiles\.)?open\(\)|pathlib\.Path\(\)(?:\.\w+(?:\(\))?)*\.open\(\)|"
    r"(?:fs\.)?createWriteStream\(\)|os\.OpenFile\(\))\.(?:write|writelines|WriteString|Write)$"
)
_HANDLES = re.compile(
    r"^(?:(?:typing\.|io\.)?(?:TextIO|TextIOWrapper|IO|BinaryIO)|os\.File|fs\.WriteStream)\(\)\."
    r"(?:write|writelines|WriteString|Write)$"
)
_APPENDS = re.compile(r"^fs(?:\.promises|/promises)?\.appendFile(?:Sync)?$")
_PRINTS = re.compile(r"^(?:fmt\.Fprint(?:f|ln)?|io\.WriteString|print)$")
_MODE = re.compile(r"^[rwxabt+U]*a[rwxabt+U]*$")
_PATH = re.compile(r"\.log\b|(?:^|[/\\_.-])(?:logs?|audit)(?:[/\\_.-]|$)", re.IGNORECASE)
_WORDS = {"log", "logs", "logger", "logging", "audit", "auditor"}
_KEEPING = {"append", "push", "add", "put", "put_nowait", "appendleft", "enqueue", "extend", "unshift"}
_BY_HANDLE = LogApi("file", Level.INFO, Sink.FILE, "join")
_BY_PATH = LogApi("file", Level.INFO, Sink.FILE, "join", skip=1)
_FORMATTED = LogApi("file", Level.INFO, Sink.FILE, "format", skip=1)
_DEPTH = 6


@dataclass(slots=True)
class FileLogs:
    """Recognises such calls; remembers which fields a class writes out."""

    program: Program
    symbols: Symbols
    _kept: dict[Cls, frozenset[str]] = field(default_factory=dict)

    def api(self, fn: Fn, call: ir.Call) -> LogApi | None:
        """The log call that a write into a file is, or that keeping a text for such a write is."""
        return self._write(fn, call) or self._keep(fn, call)

    def is_log(self, fn: Fn, at: At) -> bool:
        """Whether a writer that a function hands on is a log's file."""
        return self._is_appended(fn, at)

    def _write(self, fn: Fn, call: ir.Call) -> LogApi | None:
        for symbol in self.symbols.resolve(fn.at(call.callee)):
            path = symbol.path if isinstance(symbol, External) else ""
            if _APPENDS.match(path) and call.args and (self._speaks(fn) or self._is_log(fn.at(call.args[0].value))):
                return _BY_PATH
            if (_WRITES.match(path) or _HANDLES.match(path)) and self._is_appended(fn, self._receiver(fn, call)):
                return _BY_HANDLE
            if _PRINTS.match(path) and (told := self._told(call, path)) >= 0 and self._is_appended(fn, fn.at(told)):
                by_name = path == "print"
                return _BY_HANDLE if by_name else _FORMATTED if path.endswith("f") else _BY_PATH
        return None

    def _receiver(self, fn: Fn, call: ir.Call) -> At:
        callee = self.program.value(fn.at(call.callee))
        return fn.at(callee.base if isinstance(callee, ir.Member) else call.callee)

    def _told(self, call: ir.Call, path: str) -> int:
        """The argument that says where the text goes."""
        if path == "print":
            return next((a.value for a in call.args if a.name == "file"), -1)
        return call.args[0].value if call.args else -1

    # --- the file

    def _is_appended(self, fn: Fn, at: At) -> bool:
        """Whether a handle leads to a file that is opened to be appended to, and is a log."""
        opened = next(self._opened(at, _DEPTH), None)
        if opened is None:
            return self._is_handle(at) and self._speaks(fn)
        call = self.program.value(opened)
        if not isinstance(call, ir.Call) or not self._appends(opened, call):
            return False
        callee = self.program.value(opened.to(call.callee))
        paths = [opened.to(argument.value) for argument in call.args]
        paths += [opened.to(callee.base)] if isinstance(callee, ir.Member) else []
        return self._speaks(fn) or any(self._is_log(path) for path in paths)

    def _opened(self, at: At, depth: int) -> Iterator[At]:
        """The calls that a handle comes from."""
        value = self.program.value(at)
        match value:
            case ir.Call():
                yield at
            case ir.Variable(value=inner) | ir.Item(base=inner) if depth:
                yield from self._opened(at.to(inner), depth - 1)
            case ir.Choice(options=options) if depth:
                for option in options:
                    yield from self._opened(at.to(option), depth - 1)
            case ir.Name(name=name) if depth:
                outer = self.program.lexical(Fn(at.module, at.function), name)
                yield from self._opened(outer, depth - 1) if outer else ()
            case ir.Member(name=name) if depth and isinstance(self.program.value(at.to(value.base)), ir.Receiver):
                owner = self.symbols.owner(Fn(at.module, at.function))
                for stored in self.symbols.stores(owner).get(name, ()) if owner else ():
                    yield from self._opened(stored, depth - 1)
            case _:
                return

    def _is_handle(self, at: At) -> bool:
        held = self.symbols.resolve(at)
        return any(isinstance(s, External) and _HANDLES.match(f"{s.path}.write") for s in held)

    def _appends(self, at: At, call: ir.Call) -> bool:
        """Whether a file is opened to be appended to: by its mode, its flags."""
        front, seen = [argument.value for argument in call.args], 0
        while front and seen < _DEPTH * _DEPTH:
            value = self.program.value(at.to(front.pop()))
            seen += 1
            if isinstance(value, ir.Literal) and _MODE.match(value.text):
                return True
            if isinstance(value, ir.Member | ir.Name) and value.name == "O_APPEND":
                return True
            if isinstance(value, ir.Record | ir.Operation):
                front.extend(children(value))
        return False

    # --- what speaks of a log

    def _speaks(self, fn: Fn) -> bool:
        """Whether the function or its class is named after a log."""
        owner = self.symbols.owner(fn)
        names = [self.program.function(fn).name, self.program.klass(owner).name if owner else ""]
        return any(_WORDS & {*words(name)} for name in names)

    def _is_log(self, at: At, depth: int = _DEPTH) -> bool:  # noqa: PLR0911 - one answer per kind of value
        """Whether a path, or what it is called, names a log."""
        value = self.program.value(at)
        if not depth:
            return False
        name = value.name if isinstance(value, ir.Variable | ir.Name | ir.Member) else ""
        if name and _WORDS & {*words(name)}:
            return True
        match value:
            case ir.Literal(kind="str", text=text):
                return bool(_PATH.search(text))
            case ir.Param(index=index):
                return bool(_WORDS & {*words(self.program.function(Fn(at.module, at.function)).params[index].name)})
            case ir.Name():
                outer = self.program.lexical(Fn(at.module, at.function), value.name)
                return outer is not None and self._is_log(outer, depth - 1)
            case ir.Variable(value=inner):
                return self._is_log(at.to(inner), depth - 1)
            case ir.Call(args=args):
                return any(self._is_log(at.to(argument.value), depth - 1) for argument in args)
            case ir.Member():
                return False
            case _:
                return any(self._is_log(at.to(child), depth - 1) for child in children(value))

    # --- buffers

    def _keep(self, fn: Fn, call: ir.Call) -> LogApi | None:
        """``self.buffer.append(record)``, where a method of the same logger writes the buffer out."""
        callee = self.program.value(fn.at(call.callee))
        if not isinstance(callee, ir.Member) or callee.name not in _KEEPING or not call.args:
            return None
        owner = self.symbols.owner(fn)
        if owner is None or not _WORDS & {*words(self.program.klass(owner).name)}:
            return None
        return _BY_HANDLE if self._field(fn.at(callee.base)) in self._written(owner) else None

    def _field(self, at: At) -> str:
        """The attribute of the object itself that a value is taken from."""
        value = self.program.value(at)
        while isinstance(value, ir.Item | ir.Variable | ir.Member):
            inner = at.to(value.value if isinstance(value, ir.Variable) else value.base)
            if isinstance(value, ir.Member) and isinstance(self.program.value(inner), ir.Receiver):
                return value.name
            at, value = inner, self.program.value(inner)
        return ""

    def _written(self, owner: Cls) -> frozenset[str]:
        """The attributes whose content the class's methods write into a file."""
        if owner not in self._kept:
            self._kept[owner] = frozenset(self._written_by(owner)) - {""}
        return self._kept[owner]

    def _written_by(self, owner: Cls) -> Iterator[str]:
        for method in self.program.klass(owner).methods:
            fn = Fn(owner.module, method.function)
            for _, call, _ in self.program.calls(fn):
                if self._write(fn, call) is not None:
                    yield from (found for a in call.args for found in self._fields(fn.at(a.value), _DEPTH))

    def _fields(self, at: At, depth: int) -> Iterator[str]:
        yield self._field(at)
        value = self.program.value(at)
        inner = (value.value,) if isinstance(value, ir.Variable) else children(value)
        for child in inner if depth else ():
            yield from self._fields(at.to(child), depth - 1)
