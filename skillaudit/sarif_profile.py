"""What GitHub code scanning takes: SARIF 2.1.0 and the limits beside it that no schema states.

Source: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
and the limits that its upload end point enforces.
"""

import json
import math
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NoReturn

from skillaudit.errors import SkillauditError

MAX_RESULTS: Final = 5000
"""Results that are shown of one run; 25,000 are taken."""
_MAX_BYTES: Final = 10_000_000
_MAX_TAGS: Final = 10
_MAX_NAME, _MAX_TEXT = 255, 1024
_MAX_LOCATIONS: Final = 1000
_MAX_STEPS: Final = 10_000
_URI = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=@/:-]|%[0-9A-Fa-f]{2})+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_LEVELS = {"none", "note", "warning", "error"}
_STATES = {"new", "unchanged", "updated", "absent"}
_PRECISIONS = {"very-high", "high", "medium", "low"}


class InvalidSarifError(SkillauditError):
    """A log that GitHub would refuse; the text names the first reason."""


def too_large(text: str) -> bool:
    """Whether the upload, compressed as GitHub wants it, exceeds its limit."""
    if len(text) <= _MAX_BYTES:
        return False
    packer = zlib.compressobj(wbits=31)
    data = text.encode("utf-8", "surrogatepass")
    return len(packer.compress(data)) + len(packer.flush()) > _MAX_BYTES


def problems_in(text: str) -> tuple[str, ...]:
    """Why GitHub would refuse the text of a log; empty where it would not."""
    try:
        log: Any = json.loads(text, parse_constant=_refuse)
    except RecursionError:
        return ("nested too deeply",)
    except ValueError as error:
        return (f"no JSON: {error}",)
    return (*problems_of(log), *(("more than 10 MB when compressed",) if too_large(text) else ()))


def problems_of(log: object) -> tuple[str, ...]:
    """Why GitHub would refuse the log, one line each, with the place; empty where it would not."""
    if not isinstance(log, dict):
        return ("the log is no object",)
    try:
        return tuple(_log_problems(log))
    except (TypeError, AttributeError, KeyError, ValueError, RecursionError) as error:
        return (f"of another shape than SARIF: {type(error).__name__} {str(error)[:80]}",)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON number")


def _log_problems(log: Mapping[str, Any]) -> Iterator[str]:
    if log.get("version") != "2.1.0":
        yield f"version: {log.get('version')!r} is not 2.1.0"
    runs = log.get("runs")
    if not isinstance(runs, list) or not runs:
        yield "runs: there is none"
        return
    categories = Counter((run.get("automationDetails") or {}).get("id", "") for run in runs)
    yield from (f"runs: two runs of the category {name!r}" for name, count in categories.items() if count > 1)
    for number, run in enumerate(runs):
        yield from (f"runs[{number}].{problem}" for problem in _run_problems(run))


def _run_problems(run: Mapping[str, Any]) -> Iterator[str]:
    driver = (run.get("tool") or {}).get("driver") or {}
    if not driver.get("name"):
        yield "tool.driver.name: missing"
    rules = driver.get("rules") or []
    names = Counter(rule.get("id") for rule in rules)
    yield from (f"rules: {name!r} is there {count} times" for name, count in names.items() if count > 1)
    for rule in rules:
        yield from (f"rules {rule.get('id')!r}: {problem}" for problem in _rule_problems(rule))
    identity = (run.get("automationDetails") or {}).get("id", "")
    if not identity.endswith("/"):
        yield f"automationDetails.id: {identity!r} does not end with a slash, so its last part is taken for a run id"
    for invocation in run.get("invocations") or []:
        if not isinstance(invocation.get("executionSuccessful"), bool):
            yield "invocations: executionSuccessful is missing"
    results = run.get("results")
    if not isinstance(results, list):
        yield "results: missing; a clean run has an empty list"
        return
    if len(results) > MAX_RESULTS:
        yield f"results: {len(results)}, of which {MAX_RESULTS} are shown"
    for number, result in enumerate(results):
        yield from (f"results[{number}]: {problem}" for problem in _result_problems(result, rules))


def _rule_problems(rule: Mapping[str, Any]) -> Iterator[str]:
    if not rule.get("id"):
        yield "no id"
    if len(rule.get("name") or "") > _MAX_NAME:
        yield f"its name is longer than {_MAX_NAME} characters"
    for part in ("shortDescription", "fullDescription"):
        text = (rule.get(part) or {}).get("text") or ""
        if not 0 < len(text) <= _MAX_TEXT:
            yield f"{part}.text has {len(text)} characters, not 1 to {_MAX_TEXT}"
    help_ = rule.get("help") or {}
    if not help_.get("text") or not help_.get("markdown"):
        yield "help.text or help.markdown is missing"
    properties = rule.get("properties") or {}
    if len(properties.get("tags") or []) > _MAX_TAGS:
        yield f"more than {_MAX_TAGS} tags"
    if properties.get("precision", "high") not in _PRECISIONS:
        yield f"precision {properties['precision']!r}"
    severity = properties.get("security-severity")
    if severity is not None and not _is_score(severity):
        yield f"security-severity {severity!r} is no text with a number from 0 to 10"


