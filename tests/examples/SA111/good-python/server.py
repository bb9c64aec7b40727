import hashlib
import logging

from mcp.server.fastmcp import FastMCP

logging.basicConfig(level=logging.INFO)
log = logging.getLogger(__name__)
mcp = FastMCP("mail")


def digest(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()[:16]


@mcp.tool()
def send(user_email: str, user_id: str, client_ip: str, file_name: str) -> str:
    who = digest(user_email)
    log.info("sending for %s from %s as %s", digest(user_email), client_ip, user_id)
    log.info("sent", extra={"user_email_hash": who, "has_email": bool(user_email), "emails": len(user_email)})
    log.info(f"attached {file_name} for {who}")
    return "sent"


mcp.run()
