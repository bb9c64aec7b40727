"""What Prometheus refuses in a file of rules, as its own tool says."""

import json
import subprocess
import time
from pathlib import Path

import pytest
from oracles import program
from test_alerting import facts

from skillaudit.alerting.syntax import problems
from skillaudit.configuration import at
from skillaudit.configurations._events import read_events

SECONDS = 1.0
GOOD = {"alert": "A", "expr": "up == 0"}
RULES: list[tuple[bool, object]] = [
    (True, GOOD),
    (True, {**GOOD, "for": "1h30m", "labels": {"severity": "p0"}, "annotations": {"a": "{{ $labels.job }} is down"}}),
    (True, {"record": "job:up:sum", "expr": "sum by (job) (up)", "labels": {"a": "b"}}),
    (True, {**GOOD, "expr": 'sum(rate(http_requests_total{status=~"4.."}[5m])) > on() group_left() vector(1)'}),
    (True, {**GOOD, "expr": 'up{a="[({"} == 0 # a comment (with a bracket'}),
    (True, {**GOOD, "expr": "max_over_time(rate(up[5m])[1h:1m]) > 0"}),
    (True, {**GOOD, "expr": "up{a='b'} offset 5m == 0"}),
    (True, {**GOOD, "for": "0s"}),
    (True, {**GOOD, "expr": "up\n  == 0\n"}),
    (False, {"alert": "A"}),
    (False, {"expr": "up"}),
    (False, {"alert": "A", "record": "a", "expr": "up"}),
    (False, {"record": "a", "expr": "up", "for": "5m"}),
    (False, {"record": "a", "expr": "up", "annotations": {"a": "b"}}),
    (False, {"record": "a-b", "expr": "up"}),
    (False, {**GOOD, "for": "5 minutes"}),
    (False, {**GOOD, "for": "m5"}),
    (False, {**GOOD, "labels": {"a-b": "c"}}),
    (False, {**GOOD, "labels": {"__name__": "c"}}),
    (False, {**GOOD, "severity": "critical"}),
    (False, {**GOOD, "annotations": {"a": "{{ $labels.job"}}),
    (False, {**GOOD, "expr": "sum(up"}),
    (False, {**GOOD, "expr": "sum(up))"}),
    (False, {**GOOD, "expr": 'up{a="b} == 0'}),
    (False, {**GOOD, "expr": "rate(up[5 minutes])"}),
    (False, {**GOOD, "expr": "rate(up[]) > 0"}),
    (False, {**GOOD, "expr": "up ==" }),
    (False, {**GOOD, "expr": "up and"}),
    (False, {**GOOD, "expr": ""}),
]  # fmt: skip
GROUPS: list[tuple[bool, object]] = [
    (True, [{"name": "a", "interval": "30s", "rules": [GOOD]}, {"name": "b", "rules": []}]),
    (True, [{"name": "a", "limit": 3, "rules": [GOOD, {**GOOD, "alert": "B"}]}]),
    (False, [{"name": "a", "rules": [GOOD]}, {"name": "a", "rules": [GOOD]}]),
    (True, [{"name": "a", "rules": None}]),
    (False, [{"rules": [GOOD]}]),
    (False, [{"name": "a", "interval": "soon", "rules": [GOOD]}]),
    (False, [{"name": "a", "rule": [GOOD]}]),
]
CASES = [(good, json.dumps({"groups": [{"name": "a", "rules": [rule]}]})) for good, rule in RULES]
CASES += [(good, json.dumps({"groups": groups})) for good, groups in GROUPS]


def _accepted(text: str) -> bool:
    (root,) = read_events(text, strict=True)
    return not any(problems(at(root, "groups")))


@pytest.mark.parametrize(("good", "text"), CASES)
def test_rules_are_accepted_or_refused(good: bool, text: str) -> None:  # noqa: FBT001
    assert _accepted(text) is good


def test_promtool_says_the_same(tmp_path: Path) -> None:
    promtool = program("promtool")
    for number, (good, text) in enumerate(CASES):
        (tmp_path / f"{number:02}-{'good' if good else 'bad'}.yaml").write_text(text, encoding="utf-8")
    assert not _refused(promtool, *tmp_path.glob("*-good.yaml"))
    bad = list(tmp_path.glob("*-bad.yaml"))
    assert [path.read_text() for path in bad if not _refused(promtool, path)] == []


def _refused(promtool: str, *files: Path) -> bool:
    return subprocess.run([promtool, "check", "rules", *files], capture_output=True, check=False).returncode != 0


def test_files_that_prometheus_would_not_load_count_for_nothing() -> None:
    text = json.dumps({"groups": [{"name": "a", "rules": [GOOD, {**GOOD, "for": "soon"}]}]})
    held = facts({"monitoring/rules.yaml": text})
    assert held.alerting.rules == ()
    assert [(gap.path, gap.reason.partition(":")[0]) for gap in held.gaps if "Prometheus" in gap.reason] == [
        ("monitoring/rules.yaml", "Prometheus would load none of its rules")
    ]


HOSTILE = {
    "keys": "event=" * 60_000,
    "quotes": 'event in ("' + 'a",' * 40_000,
    "open": 'a="' + "\\" * 200_000,
    "words": "a" * 250_000,
    "spaces": "event" + " " * 250_000 + "=",
    "braces": "{" * 100_000 + "}" * 100_000,
    "ranges": "[1m:" * 60_000,
    "alternatives": '{a="b"} |~ "' + "x|" * 100_000 + '"',
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_expressions_are_read_within_a_second(name: str) -> None:
    text = json.dumps({"groups": [{"name": "a", "rules": [{**GOOD, "expr": HOSTILE[name]}]}]})
    monitor = json.dumps(
        {"name": "a", "type": "log alert", "query": f'logs("{HOSTILE[name]}', "message": "@a" * 50_000}
    )
    terraform = f'resource "datadog_monitor" "a" {{\n  query = {json.dumps(HOSTILE[name][:60_000])}\n}}\n'
    markdown = "alert p0 " + HOSTILE[name]
    started = time.process_time()
    facts({"a.yaml": text, "a.json": monitor, "a.tf": terraform, "docs/a.md": markdown})
    assert time.process_time() - started < SECONDS


def test_a_forest_of_routes_is_read_within_a_second() -> None:
    lines = ["l0: &l0 {receiver: a, matchers: ['severity=~\"(a+)+$\"'], continue: true}"]
    lines += [f"l{n}: &l{n} {{receiver: a, continue: true, routes: [*l{n - 1}, *l{n - 1}]}}" for n in range(1, 12)]
    routes = "\n".join(lines) + "\nroute: {receiver: a, routes: [*l11]}\nreceivers: [{name: a}]\n"
    listed = [{**GOOD, "alert": f"A{n}", "labels": {"severity": "a" * 200}} for n in range(1000)]
    rules = json.dumps({"groups": [{"name": "a", "rules": listed}]})
    started = time.process_time()
    held = facts({"monitoring/a.yaml": routes, "monitoring/b.yaml": rules})
    assert time.process_time() - started < SECONDS
    assert {gap.reason for gap in held.gaps} == {"more than 400 alert rules", "more than 500 routes for alerts"}
