"""The same questions, asked of something else or answered the other way round."""

import logging
from typing import Any

import httpx
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)


def keep(place: Any, **rest: Any) -> None:
    """Elements that are texts."""
    if place:
        log.warning(f"place: {place}")  # expect: SA202
    for name, value in rest.items():
        if isinstance(value, dict):
            continue
        if isinstance(value, str) and value:
            log.warning(f"text: {value}")  # expect: SA202
    state = rest.pop("state", None)
    if isinstance(state, int):
        return
    log.warning(f"state: {state}")  # expect: SA202


@mcp.tool()
async def place(where: str, parts: dict[str, Any]) -> str:
    """Place parts."""
    keep(where, **parts)
    return "done"


@mcp.tool()
async def count(number: str) -> str:
    """Count up."""
    try:
        last = int(str(number).strip())
    except ValueError:
        last = 0
    try:
        return str(sum(range(last)))
    except MemoryError as error:
        log.error(f"too far: {number}")  # expect: SA202
        raise ValueError("too far") from error


@mcp.tool()
async def kind(wanted: str, other: str = "") -> str:
    """Look one of the service's kinds up."""
    held = httpx.get("https://kinds.example.test").json()
    table = held["kinds"]
    part = table.get(wanted)
    if not isinstance(part, dict):
        log.warning("unknown kind %s", wanted)  # expect: SA202
    label = other if not other.isdigit() else wanted
    for known in held["labels"]:
        if known["label"].lower() == label.lower():
            return known["id"]
    log.info(f"nothing for '{label}'")  # expect: SA202
    return "done"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
