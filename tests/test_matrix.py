"""The coverage matrix: what it says of whole servers, and how its table groups tools."""

import json

import pytest
from audits import SERVERS, audit_folder
from linked import facts_of

from skillaudit.check import load_checks
from skillaudit.evaluate import evaluate
from skillaudit.formats import console
from skillaudit.formats import json as document
from skillaudit.formats._matrix import table
from skillaudit.matrix import EVENTS, Matrix, Row, Seen, build_matrix

_SERVER = """\
import logging
from mcp.server.fastmcp import FastMCP

log = logging.getLogger("desk")
mcp = FastMCP("desk")


@mcp.tool()
def loud(name: str) -> str:
    try:
        text = fetch(name)
    except OSError:
        log.warning("loud failed")
        raise
    log.info("loud done")
    return text


@mcp.tool()
def vague(name: str) -> str:
    text = fetch(name)
    log.info("done")
    return text


@mcp.tool()
def silent(name: str) -> str:
    return fetch(name)


def fetch(name):
    return open(name).read()


mcp.run(transport="streamable-http")
"""


def _matrix(source: str) -> Matrix:
    facts = facts_of({"server.py": source})
    return build_matrix(facts, evaluate(facts, load_checks()))


def _row(matrix: Matrix, tool: str) -> dict[str, Seen]:
    (row,) = [one for one in matrix.rows if one.tool == tool]
    return {event.name: cell.seen for event, cell in zip(matrix.events, row.cells, strict=True)}


def test_every_column_names_a_check_that_exists_or_is_planned() -> None:
    known = {check.id for check in load_checks()} | {"SA104"}
    assert {event.check for event in EVENTS} <= known


@pytest.mark.parametrize(
    ("tool", "success", "failure"),
    [("loud", Seen.YES, Seen.YES), ("vague", Seen.PART, Seen.NO), ("silent", Seen.NO, Seen.NO)],
)
def test_success_and_failure_are_told_apart(tool: str, success: Seen, failure: Seen) -> None:
    row = _row(_matrix(_SERVER), tool)
    assert (row["success"], row["failure"]) == (success, failure)


def test_what_is_about_the_server_stands_with_every_tool() -> None:
    matrix = _matrix(_SERVER)
    assert {_row(matrix, row.tool)["anomaly"] for row in matrix.rows} == {Seen.NO}
    assert {_row(matrix, row.tool)["configuration"] for row in matrix.rows} == {Seen.NEVER}


def test_the_reference_server_misses_nothing_that_its_own_checks_ask() -> None:
    matrix = audit_folder(SERVERS / "reference-python").coverage
    asked = {"success", "failure", "volume", "anomaly", "configuration"}
    unnoticed = {(row.tool, name) for row in matrix.rows for name in set(row.unnoticed) & asked}
    assert unnoticed == set()
    assert _row(matrix, "set_limit")["configuration"] is Seen.YES


def test_a_table_groups_tools_and_counts_what_it_leaves_out() -> None:
    matrix = _matrix(_SERVER)
    shown = table(matrix)
    assert sorted(row.tools for row in shown.rows) == ["loud", "silent", "vague"]
    many = tuple(Row(f"tool{n}", row.location, "", row.cells) for row in matrix.rows[:1] for n in range(30))
    grouped = table(Matrix(EVENTS, many))
    assert [row.tools for row in grouped.rows] == ["tool0, tool1 and 28 more"]
    assert grouped.left_out == 0


def test_console_and_json_show_the_same_cells() -> None:
    report = audit_folder(SERVERS / "silent-python")
    written = json.loads(document.render(report))["coverage"]
    assert {tool["events"]["success"]["seen"] for tool in written["tools"]} == {"no"}
    section = console.render(report).partition("What would be noticed\n")[2].partition("\n\n")[0]
    assert "NO" in section
    assert "success" in section
