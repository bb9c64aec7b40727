import os
import re

import structlog
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("desk")
SENSITIVE = re.compile(r"(authorization|token|secret|api_?key)", re.IGNORECASE)


def hidden(value):
    if isinstance(value, dict):
        return {key: "***" if SENSITIVE.search(str(key)) else item for key, item in value.items()}
    return value


def redact(logger, method, event_dict):
    return {key: "***" if SENSITIVE.search(key) else value for key, value in event_dict.items()}


shared = [structlog.stdlib.add_log_level, redact]
structlog.configure(processors=[*shared, structlog.processors.JSONRenderer()])
log = structlog.get_logger()


@mcp.tool()
def check() -> str:
    """Check the set-up."""
    log.info("checked", password=os.environ["DESK_PASSWORD"])  # expect: SA302
    log.info(f"checked {os.environ['DESK_TOKEN']}")  # expect: SA302
    log.info("checked", sent={"token": os.environ["DESK_TOKEN"]})  # expect: SA302
    return "checked"


if __name__ == "__main__":
    mcp.run()
