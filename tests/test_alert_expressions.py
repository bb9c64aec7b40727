"""What alert expressions ask: names, metrics, thresholds and windows, in the languages of several tools."""

import pytest

from skillaudit.alert import Reads
from skillaudit.alerting.expressions import fires_from, query, seconds
from skillaudit.checks._alerting import secures, turns_away
from skillaudit.model import Location


@pytest.mark.parametrize(
    ("expression", "least", "window"),
    [
        ("increase(mcp_auth_failures_total[1m]) > 2", 3, 60),
        ("sum(rate(mcp_auth_failures_total[30s])) >= 0.1", 3, 30),
        ("sum(rate(mcp_auth_failures_total[5m])) > 1", 301, 300),
        ('count_over_time({app="a"} |= "auth_failure" [1h30m]) >= 10', 10, 5400),
        ('{app="a"} |= "auth_failure"', 1, 0),
        ("up == 0", None, 0),
        ('argocd_app_info{sync_status!="Synced"} != 0', None, 0),
    ],
)
def test_thresholds_become_counts(expression: str, least: int | None, window: int) -> None:
    asked = query(expression, Location("a", 1))
    assert (asked.least, asked.window) == (least, window)
    assert (asked.reads is Reads.LOGS) is ("|=" in expression)


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ('{app="a"} | json | event=~"auth_failure|login_denied"', ["auth_failure", "login_denied"]),
        ('{app="a"} |= "\\"event\\":\\"auth_failure\\""', ["auth_failure"]),
        ('{app="a"} != "auth_failure" | event!="tool_call"', []),
        ('jsonPayload.event="auth_failure"', ["auth_failure"]),
        ('T | where EventType in ("auth_failure", "scope_denied")', ["auth_failure", "scope_denied"]),
        ("@event:auth_failure -@event.level:low", ["auth_failure"]),
    ],
)
def test_names_that_an_expression_looks_for(expression: str, names: list[str]) -> None:
    assert [one.name for one in query(expression, Location("a", 1)).wanted] == names


def test_durations_and_comparisons() -> None:
    assert [seconds(one) for one in ("30s", "1h30m", "PT5M", "P1D", "120", "soon")] == [30, 5400, 300, 86_400, 120, 0]
    assert [fires_from(*one) for one in ((">", 2), (">=", 2.5), ("gt", 2), ("<", 2))] == [3, 3, 3, None]


def test_names_of_security_events() -> None:
    good = (
        "auth_failure",
        "AuthFailed",
        "rate_limit_exceeded",
        "scope.denied",
        "mcp_authfailures_total",
        "chain_guard_alert",
    )
    assert [one for one in good if not secures(one)] == []
    assert [one for one in ("tool_call", "author_added", "server_started", "max_tokens", "rate") if secures(one)] == []
    failing = ("auth_failure", "login_rejected", "token_expired", "http_auth_errors_total", "unauthorized_missing")
    assert [one for one in failing if not turns_away(one)] == []
    assert not turns_away("upload_failed")
