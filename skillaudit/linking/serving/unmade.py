"""Classes of scripts that nothing makes objects of: what they do never happens.

A script's folder is no package of Python, so that nobody outside the tree imports its classes. One counts as never made
where no code outside tests names it but the class itself and heirs of which the same is true; not where a library or
a decorator may make its objects, or where classes are looked up by what they inherit from.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.calls.gates import children
from skillaudit.linking.names.program import At, Cls, Fn
from skillaudit.linking.names.symbols import External
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.linking.serving.wiring import Wiring

_PLAIN = {"object", "abc.ABC"}
_REGISTERS = "__init_subclass__"
_LISTS = "__subclasses__"
_LAST = re.compile(r"[.:]")


@dataclass(slots=True)
class Unmade:
    """Answers for one class at a time, and remembers."""

    box: Toolbox
    wiring: Wiring
    _known: dict[Cls, bool] = field(default_factory=dict)
    _speakers: dict[str, list[Fn]] | None = None
    _folders: frozenset[str] | None = None

    def has(self, cls: Cls) -> bool:
        """Whether nothing in the tree makes an object of the class."""
        if cls not in self._known:
            self._known[cls] = False
            self._known[cls] = self._in_script(cls) and self._is_plain(cls) and self._is_unnamed(cls)
        return self._known[cls]

    def _in_script(self, cls: Cls) -> bool:
        program = self.box.program
        module = program.modules[cls.module]
        if self._folders is None:
            paths = (file.path for file in program.inventory.files)
            self._folders = frozenset(path.rpartition("/")[0] for path in paths if path.endswith("__init__.py"))
        return module.language == "python" and module.path.rpartition("/")[0] not in self._folders

    def _is_plain(self, cls: Cls) -> bool:
        """Whether the class and what it inherits from leave the making of objects to those who name them."""
        declared = self.box.program.klass(cls)
        if declared.decorators or any(method.name == _REGISTERS for method in declared.methods):
            return False
        for base in declared.bases:
            held = self.box.symbols.resolve(At(cls.module, declared.scope, base))
            own = [s for s in held if isinstance(s, Cls)]
            plain = any(isinstance(s, External) and s.path in _PLAIN for s in held)
            if not (plain or own) or not all(self._is_plain(s) for s in own):
                return False
        return True

    def _is_unnamed(self, cls: Cls) -> bool:
        program, symbols = self.box.program, self.box.symbols
        heirs = [heir for heir in symbols.heirs(cls) if program.surface(heir.module).counts]
        if self._spoken().get(_LISTS) or not all(self.has(heir) for heir in heirs):
            return False
        own = {cls, *heirs}
        return all(symbols.owner(fn) in own for fn in self._spoken().get(program.klass(cls).name, ()))

    def _spoken(self) -> dict[str, list[Fn]]:
        """Who says each name, outside tests; a class that is inherited from is not said."""
        if self._speakers is None:
            self._speakers = {}
            for fn in self.box.program.functions():
                if self.wiring.counts(fn):
                    for name in set(self._said(fn)):
                        self._speakers.setdefault(name, []).append(fn)
        return self._speakers

    def _said(self, fn: Fn) -> Iterator[str]:
        function = self.box.program.function(fn)
        for value in function.values:
            match value:
                case ir.Name(name=name) | ir.Member(name=name) | ir.Import(symbol=name):
                    yield name
                case ir.Literal(kind="str", text=text):
                    yield _LAST.split(text)[-1]
                case _:
                    pass
        held = (function.values[number] for number in self._used(fn) if number >= 0)
        yield from (one.name for one in held if isinstance(one, ir.Variable))

    def _used(self, fn: Fn) -> Iterator[int]:
        """The values of a function that something is made of, or that stand for themselves somewhere."""
        function, module = self.box.program.function(fn), self.box.program.modules[fn.module]
        for value in function.values:
            yield from (value.value,) if isinstance(value, ir.Variable) else children(value)
        yield from (step.value for step in function.steps)
        inner = (other for other in module.functions if other.parent == fn.number)
        yield from (parameter.default for other in inner for parameter in other.params)
        yield from (kept.value for cls in module.classes if cls.scope == fn.number for kept in cls.fields)
