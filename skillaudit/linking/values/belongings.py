"""Whose a credential is that only its name speaks for: the server's, or a field of what another system described.

``settings.api_key`` is what the server was given; ``trigger.token`` of an upstream answer is a column of a resource
that most services leave empty when it is read. What tells them apart is where the object comes from.
"""

from dataclasses import dataclass

from skillaudit import ir
from skillaudit.linking.calls.gates import children
from skillaudit.linking.knowledge import vocabulary
from skillaudit.linking.names.program import At, Cls, Fn
from skillaudit.linking.names.symbols import Instance
from skillaudit.linking.values.hints import Hints

_HOLDERS = {
    "config", "configs", "conf", "cfg", "configuration", "settings", "setting", "env", "environ", "environment",
    "options", "opts", "flags", "secrets", "secret", "credentials", "credential", "creds", "auth", "authenticator",
    "oauth", "vault", "keyring", "keychain", "keystore", "viper", "dotenv", "preferences", "prefs", "defaults",
}  # fmt: skip
"""What holds credentials of the server, by the words of its name."""

_HAVE = {"client", "session", "server", "app", "state", "context", "ctx", "store", "connection", "conn", "headers"}
"""What also has some as its own attributes; what its methods give back is another matter."""

_DEEP = 8
_DATA = {"dataclass", "define", "frozen", "BaseModel", "TypedDict", "NamedTuple", "SQLModel", "Struct"}


@dataclass(slots=True)
class Belongings:
    """Reads where an object comes from; follows no flow."""

    hints: Hints

    def owns(self, at: At, depth: int = _DEEP) -> bool:  # noqa: PLR0911 - one answer per kind of value
        """Whether the object at ``at`` is the server's own: its configuration, a store, its client, a singleton."""
        at = self.hints.program.bare(at)
        value = self.hints.program.value(at)
        match value:
            case _ if not depth:
                return False
            case ir.Receiver():
                owner = self.hints.symbols.owner(Fn(at.module, at.function))
                return owner is None or self._keeps(owner)
            case ir.Member() | ir.Item():
                return self._is_named(at, _HOLDERS | _HAVE) or self.owns(at.to(value.base), depth - 1)
            case ir.Element():
                return self.owns(at.to(value.base), depth - 1)
            case ir.Call():
                return self._gives(at, value)
            case ir.Param():
                return self._is_named(at, _HOLDERS | _HAVE) or self._is_typed(at)
            case ir.Choice() | ir.Operation() | ir.Opaque():
                return any(self.owns(at.to(one), depth - 1) for one in children(value))
            case ir.Name():
                found = self.hints.program.lexical(Fn(at.module, at.function), value.name)
                return found is None or found.function == 0 or self.owns(found, depth - 1)
            case ir.Import():
                return True
            case _:
                return False

    def _gives(self, at: At, call: ir.Call) -> bool:
        """``load_config()``, ``vault.read(…)``; an object of the project by its class."""
        callee = self.hints.program.value(at.to(call.callee))
        held = isinstance(callee, ir.Member) and self._is_named(at.to(callee.base), _HOLDERS)
        return held or self._is_named(at.to(call.callee), _HOLDERS) or self._is_typed(at)

    def _is_named(self, at: At, names: set[str]) -> bool:
        return not names.isdisjoint(vocabulary.words(self.hints.name_of(at)))

    def _is_typed(self, at: At) -> bool:
        held = [s.cls for s in self.hints.symbols.resolve(at) if isinstance(s, Instance)]
        return any(not (_HOLDERS | _HAVE).isdisjoint(vocabulary.words(self.hints.program.klass(c).name)) for c in held)

    def _keeps(self, cls: Cls) -> bool:
        """Whether a class is more than a record of data, or a record named for what the server is told."""
        declared = self.hints.program.klass(cls)
        if not (_HOLDERS | _HAVE).isdisjoint(vocabulary.words(declared.name)):
            return True
        scope = Fn(cls.module, declared.scope)
        made = (self.hints.name_of(scope.at(number)) for number in (*declared.decorators, *declared.bases))
        return _DATA.isdisjoint(made) and not any('json:"' in attribute.type_text for attribute in declared.fields)
