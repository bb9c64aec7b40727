"""Functions that keep or fetch something and log beside it: the record is found where it is written."""

import logging

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)
SESSIONS: dict[str, str] = {}


def keep(place: str, value: str) -> None:
    SESSIONS[place] = value
    log.info("kept for %s", place)  # expect: SA202


def get_session_info(place: str) -> str:
    log.info("asked for %s", place)  # expect: SA202
    return str(len(SESSIONS))


def noted(place: str) -> None:
    entry = {}
    entry["session"] = place
    log.info("noted %s", place)


@mcp.tool()
async def begin(place: str) -> str:
    """Begin."""
    keep(place, "begun")
    noted(place)  # expect: SA202
    return get_session_info(place)


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
