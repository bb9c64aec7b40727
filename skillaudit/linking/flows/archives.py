"""Files and archives that callers send: whoever makes an archive chooses the names, and so the places, in it."""

from collections.abc import Iterable
from typing import Final

from skillaudit import ir
from skillaudit.linking.flows.taints import Taints
from skillaudit.linking.names.program import At

_OPENED: Final = ("tarfile.open()", "tarfile.TarFile.open()", "tarfile.TarFile()")
_UNPACKING: Final = {f"{opened}.{name}" for opened in _OPENED for name in ("extractall", "extract")}
_SAFE: Final = {"data", "tar", "data_filter", "tar_filter"}
_UPLOADS: Final = {"files", "FILES"}
_GIVEN: Final = {"fileobj", "name"}


def unpacked(taints: Taints, at: At, call: ir.Call, paths: Iterable[str]) -> At | None:
    """The archive whose members a call writes wherever their names lead, or the one member that it writes.

    Python's ``zipfile`` takes the names apart, ``tarfile`` does with a filter; what is picked out by hand is left to
    the check in front of it.
    """
    if _UNPACKING.isdisjoint(paths) or any(a.name == "members" or _filters(taints, at, a) for a in call.args):
        return None
    callee = taints.program.value(at.to(call.callee))
    if not isinstance(callee, ir.Member):
        return None
    if callee.name == "extract":
        return next((at.to(a.value) for a in call.args if not a.name), None)
    opened = taints.definition(at.to(callee.base))
    where = taints.defined(at.to(callee.base))
    held = opened.args if isinstance(opened, ir.Call) else ()
    named = [a for a in held if a.name in _GIVEN] or [a for a in held if not a.name]
    return taints.unwrapped(where.to(named[0].value)) if named else None


def is_upload(taints: Taints, at: At) -> bool:
    """Whether a value is an uploaded file itself, and no name: ``request.files["scan"]``, ``upload.file``."""
    value, where = taints.definition(at), taints.defined(at)
    if isinstance(value, ir.Call) and taints.hints.name_of(where.to(value.callee)) == "get":
        value = taints.program.value(where.to(value.callee))
    if isinstance(value, ir.Member) and value.name in {"stream", "file"} and is_upload(taints, where.to(value.base)):
        return True  # what is in it
    inner = value.base if isinstance(value, ir.Item | ir.Member) else -1
    base = taints.program.value(where.to(inner)) if inner >= 0 else None
    if isinstance(value, ir.Member) and value.name == "file":
        held = taints.defined(where.to(inner))
        given = taints.program.value(held)
        return isinstance(given, ir.Param) and "UploadFile" in taints.hints.parameter_of(held, given).type_text
    return isinstance(base, ir.Member) and base.name in _UPLOADS


def _filters(taints: Taints, at: At, argument: ir.Argument) -> bool:
    value = taints.definition(at.to(argument.value))
    said = value.text if isinstance(value, ir.Literal) else taints.hints.name_of(at.to(argument.value))
    return argument.name == "filter" and said in _SAFE
