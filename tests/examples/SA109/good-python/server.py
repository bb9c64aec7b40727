import hashlib
import hmac
import logging
import os

from mcp.server.fastmcp import FastMCP

log = logging.getLogger("desk")
mcp = FastMCP("desk")
LIMITS = {"calls": 10}


@mcp.tool()
def set_limit(name: str, value: int, confirmation: str) -> str:
    given = hashlib.sha256(confirmation.encode()).hexdigest()
    if not hmac.compare_digest(given, os.environ["ADMIN_CODE_SHA256"]):
        raise PermissionError("wrong code")
    LIMITS[name] = value
    log.warning("config_change setting=%s", name)
    return "done"


mcp.run()
