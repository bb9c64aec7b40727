"""SA811: actions that are not pinned, and privileged workflows that run a stranger's code."""

import re
from collections.abc import Iterator, Sequence

from skillaudit.check import Evidence, Example, Finding, NotApplicable, Observation, Reference, Remediation, check
from skillaudit.checks._upkeep import REPOSITORY, SHOWN, scorecard
from skillaudit.facts import Facts, Step
from skillaudit.model import Confidence, Severity, Surface
from skillaudit.upkeep import ActionUse, HeadCheckout

_NAMED = 3
_PLATFORM = ("actions/", "github/", "docker://")
"""Who runs GitHub Actions can change what these do anyway; a container image is named by its own kind of version."""

_SAME = re.compile(
    r"head\.repo\.(?:full_name|id|owner\.login)\s*==|head\.repo\.fork\s*(?:==\s*false|!=\s*true)|!\s*github\.event\.pull_request\.head\.repo\.fork"
)
_GATED = re.compile(r"author_association|\.label|labels|github\.actor|user\.login|merged\s*==\s*true|\.merged\b")


@check(
    "SA811",
    title="Workflow actions not pinned, or a privileged workflow that checks out a stranger's code",
    asks="Is what workflows run fixed by the repository itself?",
    why="A tag can be moved to other code overnight, which then runs with the repository's secrets; and a workflow on "
    "`pull_request_target` hands those secrets to whoever opened the pull request, if it builds what they sent.",
    remediation=Remediation(
        "Pin actions of others to a full commit id, with the version in a comment, and let Dependabot move it. Build pull "
        "requests on `pull_request`, without secrets; keep `pull_request_target` for labels and comments.",
        (
            Example(
                "GitHub Actions",
                "yaml",
                "- uses: astral-sh/setup-uv@d4b2f3b6ecc6e67c4457f6d3e41ec42d3d0fcb86 # v5.4.2\n",
            ),
            Example("Untrusted code", "yaml", "on: pull_request\npermissions:\n  contents: read\n"),
        ),
    ),
    references=(
        scorecard("Pinned-Dependencies"),
        Reference("CWE-829", "https://cwe.mitre.org/data/definitions/829.html"),
        scorecard("Dangerous-Workflow"),
    ),
    languages=frozenset(),
)
def sa811(facts: Facts) -> Iterator[Observation]:
    """Each action of somebody else, in one finding; each checkout of a head in a privileged workflow, in one of its own."""
    uses = [one for one in facts.upkeep.of(ActionUse) if not one.action.startswith(_PLATFORM)]
    heads = list(facts.upkeep.of(HeadCheckout))
    if not uses and not heads:
        yield NotApplicable("no workflow uses an action of somebody else")
    for one in uses:
        yield Evidence(one.location, one.pinned, f"{one.action}@{one.ref}", REPOSITORY)
    if loose := [one for one in uses if not one.pinned]:
        yield _loose(loose, len(uses))
    for head in heads:
        yield from _head(head)


def _loose(loose: Sequence[ActionUse], count: int) -> Finding:
    names = list(dict.fromkeys(f"{one.action}@{one.ref}" for one in loose))
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return Finding(
        Severity.LOW, Confidence.HIGH, Surface.PRODUCTION, REPOSITORY, loose[0].location,
        f"{len(loose)} of {count} uses of others' actions are not pinned to a commit: {', '.join(names[:_NAMED])}{more}",
        fix="pin each to a full commit id, with its version in a comment",
        related=tuple(Step(one.location, f"{one.action}@{one.ref}") for one in loose[1 : SHOWN + 1]),
    )  # fmt: skip


def _head(head: HeadCheckout) -> Iterator[Observation]:
    if _SAME.search(head.guard):
        yield Evidence(head.location, True, "only pull requests from the repository itself", REPOSITORY)
        return
    gated = _GATED.search(head.guard) is not None
    after = ", behind a condition on who or what it is" if gated else ""
    yield Evidence(head.location, False, head.what, REPOSITORY)
    yield Finding(
        Severity.LOW if gated else Severity.MEDIUM, Confidence.HIGH, Surface.PRODUCTION, REPOSITORY, head.location,
        f"A workflow on pull_request_target checks out the head of the pull request ({head.what}){after}",
        fix="build it on pull_request, without secrets",
    )  # fmt: skip
