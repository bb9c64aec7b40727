"""What stands under the very key, under one that is not known, and what is taken out of a list again."""

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
            log.info(f"belongs to {found}")  # expect: SA202
    for key, value in fields.items():
        if key == "title":
            log.info(f"title {value}")  # expect: SA202
        elif key == "parts":
            log.warning("parts " + ", ".join(value))  # expect: SA202
            for one in value:
                log.warning(f"part {one}")  # expect: SA202
            log.warning("parts {} {}".format(*value))  # expect: SA202
        else:
            log.info(f"{number} has {value}")  # expect: SA202


@mcp.tool()
async def change(number: int, parts: str, title: str, other: dict[str, Any], parent: str) -> str:
    """Change a thing."""
    fields = {"parts": [part.strip() for part in parts.split(",")], "Owner": parent, **other}
    fields["title"] = title
    store(number, **fields)
    return "changed"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
