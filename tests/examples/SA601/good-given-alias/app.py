"""A login whose addresses come out of settings that the framework hands in."""

from functools import lru_cache
from typing import Annotated

import httpx
from fastapi import Depends, FastAPI
from mcp.server.fastmcp import FastMCP
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    issuer: str = "https://login.example.com"


@lru_cache
def settings() -> Settings:
    return Settings()


Config = Annotated[Settings, Depends(settings)]
app = FastAPI()
mcp = FastMCP("mini")


@app.get("/callback")
async def callback(code: str, config: Config, other: Annotated[Settings, Depends(settings)]) -> dict[str, int]:
    async with httpx.AsyncClient() as http:
        answer = await http.post(f"{config.issuer}/token", data={"code": code})
        more = await http.post(f"{other.issuer}/token", data={"code": code})
    return {"status": answer.status_code, "more": more.status_code}


@mcp.tool()
async def ready() -> str:
    """Whether the server is there."""
    return "yes"


app.mount("/mcp", mcp.streamable_http_app())
