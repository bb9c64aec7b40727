import logging

from mcp.server.fastmcp import Context, FastMCP

logging.basicConfig(level=logging.INFO)
log = logging.getLogger(__name__)
mcp = FastMCP("mini")


@mcp.tool()
def one() -> str:
    log.info("one")  # expect: SA113 LOW
    return "one"


@mcp.tool()
def two(ctx: Context) -> str:
    log.info("two of %s", ctx.request_id)
    return "two"


mcp.run()