def _is_score(severity: object) -> bool:
    if not isinstance(severity, str):
        return False
    try:
        number = float(severity)
    except ValueError:
        return False
    return math.isfinite(number) and 0 <= number <= 10  # noqa: PLR2004 - the scale of CVSS


def _result_problems(result: Mapping[str, Any], rules: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield from _rule_reference_problems(result, rules)
    yield from _word_problems(result)
    locations = result.get("locations") or []
    if not 0 < len(locations) <= _MAX_LOCATIONS:
        yield f"{len(locations)} locations, not 1 to {_MAX_LOCATIONS}"
    for location in locations:
        yield from _place_problems(location, exact=True)
    for location in result.get("relatedLocations") or []:
        yield from _place_problems(location, exact=False)
    for flow in result.get("codeFlows") or []:
        yield from _flow_problems(flow)
    for fix in result.get("fixes") or []:
        yield from _fix_problems(fix)


def _rule_reference_problems(result: Mapping[str, Any], rules: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    index, name = result.get("ruleIndex", -1), result.get("ruleId")
    if index >= len(rules) or (index >= 0 and rules[index].get("id") != name):
        yield f"ruleIndex {index} is not that of {name!r}"
    elif index < 0 and name not in {rule.get("id") for rule in rules}:
        yield f"there is no rule {name!r}"


def _word_problems(result: Mapping[str, Any]) -> Iterator[str]:
    if not (result.get("message") or {}).get("text"):
        yield "message.text is empty"
    if result.get("level", "warning") not in _LEVELS:
        yield f"level {result['level']!r}"
    if result.get("baselineState", "new") not in _STATES:
        yield f"baselineState {result['baselineState']!r}"
    if result.get("suppressions"):
        yield "it is suppressed: GitHub shows it as open"
    prints = result.get("partialFingerprints") or {}
    if not prints or not all(isinstance(value, str) and value for value in prints.values()):
        yield "no partialFingerprints: each run makes it a new alert"


def _flow_problems(flow: Mapping[str, Any]) -> Iterator[str]:
    threads = flow.get("threadFlows") or []
    if not threads:
        yield "a code flow without a thread"
    for thread in threads:
        stops = thread.get("locations") or []
        if not 0 < len(stops) <= _MAX_STEPS:
            yield f"a flow of {len(stops)} steps, not 1 to {_MAX_STEPS}"
        for stop in stops:
            yield from _place_problems(stop.get("location") or {}, exact=False)


def _fix_problems(fix: Mapping[str, Any]) -> Iterator[str]:
    changes = fix.get("artifactChanges") or []
    if not changes or not all(change.get("replacements") for change in changes):
        yield "a fix that changes nothing"
    for change in changes:
        yield from _uri_problems((change.get("artifactLocation") or {}).get("uri"))
        for replacement in change.get("replacements") or []:
            yield from _region_problems(replacement.get("deletedRegion") or {}, exact=True)


def _place_problems(location: Mapping[str, Any], *, exact: bool) -> Iterator[str]:
    place = location.get("physicalLocation") or {}
    yield from _uri_problems((place.get("artifactLocation") or {}).get("uri"))
    yield from _region_problems(place.get("region") or {}, exact=exact)


def _uri_problems(uri: object) -> Iterator[str]:
    if not isinstance(uri, str) or not _URI.fullmatch(uri):
        yield f"{uri!r} is no percent-encoded URI"
    elif uri.startswith("/") or _SCHEME.match(uri):
        yield f"{uri!r} is not relative to the repository"
    elif ".." in uri.split("/"):
        yield f"{uri!r} leaves the repository"


def _region_problems(region: Mapping[str, Any], *, exact: bool) -> Iterator[str]:
    start, end = region.get("startLine"), region.get("endLine", region.get("startLine"))
    if not isinstance(start, int) or not isinstance(end, int) or not 1 <= start <= end:
        yield f"a region from line {start!r} to {end!r}"
        return
    first, last = region.get("startColumn"), region.get("endColumn")
    if first is None and last is None and not exact:
        return
    if not isinstance(first, int) or not isinstance(last, int) or first < 1 or last < 1:
        yield f"a region from column {first!r} to {last!r}"
    elif start == end and last <= first:
        yield f"a region that ends at column {last} before it begins at {first}"
