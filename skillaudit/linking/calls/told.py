"""Listeners that run whenever something is told: ``bus.emit("saved", note)``, ``channel.publish(record)``.

Stricter than ``handovers``: one object must have made both, or one class, the listener must stay, and be put there by
code that runs. Sources: Node's documentation of ``events`` and ``diagnostics_channel``, RxJS' of ``Subject``, Python's
of ``queue`` and ``asyncio``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec
from msgspec.structs import replace

from skillaudit import ir
from skillaudit.linking.calls._making import made as made_by
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import External, Instance, Symbols

_HEARING = {"on", "addListener", "prependListener"}
_TELLING = {"emit", "emitAsync"}
_EMITTERS = re.compile(
    r"^(?:events(?:\.EventEmitter)?|eventemitter[23](?:\.EventEmitter)?|mitt|pyee(?:\.\w+)*\.\w*EventEmitter)\(\)$",
    re.IGNORECASE,
)
_CHANNELS = re.compile(r"^(?:diagnostics_channel\.channel|rxjs\.\w*Subject)\(\)$")
_PUBLISHING = {"publish", "next"}
_SUBSCRIBING = "diagnostics_channel.subscribe"
_LEAVING = {"removeAllListeners", "off", "removeListener"}
_QUEUES = re.compile(r"^(?:queue\.\w*Queue|asyncio\.(?:queues\.)?\w*Queue|janus\.Queue)\(\)$")
_PUTTING = {"put", "put_nowait"}
_TAKING = {"get", "get_nowait"}
_QUEUE = " queue"
"""What stands for the event of a queue's items."""


class Heard(msgspec.Struct, frozen=True):
    """A listener ``target`` that ``fn`` puts there: the emitter or channel, and the name of the event."""

    fn: Fn
    emitter: At
    event: str
    target: Fn


class Telling(msgspec.Struct, frozen=True):
    """The call ``value`` of ``fn``, which tells an emitter of an event; its arguments from ``skips`` on go there."""

    fn: Fn
    value: int
    line: int
    block: int
    emitter: At
    event: str
    skips: int


@dataclass(slots=True)
class Told:
    """Reads every call once; ``used`` is asked whether something runs a function."""

    program: Program
    symbols: Symbols
    _heard: dict[str, list[Heard]] = field(default_factory=dict)
    _gone: list[tuple[Fn, At, str]] = field(default_factory=list)
    _telling: list[Telling] = field(default_factory=list)
    _taking: list[tuple[Fn, At]] = field(default_factory=list)

    def edges(self, used: set[Fn]) -> Iterator[tuple[Telling, Fn]]:
        """Who tells, by which call, and which listener runs then; only functions of ``used`` put listeners there."""
        for fn in self.program.functions():
            for value, call, block in self.program.calls(fn):
                callee = self.program.value(fn.at(call.callee))
                if isinstance(callee, ir.Member) and (call.args or callee.name in _TAKING | _LEAVING):
                    self._read(Telling(fn, value, call.line, block, fn.at(callee.base), "", 0), call, callee)
                elif self.program.called(fn.at(call.callee)) == "subscribe":
                    self._subscribed(fn, call)
        if any(one.event == _QUEUE for one in self._telling):
            held = [Heard(fn, base, "", fn) for fn, base in self._taking if self._is(base, _QUEUES)]
            self._heard[_QUEUE] = held
        for telling in self._telling:
            for one in self._heard.get(telling.event, ()):
                stays = not (one.fn.number and one.fn not in used) and not self._left(one)
                if stays and self._is_same(one.emitter, telling.emitter) and one.target != telling.fn:
                    yield telling, one.target

    def _read(self, told: Telling, call: ir.Call, callee: ir.Member) -> None:
        fn, base = told.fn, told.emitter
        if callee.name in _HEARING and (event := self._event(fn, call)):
            self._note(fn, base, event, call)
        elif callee.name in _TELLING and (event := self._event(fn, call)):
            self._telling.append(replace(told, event=event, skips=1))
        elif callee.name in _LEAVING:
            self._gone.append((fn, base, self._event(fn, call)))
        elif callee.name in _PUBLISHING | {"subscribe"} and (name := self._channel(base)):
            if callee.name == "subscribe":
                self._note(fn, base, name, call)
            else:
                self._telling.append(replace(told, event=name))
        elif callee.name == "subscribe":
            self._subscribed(fn, call)
        elif self.program.modules[fn.module].language == "python" and fn.number:
            if callee.name in _TAKING:
                self._taking.append((fn, base))
            elif callee.name in _PUTTING and self._is(base, _QUEUES):
                self._telling.append(replace(told, event=_QUEUE))

    def _subscribed(self, fn: Fn, call: ir.Call) -> None:
        """``diagnostics_channel.subscribe("name", listener)``."""
        paths = {one.path for one in self.symbols.resolve(fn.at(call.callee)) if isinstance(one, External)}
        if _SUBSCRIBING in paths and (event := self._event(fn, call)):
            self._note(fn, fn.at(call.callee), f" {event}", call)

    def _note(self, fn: Fn, emitter: At, event: str, call: ir.Call) -> None:
        for argument in call.args:
            for target in self.symbols.resolve(fn.at(argument.value)):
                if isinstance(target, Fn):
                    self._heard.setdefault(event, []).append(Heard(fn, emitter, event, target))

    def _event(self, fn: Fn, call: ir.Call) -> str:
        first = self.program.value(self.program.bare(fn.at(call.args[0].value))) if call.args else None
        return first.text if isinstance(first, ir.Literal) and first.kind == "str" else ""

    def _channel(self, at: At) -> str:
        """A channel's name behind a blank; a subject's, which has none, is one alone; empty where it is neither."""
        if not self._is(at, _CHANNELS):
            return ""
        made = made_by(self.program, at)
        call = self.program.value(made) if made else None
        named = self._event(Fn(made.module, made.function), call) if made and isinstance(call, ir.Call) else ""
        return f" {named}"

    def _is(self, at: At, pattern: re.Pattern[str]) -> bool:
        return any(isinstance(one, External) and pattern.match(one.path) for one in self.symbols.resolve(at))

    def _is_same(self, one: At, other: At) -> bool:
        """Whether two expressions are one emitter: the same call makes both, or they are of the same class."""
        made, told = made_by(self.program, one), made_by(self.program, other)
        first, second = self._classes(one), self._classes(other)
        if first and second:
            return bool(first & second)
        if made is not None and told is not None:
            return made == told or self._channel(one) == self._channel(other) != ""
        named = self.program.called(one) == self.program.called(other) and self._emits(one) and self._emits(other)
        return named or self._names_channel(one)

    def _emits(self, at: At) -> bool:
        return self._is(at, _EMITTERS) or self._is(at, _QUEUES)

    def _names_channel(self, at: At) -> bool:
        return any(isinstance(one, External) and one.path == _SUBSCRIBING for one in self.symbols.resolve(at))

    def _left(self, one: Heard) -> bool:
        """Whether the listener is taken away where it was put there, later in the same function."""
        later = [held for held in self._gone if held[0] == one.fn and held[1].value >= one.emitter.value]
        return any(event in {"", one.event} and self._is_same(one.emitter, emitter) for _, emitter, event in later)

    def _classes(self, at: At) -> set[object]:
        value = self.program.value(at)
        own = self.symbols.owner(Fn(at.module, at.function)) if isinstance(value, ir.Receiver) else None
        return {own} if own else {symbol.cls for symbol in self.symbols.resolve(at) if isinstance(symbol, Instance)}
