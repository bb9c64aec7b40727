"""Shows where it runs, and all it knows."""

import json
import logging
import os
import sys
from os import environ

import structlog
from mcp.server.fastmcp import Context, FastMCP

from notes import remember

mcp = FastMCP("env")
log = logging.getLogger(__name__)
events = structlog.get_logger()
DEBUG = os.getenv("DEBUG") == "1"
SNAPSHOT = dict(os.environ)


def everything() -> dict:
    return {**os.environ}


class Process:
    def __init__(self) -> None:
        self.env = os.environ.copy()
        self.env["EXTRA"] = "1"

    def show(self) -> None:
        log.info("process %s", self.env)  # expect: SA301


@mcp.tool()
async def where(ctx: Context) -> str:
    """Say where this runs."""
    log.info("env %s", os.environ)  # expect: SA301 HIGH
    log.info(f"env {dict(environ)}")  # expect: SA301
    log.info("env " + str(os.environ))  # expect: SA301
    log.info("env %s", json.dumps(dict(os.environ)))  # expect: SA301
    log.info("env", extra={"env": dict(os.environ)})  # expect: SA301
    events.info("env", env=dict(os.environ))  # expect: SA301
    events.info("env", **os.environ)  # expect: SA301
    log.info("env %s", SNAPSHOT)  # expect: SA301
    log.info("env %s", everything())  # expect: SA301
    log.info("env %s", {"config": {"environment": dict(os.environ)}})  # expect: SA301
    print(os.environ, file=sys.stderr)  # expect: SA301
    remember("env", os.environ)  # expect: SA301
    log.debug("env %s", os.environ)  # expect: SA301 MEDIUM
    if DEBUG:
        log.info("env %s", os.environ)  # expect: SA301 MEDIUM
    await ctx.info(f"env {dict(os.environ)}")  # expect: SA301
    Process().show()
    return "here"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
