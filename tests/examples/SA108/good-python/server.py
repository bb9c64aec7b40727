"""Files are written where they may be, and the record comes first."""

import logging
import os
from pathlib import Path

from mcp.server.fastmcp import FastMCP

log = logging.getLogger("files")
mcp = FastMCP("files")
ROOT = Path("/srv/data")
PROTECTED = {".env", ".git", ".ssh", ".github", "node_modules"}


def place(name: str) -> Path:
    target = (ROOT / name).resolve()
    if not target.is_relative_to(ROOT):
        raise ValueError("outside")
    if PROTECTED.intersection(target.parts):
        log.warning("protected_path_blocked")
        raise PermissionError("protected path")
    return target


@mcp.tool()
def write(name: str, content: str) -> str:
    """Write a file."""
    target = place(name)
    log.info("file_write")
    target.write_text(content)
    return "done"


@mcp.tool()
def remove(name: str) -> str:
    """Remove a file."""
    target = (ROOT / name).resolve()
    if any(part in PROTECTED for part in target.parts):
        log.warning("protected_path_blocked")
        raise PermissionError("protected path")
    log.info("file_delete")
    os.remove(target)
    return "done"
