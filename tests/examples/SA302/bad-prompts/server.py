"""What a person types when asked for a credential."""

import asyncio
import getpass
import logging

import click
import questionary
import typer
from mcp.server.fastmcp import FastMCP
from rich.prompt import Prompt

mcp = FastMCP("mini")
log = logging.getLogger(__name__)


def login() -> None:
    one = getpass.getpass("Pass: ")
    log.info("x %s", one)  # expect: SA302
    two = input("Enter your API key: ").strip()
    log.info("x %s", two)  # expect: SA302
    three = click.prompt("Password", hide_input=True)
    log.info("x %s", three)  # expect: SA302
    four = typer.prompt("What's your token?")
    log.info("x %s", four)  # expect: SA302
    five = Prompt.ask("Code", password=True)
    log.info("x %s", five)  # expect: SA302
    six = questionary.password("Enter it").ask()
    log.info("x %s", six)  # expect: SA302


async def pasted() -> None:
    one = await asyncio.to_thread(input, "Enter password: ")
    log.info("x %s", one)  # expect: SA302
    two = await asyncio.to_thread(getpass.getpass)
    log.info("x %s", two)  # expect: SA302


@mcp.tool()
async def go() -> str:
    """Go."""
    login()
    await pasted()
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
