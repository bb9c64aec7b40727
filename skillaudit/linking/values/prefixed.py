"""Variables of the environment that are picked by how their names begin, and the secrets that the code knows there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from skillaudit import ir
from skillaudit.facts import Nature, Step
from skillaudit.linking.knowledge import vocabulary
from skillaudit.linking.names.program import Fn, Program
from skillaudit.linking.values.origin import Origin

_VARIABLE = re.compile(r"^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$")


@dataclass(slots=True)
class Prefixed:
    """Reads the names of variables that production code mentions once."""

    program: Program
    _secrets: tuple[str, ...] | None = None

    def of(self, origin: Origin, beginning: str) -> Iterator[Origin]:
        """The part of the environment whose names begin so; surely with a secret if the code asks for one."""
        if vocabulary.names_switches(beginning):
            return
        secret = next((name for name in self._known() if name.startswith(beginning)), "")
        among = f", `{secret}` among them" if secret else ""
        *before, last = origin.trace
        step = Step(last.location, f"each environment variable that begins with `{beginning}`{among}")
        yield replace(origin, name=f"{beginning}*", certain=bool(secret), trace=(*before, step), each=None)

    def at(self, here: Step, beginning: str) -> Iterator[Origin]:
        """The same where the environment is read by such a beginning."""
        return self.of(Origin(Nature.ENVIRONMENT, "the environment", (here,)), beginning)

    def _known(self) -> tuple[str, ...]:
        if self._secrets is None:
            counting = (fn for fn in self.program.functions() if self.program.surface(fn.module).counts)
            names = {name for fn in counting for name in self._mentioned(fn)}
            self._secrets = tuple(sorted(n for n in names if vocabulary.names_secret_variable(n)))
        return self._secrets

    def _mentioned(self, fn: Fn) -> Iterator[str]:
        texts = (literal.text for _, literal in self.program.of_kind(fn, ir.Literal))
        members = (member.name for _, member in self.program.of_kind(fn, ir.Member))
        yield from (name for name in (*texts, *members) if _VARIABLE.match(name))
