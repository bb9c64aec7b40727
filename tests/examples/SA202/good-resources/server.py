"""Parameters of resources: the SDK takes them out of a parsed address and leaves its escapes as they are."""

import logging

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)


@mcp.resource("shelf://{name}")
def shelf(name: str) -> str:
    """A shelf."""
    log.info("shelf %s", name)
    return name


def register(server) -> None:
    """Register what else there is."""

    @server.resource("book://{title}")
    def book(title: str) -> str:
        """A book."""
        log.info(f"book {title}")
        return title


register(mcp)
if __name__ == "__main__":
    mcp.run(transport="streamable-http")
