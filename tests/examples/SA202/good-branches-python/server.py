"""What a branch leaves of a value: no text, nothing at all, or what somebody else said first."""

import functools
import logging
from typing import Any

import httpx
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)


def named(handler: Any) -> Any:
    """Log by the function's name."""
    called = handler.__name__

    @functools.wraps(handler)
    async def inside(*args: Any, **kwargs: Any) -> Any:
        log.info("tool %s", called)
        return await handler(*args, **kwargs)

    return inside


def keep(place: Any, **rest: Any) -> str:
    """Elements that are no texts."""
    if not place:
        log.warning(f"no place: {place}")
    for name, value in rest.items():
        if isinstance(value, dict):
            continue
        if isinstance(value, str) and value:
            continue
        log.warning(f"neither text nor object: {value}")
    for value in rest["marks"]:
        if isinstance(value, str):
            continue
        log.warning(f"no text: {value}")
    state = rest.pop("state", None)
    if isinstance(state, str):
        return state
    log.warning(f"no state: {state}")
    return ""


@mcp.tool()
@named
async def place(where: str, parts: dict[str, Any]) -> str:
    """Place parts."""
    return keep(where, **parts)


@mcp.tool()
async def count(number: str) -> str:
    """Count up."""
    try:
        last = int(str(number).strip())
    except ValueError as error:
        raise ValueError("no number") from error
    try:
        return str(sum(range(last)))
    except MemoryError as error:
        log.error(f"too far: {number}")
        raise ValueError("too far") from error


@mcp.tool()
async def kind(wanted: str | None = None, other: str = "") -> str:
    """Look one of the service's kinds up."""
    held = httpx.get("https://kinds.example.test").json()
    table = held["kinds"]
    for one in [wanted] if wanted is not None else ["round", "flat"]:
        part = table.get(one, {})
        if not isinstance(part, dict):
            log.warning("odd kind %s", one)
            return "odd"
    label = None
    if other.isdigit():
        number = other
    else:
        label = other
        number = wanted
    for known in held["labels"]:
        if label and known["label"].lower() == label.lower():
            log.info(f"found '{label}'")
            return known["id"]
    return number or ""


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
