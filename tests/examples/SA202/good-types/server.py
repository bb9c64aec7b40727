"""Types."""

import logging
from enum import Enum
from typing import Annotated

from mcp.server.fastmcp import FastMCP
from pydantic import Field

mcp = FastMCP("mini")
log = logging.getLogger(__name__)

class Color(Enum):
    RED = "red"


@mcp.tool()
async def go(limit: Annotated[int, Field(ge=1)], color: Color) -> str:
    """Go."""
    log.info("limit %s", limit)
    log.info("color %s", color.value)
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
