import re

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("notes")


@mcp.tool()
def kept(name: str) -> str:
    clean = "".join(c for c in name if c.isalnum() or c in "/-")
    return open(f"/srv/notes/{clean}").read()  # expect: SA603 HIGH


@mcp.tool()
def dropped(name: str) -> str:
    clean = "".join(c for c in name if c != ".")
    return open(f"{clean}.md").read()  # expect: SA603 HIGH


@mcp.tool()
def given(name: str, letters: str) -> str:
    clean = "".join(c for c in name if c in letters)
    return open(f"/srv/notes/{clean}").read()  # expect: SA603 HIGH


@mcp.tool()
def matched(name: str) -> str:
    clean = "".join(c for c in name if re.match(r"[^.]", c))
    return open(clean).read()  # expect: SA603 HIGH


mcp.run(transport="streamable-http")
