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
    LIMITS[name] = value  # expect: SA109
    log.warning("config_change setting=%s", name)
    return "done"


mcp.run()
