"""Read what a ``go.mod`` requires itself."""

from skillaudit.dependencies._gomod import read_go_mod
from skillaudit.dependency import Document, Requirement


def read(document: Document) -> tuple[Requirement, ...]:
    """Read a Go module's direct requirements.

    Raises:
        UnreadableError: it is malformed.
    """
    return tuple(
        Requirement(one.name, one.version, one.version, one.line)
        for one in read_go_mod(document.text).wanted
        if not one.indirect
    )
