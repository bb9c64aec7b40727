from mcp.server.fastmcp import FastMCP

mcp = FastMCP("shelf")
BOOKS = {"plans": 3}


def wrong_name(name: str, strict: list[str]) -> str | None:
    if not strict:
        return ""
    if name not in BOOKS:
        return "no such book"
    return None


@mcp.tool()
def read(name: str, strict: list[str]) -> str:
    wrong = wrong_name(name, strict)
    if wrong:
        return wrong
    return open(f"/srv/books/{name}").read()  # expect: SA603 HIGH


@mcp.tool()
def weigh(name: str, strict: list[str]) -> str:
    if wrong_name(name, strict) is None:
        return "fine"
    return open(f"/srv/weights/{name}").read()  # expect: SA603 HIGH


mcp.run(transport="streamable-http")
