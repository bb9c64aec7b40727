"""Branches of authenticating code that let a request through unasked, and what is open on purpose."""

import pytest
from linked import facts_of

PYTHON = """
import hmac
import os

import uvicorn
from mcp.server.fastmcp import FastMCP
from starlette.middleware import Middleware
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount

mcp = FastMCP("desk")
PUBLIC = {"/health", "/metrics"}
OPTIONAL = os.environ.get("OPTIONAL")


@mcp.tool()
def find(number: int) -> str:
    return str(number)


class Auth:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        request = Request(scope)
        if %s:
            %s
            await self.app(scope, receive, send)
            return
        if not hmac.compare_digest(request.headers.get("authorization", ""), os.environ["TOKEN"]):
            response = JSONResponse({"error": "unauthorized"}, status_code=401)
            await response(scope, receive, send)
            return
        await self.app(scope, receive, send)


app = Starlette(routes=[Mount("/", app=mcp.streamable_http_app())], middleware=[Middleware(Auth)])
uvicorn.run(app)
"""

SCRIPT = """
import express from 'express';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';

const server = new McpServer({ name: 'desk', version: '1' });
const app = express();
app.use(express.json());
app.use((req, res, next) => {
  if (%s) return next();
  if (req.headers.authorization !== process.env.TOKEN) return res.status(401).json({ error: 'unauthorized' });
  next();
});
app.post('/mcp', async (req, res) => {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});
app.listen(3000);
"""

GO = """package main

import (
	"net/http"
	"os"
	"strings"

	"github.com/mark3labs/mcp-go/server"
)

func main() {
	s := server.NewMCPServer("desk", "1")
	_ = http.ListenAndServe(":8080", authenticated(server.NewStreamableHTTPServer(s)))
}

func authenticated(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if %s {
			next.ServeHTTP(w, r)
			return
		}
		if strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ") != os.Getenv("TOKEN") {
			http.Error(w, "unauthorized", http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}
"""


def through(path: str, text: str) -> list[bool]:
    held = facts_of({path: text}).connections
    return [bool(one.records) for one in held if one.what.startswith("a request is let through")]


@pytest.mark.parametrize(
    ("test", "told"),
    [
        ('scope["method"] == "POST"', True),
        ('scope["path"].startswith("/mcp")', True),
        ('scope["type"] in ("http", "lifespan")', True),
        ('request.headers.get("x-internal") == "1"', True),
        ('"curl" in request.headers.get("user-agent", "")', True),
        ('"authorization" not in request.headers', True),
        ('b"debug=1" in scope["query_string"]', True),
        ('OPTIONAL or request.headers.get("x-internal")', True),
        ('OPTIONAL and request.headers.get("x-internal")', False),
        ('scope["type"] != "http"', False),
        ('scope["method"] == "OPTIONS"', False),
        ('scope["path"] == "/health"', False),
        ('scope["path"] in PUBLIC', False),
        ('not scope["path"].startswith("/mcp")', False),
        ('"authorization" in request.headers', False),
        ("OPTIONAL", False),
    ],
)
def test_python(test: str, told: bool) -> None:  # noqa: FBT001 - a table
    assert through("server.py", PYTHON % (test, "pass")) == [False] * told


def test_what_a_branch_records() -> None:
    record = 'import logging; logging.warning("let_through")'
    assert through("server.py", PYTHON % ('scope["method"] == "POST"', record)) == [True]


@pytest.mark.parametrize(
    ("test", "told"),
    [
        ("req.method === 'POST'", True),
        ("req.path.startsWith('/mcp')", True),
        ("req.get('x-internal') === '1'", True),
        ("!req.headers.authorization", True),
        ("req.body?.method === 'tools/call'", True),
        ("req.hostname === 'localhost'", True),
        ("req.path === '/health'", False),
        ("req.method === 'OPTIONS'", False),
        ("req.body?.method === 'ping'", False),
        ("process.env.OPEN", False),
    ],
)
def test_scripts(test: str, told: bool) -> None:  # noqa: FBT001 - a table
    assert through("src/index.ts", SCRIPT % test) == [False] * told


@pytest.mark.parametrize(
    ("test", "told"),
    [
        ("r.Method == http.MethodPost", True),
        ('strings.HasPrefix(r.URL.Path, "/mcp")', True),
        ('r.Header.Get("X-Internal") == "1"', True),
        ('r.Header.Get("Authorization") == ""', True),
        ('r.URL.Path == "/healthz"', False),
        ("r.Method == http.MethodOptions", False),
    ],
)
def test_go(test: str, told: bool) -> None:  # noqa: FBT001 - a table
    assert through("main.go", GO % test) == [False] * told
