import logging

from mcp.server.fastmcp import FastMCP
from starlette.requests import Request
from starlette.responses import JSONResponse

logging.basicConfig(level=logging.INFO)
log = logging.getLogger(__name__)
mcp = FastMCP("mini")


@mcp.tool()
def one() -> str:
    return "one"


@mcp.custom_route("/upload", methods=["POST"])
async def upload(request: Request) -> JSONResponse:
    if not request.headers.get("authorization"):
        log.warning("rejected: missing token")
        return JSONResponse({"error": "unauthorized"}, status_code=401)  # expect: SA103 LOW
    return JSONResponse({})


mcp.run(transport="streamable-http")
