"""Redaction in use."""

import logging
import logging.config

from flask import Flask
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
app = Flask(__name__)
log = logging.getLogger(__name__)

class RedactFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = "[REDACTED]"
        return True


class MaskFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return super().format(record).replace("token", "****")


def mask_token(value: str) -> str:
    return "****" + value[-4:]


@app.template_filter("masked")
def mask_key(value: str) -> str:
    return value[:4] + "****"


handler = logging.StreamHandler()
handler.addFilter(RedactFilter())
logging.config.dictConfig({"version": 1, "formatters": {"mask": {"()": "server.MaskFormatter"}}})


@mcp.tool()
async def go() -> str:
    """Go."""
    log.info("went")
    log.info("token %s", mask_token(""))
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
