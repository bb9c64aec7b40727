"""A configuration read from a file, and a whole request."""

import json
import logging

from mcp.server.fastmcp import FastMCP
from starlette.types import Receive, Scope, Send

mcp = FastMCP("mini")
log = logging.getLogger(__name__)

def load_config(path: str) -> dict:
    with open(path, encoding="utf-8") as file:
        return json.load(file)


class Trace:
    def __init__(self, app) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        log.debug("scope %s", scope)  # expect: SA304
        log.debug("type %s", scope["type"])
        await self.app(scope, receive, send)


app = Trace(mcp.streamable_http_app())


@mcp.tool()
async def go() -> str:
    """Go."""
    log.info("went")
    config = load_config("config.json")
    log.info("configuration %s", config)  # expect: SA304 MEDIUM
    log.info("region %s", config["region"])
    log.info("key set: %s", bool(config["api_key"]))
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
