from mcp.server.fastmcp import FastMCP

mcp = FastMCP("desk")


@mcp.tool()
def read_note(name: str) -> str:  # expect: SA106 LOW
    return open(f"/srv/notes/{name}").read()


mcp.run()
