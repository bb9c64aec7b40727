"""Files are written wherever the caller says."""

import logging
import os
from pathlib import Path

from mcp.server.fastmcp import FastMCP

log = logging.getLogger("files")
mcp = FastMCP("files")
PROTECTED = (".env", ".git", ".ssh")


@mcp.tool()
def write(name: str, content: str) -> str:
    """Nothing is checked."""
    Path(name).write_text(content)  # expect: SA108 MEDIUM
    return "done"


@mcp.tool()
def late(name: str, content: str) -> str:
    """The record comes after the write."""
    if any(part in name for part in PROTECTED):
        raise PermissionError("protected path")
    Path(name).write_text(content)
    log.info("file_write")
    return "done"


@mcp.tool()
def silent(name: str) -> str:
    """Blocked, and nobody hears of it."""
    if any(part in name for part in PROTECTED):
        raise PermissionError("protected path")
    os.remove(name)
    return "done"
