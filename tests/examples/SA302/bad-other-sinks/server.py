"""Records that go elsewhere than to a logger, and records that nobody sees unless they ask."""

import logging
import os
import sys
import warnings

from mcp.server.fastmcp import Context, FastMCP

mcp = FastMCP("sinks")
log = logging.getLogger(__name__)
VERBOSE = "--verbose" in sys.argv


@mcp.tool()
async def go(ctx: Context) -> str:
    """Go."""
    v = os.environ["SINKS_API_KEY"]
    await ctx.info(f"key {v}")  # expect: SA302
    await ctx.session.send_log_message(level="info", data=v)  # expect: SA302
    warnings.warn(f"key {v}")  # expect: SA302
    print(v, file=sys.stderr)  # expect: SA302
    if VERBOSE:
        log.info("key %s", v)  # expect: SA302 MEDIUM
    if log.isEnabledFor(logging.DEBUG):
        log.debug("key %s", v)  # expect: SA302 MEDIUM
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
