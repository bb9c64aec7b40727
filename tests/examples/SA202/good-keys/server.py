"""What stands under another key, and what a list is written as."""

import json
import logging
from typing import Any

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)
KNOWN = frozenset({"parent", "owner"})


def store(number: int, **fields: Any) -> None:
    """Take the fields one by one."""
    changes = dict(fields)
    for key in list(changes.keys()):
        if key.lower() in KNOWN:
            found = changes.pop(key)
            log.info(f"belongs to {found}")
    for key, value in fields.items():
        if key == "state":
            log.info(f"state {value}")
        elif key != "parts":
            continue
        else:
            log.warning(f"parts {value}")
            show({"parts": value})
    log.info(f"all of {number}: {list(fields)}")


def show(held: dict[str, Any]) -> None:
    """Every text is in a list."""
    log.info("parts %s", held["parts"])
    log.info(f"state {held.get('state')}")


@mcp.tool()
async def change(number: int, parts: str, title: str) -> str:
    """Change a thing."""
    fields = {"parts": [part.strip() for part in parts.split(",")]}
    fields["title"] = title
    fields["number"] = number
    store(number, **fields)
    return json.dumps(fields)


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
