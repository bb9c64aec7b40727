"""The rubric as typed data: every number of the grade, read from ``rubric.toml`` beside this module."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path

import msgspec

from skillaudit.model import Axis, Severity


class Kind(StrEnum):
    """How the findings of a check turn into points.

    ``INCIDENT``: the first costs the full weight, further ones a part of it. ``RATIO``: the weight times the share of
    opportunities not met. ``STATE``: all or nothing.
    """

    INCIDENT = "incident"
    RATIO = "ratio"
    STATE = "state"


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the rubric says about one check.

    ``group`` names the cap that its deduction falls under, or is empty. ``free`` says why its findings cost no points;
    empty where they do.
    """

    axis: Axis
    severity: Severity
    kind: Kind
    group: str
    free: str = ""


class Incident(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What incidents cost: the first its weight by severity, further ones a part of theirs, all at most a multiple."""

    divisor: Decimal
    most: Decimal
    weights: Mapping[Severity, Decimal]


class Controls(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What missing controls cost at most, in points."""

    cap: Decimal
    cap_stdio: Decimal


class Elsewhere(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What findings outside production code cost."""

    divisor: Decimal
    cap: Decimal


class Ceilings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The best score that HIGH findings leave."""

    high: Decimal
    two_high: Decimal


class UnseenStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"since": "from"}):
    """The best letter from an unseen share on."""

    since: Decimal
    at_most: str
    provisional: bool


class Unseen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the unseen share of the code does to verdicts and letters."""

    unknown_from: Decimal
    steps: tuple[UnseenStep, ...]


class Precedence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Check ids, strongest first, of which one place keeps only one."""

    log_call: tuple[str, ...]


class Observability(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which checks the Observability score is made of."""

    prefixes: tuple[str, ...]


class Rubric(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that turns verdicts into a grade."""

    version: int
    graded_from: Decimal
    weights: Mapping[Severity, int]
    letters: Mapping[str, Decimal]
    incident: Incident
    controls: Controls
    elsewhere: Elsewhere
    ceilings: Ceilings
    unseen: Unseen
    precedence: Precedence
    observability: Observability
    checks: Mapping[str, Row]


@cache
def rubric() -> Rubric:
    """The rubric of this version of skillaudit."""
    text = (Path(__file__).parent / "rubric.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text, parse_float=Decimal), Rubric)
