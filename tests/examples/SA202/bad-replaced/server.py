"""One argument, whichever, in a text: neither the whole arguments nor nothing."""

import logging
from typing import Any

from mcp.server.lowlevel import Server

server = Server("shelves")
logger = logging.getLogger("shelves")
PARTS = [{"name": "shelf"}]


@server.call_tool()
async def call_tool(name: str, arguments: dict[str, Any]) -> list[str]:
    """Call."""
    path = "/shelves/{shelf}"
    for part in PARTS:
        path = path.replace("{shelf}", str(arguments.pop(part.get("name"))))
    logger.warning(f"sent to {path}")  # expect: SA202
    logger.warning("sent to %s", path.replace("\n", "").replace("\r", ""))
    return [name]
