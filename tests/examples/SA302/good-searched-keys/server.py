import os
import re

import structlog
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("desk")
SENSITIVE = re.compile(r"(authorization|token|secret|api_?key)", re.IGNORECASE)


def hidden(value):
    if isinstance(value, dict):
        return {key: "***" if SENSITIVE.search(str(key)) else hidden(item) for key, item in value.items()}
    return value


def redact(logger, method, event_dict):
    return {key: "***" if SENSITIVE.search(key) else hidden(value) for key, value in event_dict.items()}


shared = [structlog.stdlib.add_log_level, redact]
structlog.configure(processors=[*shared, structlog.processors.JSONRenderer()])
log = structlog.get_logger()


@mcp.tool()
def check() -> str:
    """Check the set-up."""
    log.info("checked", access_token=os.environ["DESK_TOKEN"])
    log.info("checked", deskApiKey=os.environ["DESK_API_KEY"])
    log.info("checked", sent={"headers": {"Authorization": os.environ["DESK_TOKEN"]}})
    return "checked"


if __name__ == "__main__":
    mcp.run()
