"""A server that records whom it turns away."""

import json
import logging
import sys

from mcp.server.auth.provider import AccessToken, TokenVerifier
from mcp.server.fastmcp import FastMCP


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(
            {
                "event": record.getMessage(),
                "reason": getattr(record, "reason", ""),
                "caller": getattr(record, "caller", ""),
            }
        )


handler = logging.StreamHandler(sys.stderr)
handler.setFormatter(JsonFormatter())
logging.basicConfig(level=logging.INFO, handlers=[handler])
log = logging.getLogger(__name__)


class Verifier(TokenVerifier):
    def __init__(self, known: dict[str, AccessToken]) -> None:
        self.known = known

    async def verify_token(self, token: str) -> AccessToken | None:
        found = self.known.get(token)
        if found is None:
            log.warning("auth_failure", extra={"reason": "unknown token"})
            return None
        if "read" not in found.scopes:
            log.warning("scope_denied", extra={"reason": "missing scope"})
            return None
        return found


mcp = FastMCP("mcp-notes", token_verifier=Verifier({}))


@mcp.tool()
def read_note(name: str) -> str:
    """Read a note."""
    log.info("tool_call", extra={"tool": "read_note"})
    return name.upper()


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
