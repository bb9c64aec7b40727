"""A small server."""

import json
import sys
import time

from mcp.server.fastmcp import FastMCP



def emit(event: str, **fields: object) -> None:
    sys.stderr.write(json.dumps({"ts": time.time(), "event": event, **fields}) + "\n")


mcp = FastMCP("own")


@mcp.tool()
def go(name: str) -> str:
    """Go."""
    emit("go", tool="go")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
