"""Objects that show what they hold."""

import logging
import os
from dataclasses import dataclass

from mcp.server.fastmcp import FastMCP
from pydantic import BaseModel

mcp = FastMCP("mini")
log = logging.getLogger(__name__)

@dataclass
class Options:
    region: str
    api_key: str


class Settings(BaseModel):
    options: Options
    env: dict[str, str]


@mcp.tool()
async def go() -> str:
    """Go."""
    log.info("went")
    options = Options("eu", os.environ["MINI_KEY"])
    log.info("options %s", options)  # expect: SA304 MEDIUM
    log.info("settings %s", Settings(options=options, env={}).model_dump())  # expect: SA304
    log.info("region %s", options.region)
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
