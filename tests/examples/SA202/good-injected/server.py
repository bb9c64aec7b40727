"""What the server itself hands to a tool is none of its arguments."""

import logging

from fastmcp import Context, FastMCP
from fastmcp.dependencies import CurrentContext, Depends

logging.basicConfig(level=logging.INFO)
log = logging.getLogger(__name__)
mcp = FastMCP("mini")


def get_region():
    return "eu-central"


@mcp.tool
def show(number: int, region: str = Depends(get_region), current: Context = CurrentContext()) -> int:
    """Show."""
    log.info("number %d in region %s of %s", number, region, current)
    return number


if __name__ == "__main__":
    mcp.run(transport="http")
