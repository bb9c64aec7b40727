"""What is picked out of arguments by its name, and what a splat cannot fill."""

import json
import logging

import structlog
from fastmcp import FastMCP

mcp = FastMCP("issues")
log = logging.getLogger(__name__)
events = structlog.get_logger()


def fields_of(number: str, title: str = "", **extra) -> dict:
    events.info("fields", number=number, mapped=len(extra))
    return {"number": number, "title": title, **extra}


def described(custom_id=None, **kwargs) -> dict:
    """Fields of a record, those left out that are empty."""
    filtered_kwargs = {key: value for key, value in kwargs.items() if value is not None}
    return {"custom_id": custom_id or "", **filtered_kwargs}


def seconds(given: dict, key: str) -> int:
    return given[key]


def moment(given: dict, key: str) -> int:
    return seconds(given, key)


def attach(number: str, paths: list) -> None:
    for path in paths:
        events.info("attach", number=number, path=path)


def change(number: str, **fields) -> None:
    if "attachments" in fields:
        attach(number, fields["attachments"])


@mcp.tool()
async def create(number: str, additional_fields: str) -> str:
    """Create an issue."""
    extra = json.loads(additional_fields)
    fields_of(number=number, **extra)
    change(number=number, **{**extra, "status": "open"})
    merged = {**extra, "number": number}
    events.info("created", number=merged["number"])
    return number


@mcp.tool()
async def call(server_name: str, tool_calls: list) -> str:
    """Call tools one after the other."""
    for one in tool_calls:
        log.info("call", extra=described(server_name=server_name, tool_name=one["name"]))
        function = one.get("name") or one.get("function")
        log.info("called", extra=described(server_name=server_name, tool_name=function))
    return server_name


@mcp.tool()
async def between(window: dict) -> str:
    """Count what lies between two moments."""
    events.info("between", start=moment(window, "content"), end=moment(window, "text"))
    params = {"project_id": window["project_id"], "limit": window["limit"]}
    events.info("between", params=params)
    return "0"


if __name__ == "__main__":
    mcp.run(transport="http")
