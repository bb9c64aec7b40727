"""A small server."""

from loguru import logger
from mcp.server.fastmcp import FastMCP

logger.disable("__main__")  # expect: SA206
mcp = FastMCP("quiet")


@mcp.tool()
def go() -> str:
    """Go."""
    logger.info("go")
    return "gone"


def main() -> None:
    mcp.run(transport="streamable-http")


if __name__ == "__main__":
    main()
