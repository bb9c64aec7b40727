"""A secret that stands in the source is named by kind and place, and shown by no format."""

import pytest
from audits import audit_tree, found

from skillaudit.formats import Format
from skillaudit.render import renderer

WORDS = "open-sesame-2024"
MADE = "4f9a1c7e2b8d6035" + "e1b7f2a96c3d8054"
SERVER = f'''"""Holds secrets."""
import logging
import os

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)
service_api_key = "{MADE}"


@mcp.tool()
def unlock(token: str, query: str) -> str:
    """Unlock."""
    if token == "{WORDS}":
        log.info("unlocked %s", query)
        return "open"
    return os.environ["HOME"]


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
'''
TREE = {"server.py": SERVER, ".env": f"PORT=8080\nSERVICE_TOKEN={MADE}\n"}
SHOWING = (Format.CONSOLE, Format.JSON, Format.SARIF, Format.MARKDOWN)


def test_each_is_found_at_its_line() -> None:
    places = [(one.finding.location.path, one.finding.location.line) for one in found(audit_tree(TREE), "SA605")]
    assert sorted(places) == [(".env", 2), ("server.py", 9), ("server.py", 15)]


@pytest.mark.parametrize("form", SHOWING)
def test_no_format_shows_a_piece_of_it(form: Format) -> None:
    shown = renderer(form)(audit_tree(TREE))
    for secret in (WORDS, MADE):
        assert [secret[at : at + 6] for at in range(len(secret) - 5) if secret[at : at + 6] in shown] == []


def test_the_line_is_shown_up_to_its_constant() -> None:
    shown = renderer(Format.JSON)(audit_tree(TREE))
    assert "service_api_key = [withheld]" in shown
    assert "SERVICE_TOKEN=[withheld]" in shown
