import logging

from mcp.server.fastmcp import FastMCP

from client import Client, fixed, require

mcp = FastMCP("shelves")
log = logging.getLogger(__name__)
client = Client()


@mcp.tool()
def shelf(name: str) -> str:
    """Shelf."""
    try:
        return str(client.shelf("constant"))
    except Exception as e:
        log.error(str(e))  # expect: SA304 LOW
        raise


@mcp.tool()
def book() -> str:
    """Book."""
    try:
        return str(client.book())
    except Exception as e:
        log.error(f"book failed: {e}")  # expect: SA202 LOW
        return "failed"


@mcp.tool()
def code() -> str:
    """Code."""
    try:
        return str(client.code())
    except Exception as e:
        log.error(f"code failed: {e}")
        return "failed"


@mcp.tool()
def word(word: str) -> str:
    """Word."""
    try:
        require(word)
    except ValueError as e:
        log.warning("refused: %s", e)  # expect: SA202 MEDIUM
        return "refused"
    return word


@mcp.tool()
def constant() -> str:
    """Constant."""
    try:
        require("fixed/word")
    except ValueError as e:
        log.warning("refused: %s", e)
    return "refused"


@mcp.tool()
def plain(word: str) -> str:
    """Plain."""
    try:
        fixed(word)
    except ValueError as e:
        log.warning("refused: %s", e)
    return "refused"


@mcp.tool()
def shown(word: str) -> str:
    """Shown."""
    try:
        require(word)
    except ValueError as e:
        log.warning("refused: %r", e)
    return "refused"


@mcp.tool()
def typed(word: str) -> str:
    """Only its type."""
    try:
        require(word)
    except ValueError as e:
        log.warning("refused: %s", type(e).__name__)
    return "refused"


@mcp.tool()
def other(word: str) -> str:
    """Another type is caught."""
    try:
        require(word)
    except KeyError as e:
        log.warning("refused: %s", e)
    return "refused"


@mcp.tool()
def page() -> str:
    """Page: what wraps a closure raises the upstream's message."""
    try:
        return str(client.page())
    except Exception as e:
        log.error(str(e))  # expect: SA202 LOW
        return "failed"


@mcp.tool()
def here(word: str) -> str:
    """Raised here."""
    try:
        if len(word) > 3:
            raise ValueError("too long: " + word)
    except ValueError as e:
        log.error("failed " + str(e))  # expect: SA202 MEDIUM
    return "x"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
