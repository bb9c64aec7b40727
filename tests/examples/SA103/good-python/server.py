import hashlib
import time

import structlog
from mcp.server.fastmcp import FastMCP
from starlette.requests import Request
from starlette.responses import JSONResponse

structlog.configure(processors=[structlog.processors.TimeStamper(key="ts"), structlog.processors.JSONRenderer()])
log = structlog.get_logger()
mcp = FastMCP("mini")
failures: dict[str, int] = {}


@mcp.tool()
def one() -> str:
    return "one"


def rejected(request: Request, reason: str) -> JSONResponse:
    caller = hashlib.sha256(request.client.host.encode()).hexdigest()[:16]
    failures[caller] = failures.get(caller, 0) + 1
    log.warning(
        "auth_failure", reason=reason, caller=caller, tool=request.headers.get("mcp-tool"), resource=request.url.path,
        failure_count=failures[caller], session_age=time.time() - request.state.started_at,
    )
    return JSONResponse({"error": "unauthorized"}, status_code=401)


@mcp.custom_route("/upload", methods=["POST"])
async def upload(request: Request) -> JSONResponse:
    if not request.headers.get("authorization"):
        return rejected(request, "token_missing")
    return JSONResponse({})


mcp.run(transport="streamable-http")
