"""The JSON report as others read it: typed and validated, whether it is ours or came through hostile hands.

Only what summaries need is named; other fields are skipped. Texts are cleaned and clipped, checks and letters that do
not exist are refused.
"""

import re
from typing import Annotated, Any, Final, Literal, TypeAlias

import msgspec

from skillaudit.clean import clean
from skillaudit.errors import RefusedError

SCHEMA_VERSION: Final = 1
MAX_BYTES: Final = 64 << 20
"""Larger than the report of any repository; more is refused unread."""
_LONGEST = 1000

CheckId: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^SA\d{3}$")]
Letter: TypeAlias = Literal["A", "B", "C", "D", "F"]
Points: TypeAlias = Annotated[float, msgspec.Meta(ge=0, le=10_000)]
Count: TypeAlias = Annotated[int, msgspec.Meta(ge=0)]
SeverityName: TypeAlias = Literal["HIGH", "MEDIUM", "LOW", "INFO"]


class _Part(msgspec.Struct, frozen=True):
    """A part of the report; its texts are shown as they are by nobody."""

    def __post_init__(self) -> None:
        """Clean and clip every text."""
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if isinstance(value, str):
                msgspec.structs.force_setattr(self, name, _shown(value))
            elif isinstance(value, tuple) and value and isinstance(value[0], str):
                msgspec.structs.force_setattr(self, name, tuple(map(_shown, value)))


def _shown(text: str) -> str:
    text = clean(text)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


class PublishedGrade(_Part, frozen=True):
    """A letter and its score, both None where nothing was graded."""

    letter: Letter | None
    score: Annotated[float, msgspec.Meta(ge=0, le=100)] | None
    provisional: bool = False


class Grades(_Part, frozen=True):
    """The four grades."""

    overall: PublishedGrade
    security: PublishedGrade
    observability: PublishedGrade
    maintenance: PublishedGrade


class PublishedEvidence(_Part, frozen=True):
    """A place that counts; ``told`` is the check whose finding tells of a miss, empty where the check's own does."""

    path: str
    line: Count
    met: bool
    what: str
    told: CheckId | Literal[""] = ""


class PublishedCheck(_Part, frozen=True):
    """One check's answer and what it cost."""

    id: CheckId
    outcome: Literal["met", "not_met", "unknown", "not_applicable"]
    met: Count
    opportunities: Count
    deduction: Points
    elsewhere: Points
    reason: str
    evidence: tuple[PublishedEvidence, ...] = ()


class PublishedFinding(_Part, frozen=True):
    """One finding; ``status`` is empty where the report is compared with nothing."""

    check: CheckId
    severity: SeverityName
    path: str
    line: Count
    message: str
    confidence: Literal["high", "medium", "low"] = "high"
    surface: str = "production"
    end_line: Count = 0
    status: Literal["new", "existing", "moved", ""] = ""
    new_misses: tuple[str, ...] = ()

    @property
    def graded(self) -> bool:
        """Whether it can cost points."""
        return self.severity != "INFO" and self.confidence != "low"


class PublishedGap(_Part, frozen=True):
    """Something that was not looked at."""

    path: str
    reason: str
    lines: Count = 0


class PublishedChange(_Part, frozen=True):
    """How the report differs from its base."""

    base: str
    failed: str
    new: Count
    existing: Count
    moved: Count
    fixed: tuple[PublishedFinding, ...]
    posture: tuple[str, ...]
    new_gaps: tuple[PublishedGap, ...]


class SetAside(_Part, frozen=True):
    """A finding that the repository asked to be left out."""

    check: CheckId
    path: str
    line: Count
    reason: str
    until: str


class PublishedProblem(_Part, frozen=True):
    """What is wrong with such a wish."""

    path: str
    line: Count
    text: str


class PublishedSuppressions(_Part, frozen=True):
    """All of them."""

    honoured: bool
    findings: tuple[SetAside, ...]
    problems: tuple[PublishedProblem, ...]


class PublishedCap(_Part, frozen=True):
    """A group of deductions that is capped."""

    axis: Literal["security", "maintenance"]
    group: Annotated[str, msgspec.Meta(pattern=r"^[a-z]{1,20}$")]
    sum: Points
    cap: Points
    applied: Points


class PublishedCeiling(_Part, frozen=True):
    """Why a score is at most so much."""

    grade: Annotated[str, msgspec.Meta(pattern=r"^[a-z]{1,20}$")]
    at_most: Points
    reason: str


class Step(_Part, frozen=True):
    """One change to a better letter."""

    check: CheckId
    places: Count


class PublishedImprovement(_Part, frozen=True):
    """The fewest changes to a better letter."""

    letter: Letter
    changes: tuple[Step, ...]


class PublishedSubject(_Part, frozen=True):
    """What was audited."""

    source: str
    commit: Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{40}|[0-9a-f]{64})?$")]
    as_of: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\d$")]


class Published(_Part, frozen=True):
    """One report."""

    schema_version: Literal[1]
    subject: PublishedSubject
    grades: Grades
    checks: tuple[PublishedCheck, ...]
    findings: tuple[PublishedFinding, ...]
    change: PublishedChange | None
    suppressions: PublishedSuppressions
    caps: tuple[PublishedCap, ...]
    ceilings: tuple[PublishedCeiling, ...]
    improvement: PublishedImprovement | None
    gaps: tuple[PublishedGap, ...]


def published(document: dict[str, Any]) -> Published:
    """A report of ours, from its plain values."""
    return msgspec.convert(document, Published)


def read_published(data: bytes) -> Published:
    """A report that somebody else hands over.

    Raises:
        RefusedError: it is no report of this version.
    """
    if len(data) > MAX_BYTES:
        raise RefusedError(f"the report is larger than {MAX_BYTES >> 20} MiB")
    try:
        return msgspec.json.decode(data, type=Published)
    except (msgspec.MsgspecError, RecursionError) as error:
        reason = re.sub(r"[^ -~]", " ", str(error))[:120]
        raise RefusedError(f"this is no report of schema version {SCHEMA_VERSION}: {reason}") from error
