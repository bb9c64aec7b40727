"""Filled later."""

import logging
import os

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)


@mcp.tool()
async def go() -> str:
    """Go."""
    v = os.environ["MINI_API_KEY"]
    d = {}
    d["x"] = v
    log.info("d %s", d)  # expect: SA302
    g = ["a"]
    g.append(v)
    log.info("g %s", g)  # expect: SA302
    h = {}
    h.update(x=v)
    log.info("h %s", h)  # expect: SA302
    h.setdefault("y", v)
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
