"""Splats and merges that do carry what was said."""

import json
import logging

import structlog
from fastmcp import FastMCP

mcp = FastMCP("issues")
log = logging.getLogger(__name__)
events = structlog.get_logger()


def fields_of(number: str, comment: str = "", **extra) -> dict:
    events.info("fields", number=number, comment=comment)  # expect: SA303
    return {"number": number, **extra}


def described(custom_id=None, **kwargs) -> dict:
    filtered_kwargs = {key: value for key, value in kwargs.items() if value is not None}
    return {"custom_id": custom_id or "", **filtered_kwargs}


def each(*parts) -> None:
    events.info("parts", first=parts[0], rest=len(parts))


@mcp.tool()
async def create(number: str, additional_fields: str) -> str:
    """Create an issue."""
    extra = json.loads(additional_fields)
    fields_of(number=number, **extra)
    merged = {"number": number, **extra}
    events.info("created", body=merged)  # expect: SA303
    return number


@mcp.tool()
async def call(server_name: str, tool_calls: list) -> str:
    """Call tools one after the other."""
    for one in tool_calls:
        log.info("call", extra=described(server_name=server_name, args=one["args"]))  # expect: SA303
        log.info("called", extra=described(server_name=server_name, sent=one["function"]))  # expect: SA303
    return server_name


@mcp.tool()
async def version(project: str, name: str, description: str) -> str:
    """Make a version."""
    payload = {"project": project, "name": name}
    if description:
        payload["description"] = description
    events.info("version", payload=payload)  # expect: SA303
    return name


@mcp.tool()
async def say(text: str, tags: list) -> str:
    """Say something."""
    each(text, *tags)  # expect: SA303
    return text


if __name__ == "__main__":
    mcp.run(transport="http")
