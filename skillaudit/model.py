"""The words every layer speaks: severities, surfaces, places, gaps, the subject of an audit."""

from enum import Enum, StrEnum

import msgspec


class Axis(StrEnum):
    """The two axes a server is graded on."""

    SECURITY = "security"
    MAINTENANCE = "maintenance"


class Severity(StrEnum):
    """How harmful a finding is; weights live in ``rubric.toml``."""

    HIGH = "HIGH"
    MEDIUM = "MEDIUM"
    LOW = "LOW"
    INFO = "INFO"

    def lowered(self) -> "Severity":
        """One step lower, never below LOW (an INFO stays INFO)."""
        return {Severity.HIGH: Severity.MEDIUM, Severity.MEDIUM: Severity.LOW}.get(self, self)

    @property
    def rank(self) -> int:
        """0 for HIGH up to 3 for INFO, for sorting."""
        return list(Severity).index(self)


class Confidence(StrEnum):
    """How sure the auditor is; low never reaches the grade."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Surface(StrEnum):
    """What a file is for. Only production counts in full; generated, minified and vendored code is not analysed."""

    PRODUCTION = "production"
    CLI = "cli"
    TEST = "test"
    EXAMPLE = "example"
    BENCHMARK = "benchmark"
    SCRIPT = "script"
    DOCUMENTATION = "documentation"
    GENERATED = "generated"
    MINIFIED = "minified"
    VENDORED = "vendored"

    @property
    def analysed(self) -> bool:
        """Whether code on this surface is read at all."""
        return self not in {Surface.GENERATED, Surface.MINIFIED, Surface.VENDORED}

    @property
    def counts(self) -> bool:
        """Whether what is found here weighs in full."""
        return self is Surface.PRODUCTION


class Language(Enum):
    """Languages by name, and whether the auditor analyses them."""

    PYTHON = ("python", True)
    TYPESCRIPT = ("typescript", True)
    JAVASCRIPT = ("javascript", True)
    GO = ("go", True)
    RUST = ("rust", False)
    CSHARP = ("csharp", False)
    JAVA = ("java", False)
    KOTLIN = ("kotlin", False)
    SWIFT = ("swift", False)
    RUBY = ("ruby", False)
    PHP = ("php", False)
    C = ("c", False)
    CPP = ("cpp", False)
    SCALA = ("scala", False)
    ELIXIR = ("elixir", False)
    DART = ("dart", False)
    LUA = ("lua", False)
    SHELL = ("shell", False)
    SVELTE = ("svelte", False)
    VUE = ("vue", False)

    def __init__(self, label: str, supported: bool) -> None:  # noqa: FBT001 - an enum member's value is positional
        self.label = label
        self.supported = supported


class Location(msgspec.Struct, frozen=True, order=True):
    """A place in the audited tree; lines and columns count from 1, ``path`` is relative with ``/``.

    ``column`` and ``end_column`` are 0 where only the line is known.
    """

    path: str
    line: int
    end_line: int = 0
    column: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        """``path:line``, as editors open it."""
        return f"{self.path}:{self.line}"


class Gap(msgspec.Struct, frozen=True):
    """Something that was not looked at, and why; never silently dropped.

    ``lines`` are the non-blank production lines that stay unseen, estimated where the size alone is known; 0 where
    the gap is no source file.
    """

    kind: str
    path: str
    reason: str
    lines: int = 0


class Subject(msgspec.Struct, frozen=True):
    """What was audited: the address as given (never with credentials), the commit or empty, the reference date."""

    source: str
    commit: str
    as_of: str
    note: str = ""
