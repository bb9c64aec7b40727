"""Go: which fields of a struct an encoder writes: those that are exported, and whose tag does not leave them out."""

from typing import Final

from skillaudit import ir
from skillaudit.linking.names.program import At
from skillaudit.linking.names.symbols import Cls, External, Instance
from skillaudit.linking.values.hints import Hints

_FORMATS: Final = {"json": "json", "sonic": "json", "yaml": "yaml", "xml": "xml", "toml": "toml"}
"""The key of a tag, by what the encoder's package is called."""
_ENCODING: Final = {"Marshal", "MarshalIndent", "MarshalString"}
_OWN: Final = {"MarshalJSON", "MarshalText", "MarshalYAML", "MarshalXML"}


def written(hints: Hints, at: At, call: ir.Call) -> tuple[str, ...] | None:
    """The only fields that an encoder writes of its argument; None where it writes them all, or the type is unknown."""
    kind = _kind(hints, at, call)
    if not kind or not call.args:
        return None
    classes = [s.cls for s in hints.symbols.resolve(at.to(call.args[0].value)) if isinstance(s, Instance)]
    found = [_fields(hints, cls, kind) for cls in classes]
    return tuple(name for names in found for name in names or ()) if found and None not in found else None


def _kind(hints: Hints, at: At, call: ir.Call) -> str:
    """The format that a call encodes into, as tags name it; empty where it is no encoder."""
    paths = (s.path for s in hints.symbols.resolve(at.to(call.callee)) if isinstance(s, External))
    encoders = (path.rpartition(".")[0] for path in paths if path.rpartition(".")[2] in _ENCODING)
    return next((tag for package in encoders for word, tag in _FORMATS.items() if word in package), "")


def _fields(hints: Hints, cls: Cls, kind: str) -> tuple[str, ...] | None:
    """The fields that are written; None where all are, or where the type writes itself."""
    declared = hints.program.klass(cls)
    parts = hints.symbols.same(cls)
    if declared.bases or any(m.name in _OWN for part in parts for m in hints.program.klass(part).methods):
        return None
    shown = tuple(f.name for f in declared.fields if f.name[:1].isupper() and f'{kind}:"-"' not in f.type_text)
    return shown if len(shown) < len(declared.fields) else None
