"""What a caller may demand of an audit, and whose word counts: the words of the command line and of ``change``."""

from enum import StrEnum


class Demand(StrEnum):
    """What ``--fail-on`` takes: the change that must not be. ``new-medium`` includes what is graver."""

    NEW_HIGH = "new-high"
    NEW_MEDIUM = "new-medium"
    NEW_LOW = "new-low"
    NEW_GAP = "new-gap"
    GRADE_DROP = "grade-drop"


class Trust(StrEnum):
    """Whose words in the repository are honoured: suppressions, settings and the baseline."""

    NONE = "none"
    OWNER = "owner"
