"""Uploads that only an operation of an API document can ask for, where no operation of the documents does.

Code that serves whatever a document describes asks it for bodies of ``multipart/form-data`` before it reads a file.
Where the document is part of the tree and describes none, that code never gets past its own question.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.calls.gates import children
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.registrations.operations import Api, taken
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.linking.tools import apifiles
from skillaudit.toolsurface import Form

_UPLOAD = "multipart/form-data"
_DEEPEST = 8


@dataclass(slots=True)
class Uploads:
    """Knows which functions ask for uploads; what documents describe is read once a package."""

    box: Toolbox
    _none: dict[str, bool] = field(default_factory=dict)

    def ruled_out(self, fn: Fn, call: int) -> bool:
        """Whether a call is reached only where a document describes an upload, and none does."""
        program = self.box.program
        called = program.value(fn.at(call))
        line = called.line if isinstance(called, ir.Call) else 0
        while fn.number > 0:
            function = program.function(fn)
            for block in function.blocks:
                leaves = block.kind == "if" and block.exits and block.end_line < line and block.test >= 0
                if leaves and self._asks(fn.at(block.test), _DEEPEST):
                    return self._described_nowhere(program.package_path(fn.module))
            fn, line = Fn(fn.module, function.parent), function.line
        return False

    def _asks(self, at: At, depth: int) -> bool:
        """Whether a condition hangs on what a function that looks for uploads gives back."""
        value = self.box.program.value(at)
        if isinstance(value, ir.Call) and any(
            isinstance(target, Fn) and self._looks(target) for target in self.box.symbols.resolve(at.to(value.callee))
        ):
            return True
        inner = (value.value,) if isinstance(value, ir.Variable) else children(value)
        return depth > 0 and any(self._asks(at.to(child), depth - 1) for child in inner)

    def _looks(self, fn: Fn) -> bool:
        keys = (self.box.program.value(fn.at(one.key)) for _, one in self.box.program.of_kind(fn, ir.Item))
        return any(isinstance(key, ir.Literal) and key.text == _UPLOAD for key in keys)

    def _described_nowhere(self, package: str) -> bool:
        if package not in self._none:
            named = apifiles.of_package(self.box, {package}) or apifiles.of_only(self.box, package)
            self._none[package] = named is not None and not any(self._takes_files(api) for api in named.apis)
        return self._none[package]

    def _takes_files(self, api: Api) -> bool:
        """Whether a document describes an upload, or may: what could not be read whole may."""
        for operation in api.operations:
            form, whole = taken(operation.source) if operation.source is not None else ({}, False)
            if not whole or _UPLOAD in _keys(form):
                return True
        return False


def _keys(form: Form) -> Iterator[str]:
    match form:
        case dict():
            for key, inner in form.items():
                yield key
                yield from _keys(inner)
        case list():
            for inner in form:
                yield from _keys(inner)
        case _:
            return
