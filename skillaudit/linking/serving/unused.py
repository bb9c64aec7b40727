"""Security machinery that is defined and never called: audit methods, authentication, limits.

Only of packages that start a server themselves: what a library offers is called by others.
"""

import re
from collections.abc import Container, Iterable, Iterator

from skillaudit.events import Unused
from skillaudit.facts import Transport
from skillaudit.linking.names.program import Cls, Fn
from skillaudit.linking.names.symbols import External
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.linking.serving.wiring import Wiring

_AUDITS = re.compile(
    r"audit\w*(?:event|log|record|call|entry)|(?:log|record|emit|write|track)_?(?:audit|security|tool_?call|tool_?use|"
    r"auth\w*|access|login|event)\w*|audit_?log$",
    re.IGNORECASE,
)
_AUTHENTICATES = re.compile(
    r"(?:^|_|(?<=[a-z])(?=[A-Z]))(?:verify|validate|check|require|ensure)_?(?:\w+_)?(?:access_?)?(?:token|auth\w*|api_?key|jwt|bearer|scopes?|permissions?)$|"
    r"^(?:is_?authenticated|authenticate\w*|authorize\w*|require_?auth\w*|auth_?middleware|is_?allowed|rate_?limit\w*|"
    r"check_?rate_?limit)$",
    re.IGNORECASE,
)
_CLASSES = re.compile(
    r"(?:Auth\w*Middleware|RateLimit\w*|TokenVerifier|Authenticator|AuditLog\w*|SecurityLog\w*)(?<!Error)(?<!Exception)$"
)
_CLIENT = re.compile(r"client|upstream|provider|oauth|login|credential|telemetry|analytics", re.IGNORECASE)


def unused(box: Toolbox, wiring: Wiring, started: Iterable[Transport], writers: Container[Fn]) -> Iterator[Unused]:
    """Every such class and function; ``writers`` are the functions that write records."""
    applications = {transport.package for transport in started if transport.surface.counts}
    for number, module in enumerate(box.program.modules):
        package = box.program.package_path(number)
        if not box.program.surface(number).counts or package not in applications:
            continue
        dead = {Cls(number, n) for n in range(len(module.classes)) if _is_dead(box, wiring, Cls(number, n))}
        for cls in sorted(dead):
            declared = box.program.klass(cls)
            if kind := next((k for fn in _methods(box, cls) if (k := _kind(box, fn, cls, writers, whole=True))), ""):
                yield Unused(box.program.location(number, declared.line), package, kind, declared.name)
        for n in range(1, len(module.functions)):
            fn = Fn(number, n)
            owner = box.symbols.owner(fn) if module.functions[n].owner >= 0 else None
            if owner in dead or (owner is not None and _extends(box, owner)) or not wiring.never_called(fn):
                continue
            if kind := _kind(box, fn, owner, writers):
                yield Unused(box.program.place(fn), package, kind, module.functions[n].qualname)


def _is_dead(box: Toolbox, wiring: Wiring, cls: Cls) -> bool:
    """Nobody makes an object of the class or inherits from it, and no method of it is called."""
    methods = _methods(box, cls)
    made = any(box.program.surface(fn.module).counts for fn, _ in box.calls.made.get(cls, ()))
    if not methods or made or box.symbols.heirs(cls):
        return False
    return not any(wiring.live(fn) for fn in methods)


def _extends(box: Toolbox, cls: Cls) -> bool:
    """Whether the class derives from one of a library, which calls its methods."""
    declared = box.program.klass(cls)
    top = Fn(cls.module, declared.scope)
    return any(isinstance(s, External) for base in declared.bases for s in box.symbols.resolve(top.at(base)))


def _kind(box: Toolbox, fn: Fn, owner: Cls | None, writers: Container[Fn], *, whole: bool = False) -> str:
    name = box.program.function(fn).name
    around = box.program.klass(owner).name if owner else box.program.modules[fn.module].path.rpartition("/")[2]
    if _CLIENT.search(around):
        return ""
    if _AUTHENTICATES.search(name) or (whole and _CLASSES.search(around) and "udit" not in around):
        return "auth"
    named = _AUDITS.search(name) or (owner is not None and "audit" in around.lower() and name.lower().startswith("log"))
    return "audit" if named and _calls_writer(box, fn, writers) else ""


def _calls_writer(box: Toolbox, fn: Fn, writers: Container[Fn]) -> bool:
    return any(reached in writers for reached in box.calls.reach([fn], 3))


def _methods(box: Toolbox, owner: Cls) -> list[Fn]:
    return [Fn(owner.module, method.function) for method in box.program.klass(owner).methods]
