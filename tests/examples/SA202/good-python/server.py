"""What cannot forge a line."""

import json
import logging
import re
import sys
from enum import Enum
from typing import Literal
from urllib.parse import quote

from mcp.server.fastmcp import Context, FastMCP
from starlette.requests import Request

logging.basicConfig(level=logging.INFO)
log = logging.getLogger(__name__)
mcp = FastMCP("files")
KINDS = {"text": 1, "image": 2}
_BREAKS = re.compile(r"[\r\n]+")


class Color(Enum):
    RED = "red"
    BLUE = "blue"


def one_line(text: str) -> str:
    return text.replace("\r", "").replace("\n", " ")


def flat(text: str) -> str:
    return _BREAKS.sub(" ", text)


@mcp.tool()
def read(
    path: str,
    kind: str,
    lines: int,
    follow: bool,
    ratio: float,
    color: Color,
    mode: Literal["r", "w"],
    ctx: Context,
) -> str:
    """Read a file."""
    log.info("reading %d lines", lines)
    log.info(f"follow {follow} at {ratio}")
    log.info("color %s mode %s", color, mode)
    log.info("reading %r", path)
    log.info(f"reading {path!r}")
    log.info("reading %s", repr(path))
    log.info("reading %s", json.dumps(path))
    log.info("reading %s", quote(path))
    log.info("reading %s", one_line(path))
    log.info("reading %s", flat(path))
    log.info("reading %s", re.sub(r"[^\w/.-]", "", path))
    log.info("reading %s characters", len(path))
    log.info("reading", extra={"path": path})
    log.info("request %s", ctx.request_id)
    log.info("kinds %s", list(KINDS))
    if kind not in KINDS:
        raise ValueError("unknown kind")
    log.info("kind %s", KINDS[kind])
    number = int(path) if path.isdigit() else 0
    log.info("number %s", number)
    log.info("present %s", bool(path))
    try:
        return open(path).read()
    except OSError as error:
        log.error("cannot read: %s", error)
        log.exception(f"failed: {error}")
        print(f"failed {error}", file=sys.stderr)
        return ""


@mcp.custom_route("/health", methods=["GET"])
async def health(request: Request):
    """No header can hold a line break."""
    log.info("agent %s, method %s", request.headers.get("user-agent"), request.method)


if __name__ == "__main__":
    log.info(f"starting {mcp.name} with {sys.argv}")
    mcp.run(transport="streamable-http")
