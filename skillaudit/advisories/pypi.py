"""Ask Python's package index through pip-audit's own interfaces, on a list of ours.

Its resolver is never used: that would build packages, and so run their code.
"""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from packaging.version import InvalidVersion, Version
from pip_audit._audit import Auditor
from pip_audit._dependency_source import DependencySource
from pip_audit._fix import ResolvedFixVersion
from pip_audit._service import (
    ConnectionError as AuditConnectionError,
)
from pip_audit._service import (
    Dependency,
    PyPIService,
    ResolvedDependency,
    ServiceError,
    SkippedDependency,
    VulnerabilityResult,
)
from requests import RequestException, Response
from requests.adapters import BaseAdapter

from skillaudit.advisories._matching import merged
from skillaudit.advisory import Advisory, Answer
from skillaudit.dependency import PYPI, Coordinate

_SECONDS = 15
_OTHERS = "the source pypi knows Python packages only"


class PypiSource:
    """The index's list of vulnerabilities, through pip-audit's service and a cache that does not outlive the question.

    Args:
        way: how addresses of the index are reached, None for the network.
        seconds: how long a connection and each part of an answer may take.
    """

    def __init__(self, way: BaseAdapter | None = None, seconds: float = _SECONDS) -> None:
        self._way = way
        self._seconds = seconds

    def ask(self, coordinates: Sequence[Coordinate]) -> Answer:
        """Look everything up; where the index stops answering, the rest could not be checked."""
        found: dict[Coordinate, tuple[Advisory, ...]] = {}
        unchecked: dict[Coordinate, str] = {}
        with tempfile.TemporaryDirectory() as folder:
            service = PyPIService(Path(folder), self._seconds)
            service.session.hooks["response"].append(_require_page)
            if self._way is not None:
                service.session.mount("https://", self._way)
            auditor = Auditor(service)
            down = ""
            for one in coordinates:
                if one.ecosystem != PYPI:
                    unchecked[one] = _OTHERS
                    continue
                answer = down or _looked_up(auditor, one)
                match answer:
                    case str():
                        unchecked[one] = answer
                    case _Down(reason):
                        down = unchecked[one] = reason
                    case advisories if advisories:
                        found[one] = advisories
        return Answer("pypi", None, found, unchecked)


def _require_page(response: Response, **_: object) -> None:
    """Refuse what is no page of a release: pip-audit takes an answer without a list of vulnerabilities for a clean one.

    Raises:
        ServiceError: it is none.
    """
    if response.ok and not response.is_redirect:
        page = response.json()
        if not isinstance(page, dict) or not isinstance(page.get("vulnerabilities"), list):
            raise ServiceError("no list of vulnerabilities")


class _Down:
    """The index does not answer at all."""

    __match_args__ = ("reason",)

    def __init__(self, reason: str) -> None:
        self.reason = reason


class _Listed(DependencySource):  # type: ignore[misc]  # pip-audit ships no types
    """One version that is already known."""

    def __init__(self, dependency: Dependency) -> None:
        self._dependency = dependency

    def collect(self) -> Iterator[Dependency]:
        yield self._dependency

    def fix(self, fix_version: ResolvedFixVersion) -> None:
        raise NotImplementedError(f"an audit changes nothing: {fix_version.dep.name}")


def _looked_up(auditor: Auditor, one: Coordinate) -> tuple[Advisory, ...] | str | _Down:
    """The advisories on a version, or why there is no telling."""
    try:
        version = Version(one.version)
        results = list(auditor.audit(_Listed(ResolvedDependency(one.name, version))))
    except InvalidVersion:
        return f"{one.version[:40]!r} is no version of PyPI"
    except (AuditConnectionError, RequestException) as error:
        return _Down(f"the index does not answer ({type(error).__name__})")
    except (ServiceError, KeyError, TypeError, ValueError) as error:
        return f"the index does not answer as it should ({type(error).__name__})"
    if len(results) != 1 or isinstance(results[0][0], SkippedDependency):
        return "the index does not know this version"
    return merged(_advisory(result, version) for result in results[0][1])


def _advisory(result: VulnerabilityResult, version: Version) -> Advisory:
    fixed = min((fix for fix in result.fix_versions if fix > version), default=None)
    return Advisory(
        result.id, tuple(sorted(result.aliases)), summary=result.description[:300], fixed=str(fixed) if fixed else ""
    )
