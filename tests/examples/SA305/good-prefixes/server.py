"""What shows no more of a secret than everybody knows, and what is never written."""

import logging

from mcp.server.fastmcp import Context, FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)


def shown(api_token: str) -> None:
    if api_token.startswith("mini_api_") and len(api_token) > 24:
        log.info("token %s", f"{api_token[:9]}...{api_token[-4:]}")


@mcp.tool()
async def go(api_key: str, ctx: Context) -> str:
    """Go."""
    ctx.info(f"key {api_key[:8]}")
    shown(api_key)
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
