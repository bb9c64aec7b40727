"""Talks on the protocol's stream."""

import asyncio
import json
import sys

import click
import mcp.types as types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from rich.console import Console

from work import compute, shout

server = Server("chatty")
console = Console()


@server.list_tools()
async def list_tools() -> list[types.Tool]:
    return [types.Tool(name="go", description="Go", inputSchema={"type": "object"})]


@server.call_tool()
async def call_tool(name: str, arguments: dict) -> list[types.TextContent]:
    print("called", name)  # expect: SA204
    sys.stdout.write("called\n")  # expect: SA204
    click.echo("called")  # expect: SA204
    console.print("called")  # expect: SA204
    print(json.dumps({"called": name}), flush=True)  # expect: SA204
    shout("called")
    return [types.TextContent(type="text", text=str(compute(1)))]


async def main() -> None:
    print("starting")  # expect: SA204
    async with stdio_server() as (reader, writer):
        await server.run(reader, writer, server.create_initialization_options())


if __name__ == "__main__":
    asyncio.run(main())
