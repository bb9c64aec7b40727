"""Prefixes that say more than a check before them."""

import logging

from mcp.server.fastmcp import Context, FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)


def shown(api_token: str, other_token: str) -> None:
    if api_token.startswith("mini_"):
        log.info("token %s", f"{api_token[:12]}...")  # expect: SA305
        log.info("other %s", f"{other_token[:8]}...")  # expect: SA305
    else:
        log.info("unknown %s", f"{api_token[:8]}...")  # expect: SA305


@mcp.tool()
async def go(api_key: str, ctx: Context) -> str:
    """Go."""
    await ctx.info("went")
    shown(api_key, api_key)
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
