"""Errors that are recorded, handed on, answered, or expected."""

import json
import logging
from pathlib import Path

import httpx
from mcp.server.fastmcp import FastMCP

log = logging.getLogger(__name__)
mcp = FastMCP("mini")
CACHE: dict[str, str] = {}


def note(what: str) -> None:
    log.warning("%s went wrong", what)


@mcp.tool()
def recorded(city: str) -> str:
    """Leaves a record, through a helper."""
    log.info("recorded")
    try:
        return httpx.get("https://api.example.test/" + city).text
    except Exception:
        note("recorded")
        return ""


@mcp.tool()
def raised(city: str) -> str:
    """Hands it on."""
    log.info("raised")
    try:
        return httpx.get("https://api.example.test/" + city).text
    except Exception as error:
        raise RuntimeError("no answer") from error


@mcp.tool()
def answered(city: str) -> str:
    """Tells the caller."""
    log.info("answered")
    try:
        return httpx.get("https://api.example.test/" + city).text
    except Exception as error:
        return f"Error: {error}"


@mcp.tool()
def kept(cities: list[str]) -> dict[str, list[str]]:
    """Gives the failures back."""
    log.info("kept")
    found, failed = [], []
    for city in cities:
        try:
            found.append(httpx.get("https://api.example.test/" + city).text)
        except Exception:
            failed.append(city)
    return {"found": found, "failed": failed}


@mcp.tool()
def expected(city: str) -> str:
    """A missing key, an absent file and a text that is no JSON are expected."""
    log.info("expected")
    try:
        return CACHE[city]
    except KeyError:
        pass
    try:
        return Path("/srv/cities").joinpath("default").read_text(encoding="utf-8")
    except FileNotFoundError:
        pass
    try:
        return json.loads(city)
    except Exception:
        return city


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
