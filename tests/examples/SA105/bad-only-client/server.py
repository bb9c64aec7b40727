"""What goes to the client is no record of the operator's."""

from mcp.server.fastmcp import Context, FastMCP

mcp = FastMCP("mini")


@mcp.tool()
async def one(ctx: Context) -> str:  # expect: SA105
    """One."""
    await ctx.info("one")
    await ctx.report_progress(1, 2)
    return "one"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
