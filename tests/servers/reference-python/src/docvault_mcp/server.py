"""Puts the server together."""

import contextlib
from collections.abc import AsyncIterator
from typing import Any

from mcp.server.fastmcp import FastMCP
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount

from .auth import AuthMiddleware
from .config import Settings
from .security.audit import record_surface
from .tools import register


class DocvaultMCP(FastMCP):
    """FastMCP whose tool surface is recorded when it changes."""

    _surface: str | None = None

    async def list_tools(self) -> list[Any]:
        tools = await super().list_tools()
        self._surface = record_surface(tools, self._surface)
        return tools


def build(settings: Settings) -> DocvaultMCP:
    mcp = DocvaultMCP("docvault", instructions="Documents are named owner/name.")
    register(mcp, settings)
    return mcp


def build_app(settings: Settings) -> Starlette:
    mcp = build(settings)
    endpoint = mcp.streamable_http_app()

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await mcp.list_tools()
        async with mcp.session_manager.run():
            yield

    return Starlette(
        routes=[Mount("/", app=endpoint)],
        middleware=[Middleware(AuthMiddleware, settings=settings)],
        lifespan=lifespan,
    )
