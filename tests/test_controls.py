"""Taking a single control out of a complete server lowers exactly the checks that it serves."""

from collections.abc import Callable

import pytest
from audits import audit_tree, server, verdict_of

from skillaudit.report import Report

OWN = ("SA105", "SA106", "SA107", "SA109", "SA112", "SA114")
PYTHON, TYPESCRIPT, GO = "reference-python", "reference-typescript", "reference-go"
REFERENCES = (PYTHON, TYPESCRIPT, GO)

Edit = Callable[[str], str]


def without(first: str, last: str, instead: str = "") -> Edit:
    """Leave out the text from ``first`` to the end of ``last``."""

    def edit(text: str) -> str:
        start = text.index(first)
        return text[:start] + instead + text[text.index(last, start) + len(last) :]

    return edit


CASES: dict[str, tuple[str, str, Edit, set[str]]] = {
    "python: duration of the record": (
        PYTHON, "security/audit.py", without("                    duration_ms=", "* 1000),\n"), {"SA114"},
    ),
    "python: outcome of the record": (
        PYTHON, "security/audit.py", without("                    outcome=outcome,\n", "error=error,\n"), {"SA114"},
    ),
    "python: burst": (
        PYTHON, "security/guards.py", without("        if len(same) > self._limits.burst_calls:", ")\n"), {"SA106"},
    ),
    "python: chain": (
        PYTHON, "security/guards.py",
        without("        if any(c.effect is Effect.RETRIEVAL for c in recent):", "**session.who(),\n            )\n"),
        {"SA106"},
    ),
    "python: enumeration": (
        PYTHON, "security/guards.py",
        without('            security_event("enumeration_alert"', ")\n", "            return\n"), {"SA106"},
    ),
    "python: the guard is never asked": (
        PYTHON, "security/audit.py", without("                AnomalyGuard(LIMITS", "(session, call)\n"), {"SA106"},
    ),
    "python: single response": (
        PYTHON, "security/guards.py",
        without("        if size > self._limits.single_response:", 'too large")\n'), {"SA107"},
    ),
    "python: outbound bodies": (
        PYTHON, "tools.py", without("        volume.outbound(session", ")))\n"), {"SA107"},
    ),
    "python: second factor": (
        PYTHON, "tools.py", without("        if not hmac.compare_digest", 'code is wrong")\n'), {"SA109"},
    ),
    "python: record of a change": (
        PYTHON, "tools.py",
        without('        security.security_event(\n            "config_change"', "**session.who()\n        )\n"),
        {"SA109"},
    ),
    "python: hash of the surface": (
        PYTHON, "server.py", without("        self._surface = record_surface", "self._surface)\n"), {"SA112"},
    ),
    "typescript: bytes of the record": (
        TYPESCRIPT, "security/instrument.ts", without("        bytes,\n", "bytes,\n"), {"SA114"},
    ),
    "typescript: session ceiling": (
        TYPESCRIPT, "security/guards.ts",
        without("  if (session.inboundBytes > limits.sessionBytes) {", "  }\n"), {"SA107"},
    ),
    "typescript: burst": (
        TYPESCRIPT, "security/guards.ts",
        without("  if (repeated.length > limits.repeatedCalls) {", "  }\n"), {"SA106"},
    ),
    "typescript: second factor": (
        TYPESCRIPT, "tools/admin.ts", without("    if (!confirmed(confirmation)) {", "    }\n"), {"SA109"},
    ),
    "typescript: hash of the surface": (
        TYPESCRIPT, "server.ts", without("  log.security({ event: 'tool_surface'", "});\n"), {"SA112"},
    ),
    "go: hash of the arguments": (
        GO, "audit.go", without('			"args_hash", arguments, ', "arguments, ", "			"), {"SA114"},
    ),
    "go: burst": (
        GO, "guards.go",
        without("	if repeated > limit(&limits.RepeatedCalls) {", "	}\n", "	_ = repeated\n"), {"SA106"},
    ),
    "go: outbound ceiling": (
        GO, "tools.go", without("	if err := caller.countOutbound", "	}\n"), {"SA107"},
    ),
    "go: second factor": (
        GO, "tools.go", without("	if subtle.ConstantTimeCompare", "	}\n"), {"SA109"},
    ),
    "go: hash of the surface": (
        GO, "audit.go", without('	securityLog.Info("tool_surface"', "))\n"), {"SA112"},
    ),
}  # fmt: skip


def shares(report: Report) -> dict[str, tuple[int, int]]:
    verdicts = {check: verdict_of(report, check) for check in OWN}
    return {check: (one.opportunities - one.met, one.opportunities) for check, one in verdicts.items()}


@pytest.mark.parametrize("name", REFERENCES)
def test_a_reference_server_misses_nothing(name: str) -> None:
    found = shares(audit_folder_of(name))
    assert {check: missed for check, (missed, _) in found.items() if missed} == {}
    assert all(asked for _, asked in found.values()), found


@pytest.mark.parametrize("case", CASES)
def test_one_control_less_lowers_the_checks_it_serves_and_no_other(case: str) -> None:
    name, suffix, edit, served = CASES[case]
    files = server(name)
    (path,) = [path for path in files if path.endswith(f"/{suffix}") or path == suffix]
    changed = audit_tree(files | {path: edit(files[path])})
    before, after = shares(audit_folder_of(name)), shares(changed)
    assert {check for check in OWN if after[check][0] > before[check][0]} == served


def audit_folder_of(name: str) -> Report:
    return audit_tree(server(name))
