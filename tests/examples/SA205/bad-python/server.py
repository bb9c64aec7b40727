"""Errors that look like success."""

import logging

import httpx
from mcp.server.fastmcp import FastMCP

from work import fetch_all, look_up

log = logging.getLogger(__name__)
mcp = FastMCP("mini")


@mcp.tool()
def quiet(city: str) -> str:
    """Drops whatever happens."""
    log.info("quiet")
    try:
        return httpx.get("https://api.example.test/" + city).text
    except Exception:  # expect: SA205
        return ""


@mcp.tool()
def bare(city: str) -> str:
    """Drops even an interrupt."""
    log.info("bare")
    text = ""
    try:
        text = look_up(city)
    except:  # noqa: E722
        pass
    return text


@mcp.tool()
def some(cities: list[str]) -> list[str]:
    """Leaves out what failed."""
    log.info("some")
    return fetch_all(cities)


@mcp.tool()
def loud(city: str) -> str:
    """Records it."""
    log.info("loud")
    try:
        return look_up(city)
    except Exception as error:
        log.warning("look-up of a city went wrong: %s", type(error).__name__)
        return ""


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
