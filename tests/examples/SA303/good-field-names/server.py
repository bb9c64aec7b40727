import logging
import sys
from typing import Any

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("desk")
logging.basicConfig(level=logging.INFO, stream=sys.stderr)
logger = logging.getLogger(__name__)


def save(**values):
    logger.info("saved %s", sorted(values))


def keep(values: dict[str, Any]) -> None:
    logger.info("kept %s", list(values))


@mcp.tool()
def note(title: str, text: str) -> str:
    """Keep a note."""
    save(title=title, text=text)
    keep({"title": title, "text": text})
    return "kept"


if __name__ == "__main__":
    mcp.run("streamable-http")
