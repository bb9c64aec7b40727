from mcp.server.fastmcp import FastMCP

mcp = FastMCP("clock")


@mcp.tool()
def current_time(zone: str) -> str:
    return zone


mcp.run()
