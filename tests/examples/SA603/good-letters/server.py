import re
import string

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("notes")
LETTERS = string.ascii_letters + string.digits + "-_"
ODD = frozenset("aeiou")


def text_of(name: str) -> str:
    with open(f"/srv/notes/{name}.md") as file:
        return file.read()


@mcp.tool()
def kept(name: str) -> str:
    return text_of("".join(c for c in name if c.isalnum() or c in (" ", "-", "_")).rstrip())


@mcp.tool()
def replaced(name: str) -> str:
    return text_of("".join(c if c.isalnum() else "_" for c in name))


@mcp.tool()
def listed(name: str) -> str:
    return text_of("".join([c for c in name if c in LETTERS]))


@mcp.tool()
def chosen(name: str) -> str:
    return text_of("".join(c for c in name if c in ODD and c != "a"))


@mcp.tool()
def matched(name: str) -> str:
    return text_of("".join(c for c in name if re.match(r"[\w-]", c)))


@mcp.tool()
def filtered(name: str) -> str:
    return text_of("".join(filter(str.isalnum, name)))


mcp.run(transport="streamable-http")
