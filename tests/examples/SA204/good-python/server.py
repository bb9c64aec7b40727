"""Keeps the protocol's stream clean."""

import argparse
import io
import logging
import sys
from contextlib import redirect_stdout

import click
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("quiet")
logging.basicConfig(stream=sys.stderr)
log = logging.getLogger(__name__)


@mcp.tool()
def go(name: str) -> str:
    """Go."""
    log.info("called")
    print("called", file=sys.stderr)
    click.echo("called", err=True)
    buffer = io.StringIO()
    print("kept", file=buffer)
    with redirect_stdout(buffer):
        print("captured")
    return buffer.getvalue()


def show_version() -> None:
    print("quiet 1.0.0")


def setup_wizard() -> None:
    name = input("Name? ")
    print(f"Hello {name}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--version", action="store_true")
    parser.add_argument("command", nargs="?", default="serve")
    options = parser.parse_args()
    if options.version:
        print("quiet 1.0.0")
        return
    if options.command == "setup":
        setup_wizard()
        return
    if options.command == "list":
        print("go")
        sys.exit(0)
    mcp.run(transport="stdio")
    print("bye")


if __name__ == "__main__":
    main()
