"""What a person types that is no credential."""

import asyncio
import logging

import click
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)


def setup() -> None:
    log.info("x %s", input("Your name: "))
    log.info("x %s", input("Continue without a token? [y/n] "))
    log.info("x %s", input("Enter the name of the secret: "))
    log.info("x %s", click.prompt("Token file"))
    log.info("x %s", bool(input("Enter your API key: ")))


async def later(token: str) -> None:
    log.info("x %s", await asyncio.to_thread(len, token))
    one, two = await asyncio.gather(first(token), second())
    log.info("x %s", two)
    log.info("x %s", bool(one))


async def first(token: str) -> str:
    return token


async def second() -> str:
    return "second"


@mcp.tool()
async def go() -> str:
    """Go."""
    setup()
    await later(input("Enter your token: "))
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
