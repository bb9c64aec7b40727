import logging
from pathlib import Path

from mcp.server.fastmcp import FastMCP

logging.basicConfig(level=logging.INFO)
log = logging.getLogger(__name__)
mcp = FastMCP("files")
ROOT = Path("/srv").resolve()


def inside(path: str) -> Path:
    target = (ROOT / path).resolve()
    if not target.is_relative_to(ROOT):
        raise PermissionError("Access denied: outside the root")
    return target


@mcp.tool()
def read(path: str) -> str:
    try:
        return inside(path).read_text()
    except PermissionError:
        log.warning("read refused")
        return "Error: access denied"


mcp.run()
