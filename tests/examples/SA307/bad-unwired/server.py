"""Redaction that nothing uses."""

import logging

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)

class RedactFilter(logging.Filter):  # expect: SA307 MEDIUM
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = "[REDACTED]"
        return True


def mask_token(value: str) -> str:  # expect: SA307
    return "****" + value[-4:]


def redact_fields(logger, name, event_dict):  # expect: SA307
    event_dict["token"] = "[REDACTED]"
    return event_dict


@mcp.tool()
async def go() -> str:
    """Go."""
    log.info("went")

    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
