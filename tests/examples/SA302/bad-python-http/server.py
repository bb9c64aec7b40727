"""A server behind HTTP: what callers send to prove who they are reaches the log."""

import logging

import flask
from fastapi import Depends, FastAPI, Header, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from flask import request as current
from mcp.server.fastmcp import FastMCP
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request as StarletteRequest

log = logging.getLogger("gate")
mcp = FastMCP("gate")
app = FastAPI()
old = flask.Flask("old")


class Gate(BaseHTTPMiddleware):
    async def dispatch(self, request: StarletteRequest, call_next):
        header = request.headers.get("authorization", "")
        log.info("header %s", header)  # expect: SA302
        log.info("token %s", header.split(" ", 1)[-1])  # expect: SA302
        if header[7:] != "ok":
            log.warning("wrong %s", header[len("Bearer "):])  # expect: SA302
        return await call_next(request)


@app.post("/login")
async def login(request: Request, x_api_key: str = Header(...)) -> dict:
    log.info("key %s", x_api_key)  # expect: SA302
    form = await request.json()
    log.info("form %s", form["password"])  # expect: SA302
    return {}


@app.get("/me")
async def me(who: HTTPAuthorizationCredentials = Depends(HTTPBearer())) -> dict:
    log.info("who %s", who.credentials)  # expect: SA302
    return {}


@old.route("/hook")
def hook() -> str:
    log.info("hook %s", current.headers["X-Api-Key"])  # expect: SA302
    log.info("hook %s", flask.request.headers.get("Authorization"))  # expect: SA302
    return "ok"


@mcp.tool()
def ping() -> str:
    """Answer."""
    return "pong"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
