"""Commands behind an address: a helper calls what it is given with what it is given."""

import json

from fastapi import FastAPI
from mcp.server.fastmcp import FastMCP
from pydantic import BaseModel

from commands import backup, restore, show

app = FastAPI()
mcp = FastMCP("mini")
SETTINGS = "/etc/mini/settings.json"


class RestoreRequest(BaseModel):
    source: str
    name: str


def run(func, *args, **kwargs):
    try:
        return func(*args, **kwargs), None
    except OSError as error:
        return None, str(error)


@app.post("/restore")
async def restored(request: RestoreRequest):
    return restore(SETTINGS, request.source)


@app.post("/backup")
async def backed_up(request: RestoreRequest):
    return run(backup, SETTINGS, request.name, target=request.source)


@app.post("/show")
async def shown(request: RestoreRequest):
    return run(show, SETTINGS, request.name)


@mcp.tool()
def names() -> str:
    """Names."""
    with open(SETTINGS) as file:
        return json.dumps(sorted(json.load(file)))


if __name__ == "__main__":
    app.mount("/mcp", mcp.streamable_http_app())
