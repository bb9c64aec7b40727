import logging
from typing import Annotated

from mcp.server.fastmcp import FastMCP
from pydantic import Field

logging.basicConfig(level=logging.INFO)
log = logging.getLogger(__name__)
mcp = FastMCP("tracker")

KEY = r"^[A-Z]+-\d+$"


@mcp.tool()
def open_issue(
    key: Annotated[str, Field(description="Issue key", pattern=KEY)],
    board: str = Field(default="MAIN", pattern=r"^[A-Z]+$"),
) -> str:
    """Open an issue."""
    log.info(f"opening {key} on {board}")
    return key


mcp.run(transport="streamable-http")
