"""Go: commands whose fields are set: ``&exec.Cmd{Path: …, Args: …}``, ``cmd.Args = …``, what a shell reads."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.linking.flows.taints import Taints
from skillaudit.linking.flows.words import Word, Words
from skillaudit.linking.names.program import At, Fn

_RUNS = re.compile(r"^os/exec\.(?:Cmd|Command|CommandContext)\(\)\.(?:Run|Start|Output|CombinedOutput)$")
_CONTEXT = "CommandContext"


def runs(path: str) -> bool:
    """Whether a call of the dotted path starts a command that was put together before."""
    return bool(_RUNS.match(path))


@dataclass(slots=True)
class GoCommands:
    """Reads the fields of one command at a time."""

    taints: Taints
    words: Words

    def lines(self, fn: Fn, number: int, call: ir.Call) -> Iterator[list[Word]]:
        """The command lines that the fields make of a command, where some are set."""
        held = self._command(fn, call)
        if held is None:
            return
        value = self.taints.program.value(held)
        fields = {entry.key: held.to(entry.value) for entry in value.entries} if isinstance(value, ir.Record) else {}
        first = [Word(one, (fn, number)) for one in self._told(held)]
        if fields and (opened := self._opened(fields, fn, number)):
            yield opened
        for stored in self._stored(fn, held, "Args"):
            added = self.words.of(stored, fn, number)
            yield from ([*first, *line[1:]] if self._name(line[0].at) == "Args" else line for line in added if line)
        for stored in self._stored(fn, held, "Path"):
            yield [Word(stored, (fn, number)), *first[1:]]

    def read(self, fn: Fn, call: ir.Call) -> Iterator[At]:
        """What the command reads from its standard input, where it is a program without arguments."""
        held = self._command(fn, call)
        if held is not None and len(self._told(held)) == 1:
            yield from self._stored(fn, held, "Stdin")

    def program(self, fn: Fn, call: ir.Call) -> At | None:
        """The program of a command that a call made."""
        held = self._command(fn, call)
        return next(iter(self._told(held)), None) if held else None

    def _told(self, at: At) -> list[At]:
        """The program and its arguments that a command is made with."""
        value = self.taints.program.value(at)
        given = [at.to(a.value) for a in value.args] if isinstance(value, ir.Call) else []
        return given[1:] if isinstance(value, ir.Call) and self._name(at.to(value.callee)) == _CONTEXT else given

    def _command(self, fn: Fn, call: ir.Call) -> At | None:
        callee = self.taints.program.value(fn.at(call.callee))
        return self.taints.program.bare(fn.at(callee.base)) if isinstance(callee, ir.Member) else None

    def _opened(self, fields: dict[str, At], fn: Fn, number: int) -> list[Word]:
        """The path of the program and the words behind the name that it is told to have."""
        listed = self.words.of(fields["Args"], fn, number)[0] if "Args" in fields else []
        return [Word(fields["Path"], (fn, number)), *listed[1:]] if "Path" in fields else listed

    def _stored(self, fn: Fn, command: At, name: str) -> Iterator[At]:
        for step in self.taints.program.function(fn).steps:
            named = isinstance(step, ir.Store) and step.name == name and step.base >= 0
            if isinstance(step, ir.Store) and named and self.taints.program.bare(fn.at(step.base)) == command:
                yield fn.at(step.value)

    def _name(self, at: At) -> str:
        return self.taints.hints.name_of(at)
