import logging

import httpx
from mcp.server.fastmcp import FastMCP

logging.basicConfig(level=logging.INFO)
log = logging.getLogger(__name__)
mcp = FastMCP("mail")


@mcp.tool()
def send(user_email: str, text: str) -> str:
    log.info("sending for %s", user_email)  # expect: SA111 LOW
    profile = httpx.get("https://api.example.org/me").json()
    log.info(f"sent as {profile['display_name']}")  # expect: SA111
    log.info("sent", extra={"email": profile.get("email")})  # expect: SA111
    return "sent"


mcp.run()
