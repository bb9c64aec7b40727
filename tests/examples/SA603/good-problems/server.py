from mcp.server.fastmcp import FastMCP

mcp = FastMCP("shelf")
BOOKS = {"plans": 3}


def problem(text: str) -> dict[str, str]:
    return {"error": text}


def listed(held):
    if isinstance(held, dict):
        return True, list(held)
    return False, []


def wrong_name(name: str, held) -> dict[str, str] | None:
    known, names = listed(held)
    if not known:
        return problem("no list")
    found = name in names
    if not found:
        return problem("no such book")
    return None


@mcp.tool()
def read(name: str) -> str:
    wrong = wrong_name(name, BOOKS)
    if wrong:
        return str(wrong)
    return open(f"/srv/books/{name}").read()


@mcp.tool()
def weigh(name: str) -> str:
    if (wrong := wrong_name(name, BOOKS)) is not None:
        return str(wrong)
    return open(f"/srv/weights/{name}").read()


mcp.run(transport="streamable-http")
