from mcp.server.fastmcp import FastMCP

mcp = FastMCP("repositories")


@mcp.tool()
def find(owner: str, name: str) -> str:
    if owner == "":
        raise ValueError("owner is required")
    return f"{owner}/{name}"


mcp.run()
