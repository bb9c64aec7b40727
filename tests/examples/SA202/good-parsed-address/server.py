import logging

import uvicorn
from fastapi import FastAPI, Request
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("desk")
log = logging.getLogger("desk")
app = FastAPI()


@mcp.tool()
def look() -> str:
    log.warning("looked")
    return "seen"


@app.get("/seen")
async def seen(request: Request) -> dict[str, str]:
    log.warning(f"seen at {request.url.path}")
    return {}


logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
app.mount("/mcp", mcp.streamable_http_app())
uvicorn.run(app)
