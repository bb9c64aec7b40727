"""What functions leave out of a value: the password of an address whose host is asked for, what is in an object."""

from typing import Final

from skillaudit.linking.names.program import At
from skillaudit.linking.values.hints import Hints
from skillaudit.linking.values.origin import OBJECTS, SECRET, Origin, Path, cut

_BESIDE_PASSWORDS: Final = {
    "host", "hostname", "port", "protocol", "pathname", "origin", "scheme", "path",
    "Host", "Hostname", "Port", "Scheme", "Path", "EscapedPath",
}  # fmt: skip
"""Parts of an address that hold no password."""
_PARSING: Final = {"URL", "parse", "Parse", "ParseRequestURI", "urlparse", "urlsplit"}


def left(hints: Hints, at: At, name: str, origin: Origin, path: Path) -> Origin | None:
    """What arrives of an argument by a call of ``name``: nothing of a secret by ``new URL(uri).host``."""
    if name in _PARSING and not _BESIDE_PASSWORDS.isdisjoint(path[:2]):
        if origin.nature in SECRET | OBJECTS:
            return None
        return cut(origin, 0) if origin.nature is None else origin
    script = hints.program.is_script(at.module)
    told = script and origin.nature in OBJECTS and not origin.escaped and name == "String"
    return None if told else origin
