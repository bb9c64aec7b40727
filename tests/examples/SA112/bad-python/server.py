from mcp.server.fastmcp import FastMCP

mcp = FastMCP("clock")


@mcp.tool()
def current_time(zone: str) -> str:  # expect: SA112 INFO
    return zone


mcp.run()
