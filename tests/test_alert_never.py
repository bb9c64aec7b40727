"""Alerts that nobody can hear: what no data fulfil, and routes that are always muted; and their honest likes."""

from pathlib import Path

import pytest
from audits import write_tree

from skillaudit.alerting.intervals import named, silent
from skillaudit.alerting.satisfiable import never_fires
from skillaudit.configuration import Node, at, documents
from skillaudit.inventory import take_inventory

LOGS = 'sum by (caller) (count_over_time({app="shop"} | json | event="auth_failure" [30s]))'


@pytest.mark.parametrize(
    "expression",
    [
        f"{LOGS} > 5 and {LOGS} < 5",
        f"({LOGS} >= 3) < 3",
        f"{LOGS} >= 3 and on() vector(0) > 1",
        f"{LOGS} >= 3 unless on() vector(1)",
        f"{LOGS} >= 3 unless {LOGS} >= 1",
        f"absent({LOGS}) and {LOGS} >= 3",
        f"({LOGS} * 0) >= 3",
        f"({LOGS} > bool 10) >= 3",
        f"clamp_max({LOGS}, 2) >= 3",
        "up == 0 and up == 1",
        "vector(0) > 1 or vector(0) > 2",
        "1 > 2",
    ],
)
def test_no_data_fulfil_it(expression: str) -> None:
    assert never_fires(expression)


@pytest.mark.parametrize(
    "expression",
    [
        f"{LOGS} >= 3",
        f"3 <= {LOGS}",
        f"{LOGS} >= 3 and {LOGS} < 1000",
        f"({LOGS} or vector(0)) >= 3",
        f"{LOGS} >= 3 and on() vector(1) > 0",
        f"{LOGS} >= 3 unless {LOGS} >= 1000",
        f"{LOGS} >= 3 unless on() maintenance == 1",
        f"clamp({LOGS}, 0, 3) >= 3",
        "up > 5 and on() up < 5",
        'up{a="1"} > 5 and up{a="2"} < 5',
        "up offset 5m > 5 and up < 5",
        "rate(up[5m]) > 1 and rate(up[10m]) < 1",
        "up > 5 or vector(0) > 1",
        "absent(up) and other",
        "up - 3 > 5 and up < 1",
        "-up > 5 and up < 1",
        "absent(up > 5) and up > 3",
        "up > ((5",
        "",
    ],
)
def test_some_data_may_fulfil_it(expression: str) -> None:
    assert not never_fires(expression)


TREE = """route:
  receiver: people
  %s
time_intervals:
  - name: always
    time_intervals:
      - times: [{start_time: '00:00', end_time: '24:00'}]
  - name: day
    time_intervals:
      - times: [{start_time: '06:00', end_time: '24:00'}]
  - name: night
    time_intervals:
      - times: [{start_time: '00:00', end_time: '06:00'}]
  - name: week
    time_intervals:
      - weekdays: ['monday:friday']
  - name: weekend
    time_intervals:
      - weekdays: ['saturday', 'sunday']
  - name: whole
    time_intervals:
      - {}
  - name: weeknights
    time_intervals:
      - times: [{start_time: '00:00', end_time: '24:00'}]
        weekdays: ['monday:friday']
  - name: past
    time_intervals:
      - years: ['1999:2001']
  - name: months
    time_intervals:
      - months: ['january:december']
        days_of_month: ['1:31']
receivers:
  - name: people
"""


def _root(folder: Path, line: str) -> Node:
    write_tree(folder, {"alertmanager.yaml": TREE % line})
    (document,) = documents(folder, take_inventory(folder)).of("alertmanager")
    return document.root


@pytest.mark.parametrize(
    ("line", "muted"),
    [
        ("mute_time_intervals: [always]", True),
        ("mute_time_intervals: [whole]", True),
        ("mute_time_intervals: [months]", True),
        ("mute_time_intervals: [day, night]", True),
        ("mute_time_intervals: [week, weekend]", True),
        ("active_time_intervals: [past]", True),
        ("mute_time_intervals: [day]", False),
        ("mute_time_intervals: [weekend]", False),
        ("mute_time_intervals: [day, weekend]", False),
        ("mute_time_intervals: [weeknights]", False),
        ("mute_time_intervals: [past]", False),
        ("mute_time_intervals: [unknown]", False),
        ("active_time_intervals: [always]", False),
        ("active_time_intervals: [past, day]", False),
        ("group_wait: 0s", False),
    ],
)
def test_a_route_that_is_always_muted_is_told_from_one_that_sleeps(line: str, muted: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a table
    root = _root(tmp_path, line)
    route = at(root, "route")
    assert route is not None
    known = named(root, "time_intervals")
    assert silent(route, known, ("mute_time_intervals",), ("active_time_intervals",)) is muted
