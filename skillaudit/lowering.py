"""The contract of a front end: from the bytes of one file to ``ir.Module``."""

from typing import Protocol

from skillaudit import ir
from skillaudit.errors import SkillauditError


class LoweringError(SkillauditError):
    """The file cannot be analysed (syntax, depth, encoding); the text says why in a few words."""


class Lower(Protocol):
    """A front end's one function."""

    def __call__(self, path: str, language: str, source: bytes) -> ir.Module:
        """Lower one file.

        Args:
            path: where it stands in the tree, only to be repeated in the module.
            language: ``Language.label`` of the file.
            source: its bytes, UTF-8 or not.

        Raises:
            LoweringError: it cannot be parsed.
        """
        ...
