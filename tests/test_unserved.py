"""Authentication that is built and never mounted, and all the ways to mount it."""

import pytest
from linked import facts_of

PYTHON = """import logging
import uvicorn
from fastapi import APIRouter, Depends, FastAPI, HTTPException
from mcp.server.fastmcp import FastMCP
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import JSONResponse
from starlette.routing import Mount

from .flags import PROTECTED

log = logging.getLogger("desk")
mcp = FastMCP("desk")

@mcp.tool()
def read_note(name: str) -> str:
    return open(f"/srv/notes/{name}").read()

class Auth:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if not scope.get("token"):
            log.warning("auth_failure reason=missing")
            await JSONResponse({"error": "unauthorized"}, status_code=401)(scope, receive, send)
            return
        await self.app(scope, receive, send)

def build():
    endpoint = mcp.streamable_http_app()
BODY

def main():
    app = build()
    uvicorn.run(app)
"""
MOUNTED = [
    "return Starlette(routes=[Mount('/', app=endpoint)], middleware=[Middleware(Auth)])",
    "return Auth(Starlette(routes=[Mount('/', app=endpoint)]))",
    "app = Starlette(routes=[Mount('/', app=endpoint)])\n    app.add_middleware(Auth)\n    return app",
    "endpoint.add_middleware(Auth)\n    return endpoint",
    "inner = Starlette(middleware=[Middleware(Auth)])\n    return Starlette(routes=[Mount('/', app=inner)])",
    "held = [Middleware(Auth)]\n    return Starlette(routes=[Mount('/', app=endpoint)], middleware=held)",
    "return Starlette(routes=[Mount('/', app=endpoint)], middleware=[Middleware(Auth)] if not PROTECTED else [])",
]
DROPPED = [
    "Starlette(middleware=[Middleware(Auth)])\n    return endpoint",
    "admin = Starlette(routes=[])\n    admin.add_middleware(Auth)\n    return endpoint",
    "Auth(endpoint)\n    return endpoint",
    "guarded = Auth(endpoint)\n    health = Starlette(routes=[Mount('/health', app=guarded)])\n    return endpoint",
    "held = [Middleware(Auth)]\n    return endpoint",
    "return Starlette(routes=[Mount('/', app=endpoint)], middleware=[Middleware(Auth)][:0])",
    "return Starlette(routes=[Mount('/', app=endpoint)], middleware=[Middleware(Auth)] if PROTECTED else [])",
    "if PROTECTED:\n        endpoint.add_middleware(Auth)\n    return endpoint",
]


def python(body: str) -> dict[str, str]:
    return {
        "pyproject.toml": '[project]\nname = "desk"\nversion = "1"\n[project.scripts]\ndesk = "desk.server:main"\n',
        "desk/__init__.py": "",
        "desk/flags.py": "PROTECTED = False\n",
        "desk/server.py": PYTHON.replace("BODY", "    " + body),
    }


def rejected(files: dict[str, str]) -> int:
    return len(facts_of(files).rejections)


@pytest.mark.parametrize("body", MOUNTED)
def test_middleware_of_a_served_application_rejects(body: str) -> None:
    assert rejected(python(body)) == 1


@pytest.mark.parametrize("body", DROPPED)
def test_middleware_of_what_nothing_serves_rejects_nobody(body: str) -> None:
    assert rejected(python(body)) == 0


def test_an_application_that_is_built_and_not_run() -> None:
    body = "return Starlette(routes=[Mount('/', app=endpoint)], middleware=[Middleware(Auth)])"
    files = python(body)
    files["desk/server.py"] = files["desk/server.py"].replace(
        "uvicorn.run(app)", "uvicorn.run(mcp.streamable_http_app())"
    )
    assert rejected(files) == 0


@pytest.mark.parametrize(("included", "count"), [("app.include_router(router)", 1), ("", 0)])
def test_a_router_has_to_be_included(included: str, count: int) -> None:
    source = f"""import logging
from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException
from fastapi_mcp import FastApiMCP

log = logging.getLogger("desk")

def build():
    app = FastAPI()
    router = APIRouter()

    def signed_in(authorization: str = Header("")):
        if not authorization:
            log.warning("auth_failure")
            raise HTTPException(status_code=401, detail="unauthorized")

    router.add_api_route("/notes", lambda: [], dependencies=[Depends(signed_in)])
    {included}
    FastApiMCP(app).mount()
    return app

app = build()
"""
    assert rejected({"server.py": source}) == count


EXPRESS = """import express, { type RequestHandler } from "express";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

const server = new McpServer({ name: "desk", version: "1.0.0" });
server.tool("read_note", {}, async () => ({ content: [] }));

function authenticate(): RequestHandler {
  return (req, res, next) => {
    if (!req.headers.authorization) {
      console.error(JSON.stringify({ event: "auth_failure", reason: "missing" }));
      res.status(401).json({ error: "unauthorized" });
      return;
    }
    next();
  };
}

const handle: RequestHandler = async (req, res) => {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
};

function createApp(auth: RequestHandler = authenticate()) {
  const app = express();
BODY
  return app;
}

createApp().listen(3000);
"""


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("app.all('/mcp', auth, handle);", 1),
        ("app.use(auth);\n  app.all('/mcp', handle);", 1),
        ("const router = express.Router();\n  router.use(auth);\n  router.all('/mcp', handle);\n  app.use(router);", 1),
        ("app.route('/mcp').all(auth, handle);", 1),
        ("const stack = [auth, handle];\n  app.all('/mcp', stack);", 1),
        ("const admin = express();\n  admin.use(auth);\n  app.all('/mcp', handle);", 0),
        ("const router = express.Router();\n  router.use(auth);\n  app.all('/mcp', handle);", 0),
        ("void auth;\n  app.all('/mcp', handle);", 0),
        ("const secure = false;\n  if (secure) app.use(auth);\n  app.all('/mcp', handle);", 0),
        ("const stack = [auth];\n  void stack;\n  app.all('/mcp', handle);", 0),
    ],
)
def test_express(body: str, count: int) -> None:
    files = {"package.json": '{"name": "desk", "version": "1.0.0"}', "server.ts": EXPRESS.replace("BODY", f"  {body}")}
    assert rejected(files) == count


GO = """package main

import (
	"log/slog"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

const secure = false

func authenticated(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "" {
			slog.Warn("auth_failure", "reason", "missing")
			http.Error(w, "unauthorized", http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func main() {
	s := server.NewMCPServer("desk", "1.0.0")
	s.AddTool(mcp.NewTool("read_note"), read)
	endpoint := server.NewStreamableHTTPServer(s)
	mux := http.NewServeMux()
	BODY
}
"""
LISTENS = '\n\t_ = http.ListenAndServe(":8080", mux)'


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ('mux.Handle("/mcp", authenticated(endpoint))' + LISTENS, 1),
        ('mux.Handle("/mcp", endpoint)\n\t_ = http.ListenAndServe(":8080", authenticated(mux))', 1),
        ('mux.Handle("/mcp", endpoint)\n\tserved := authenticated(mux)\n\t_ = http.ListenAndServe(":8080", served)', 1),
        (
            'api := http.NewServeMux()\n\tapi.Handle("/mcp", authenticated(endpoint))\n\tmux.Handle("/", api)'
            + LISTENS,
            1,
        ),
        ("held := &http.Server{Handler: authenticated(endpoint)}\n\t_ = held.ListenAndServe()", 1),
        ('_ = authenticated(endpoint)\n\tmux.Handle("/mcp", endpoint)' + LISTENS, 0),
        (
            'other := http.NewServeMux()\n\tother.Handle("/mcp", authenticated(endpoint))\n\tmux.Handle("/", endpoint)'
            + LISTENS,
            0,
        ),
        ('mux.Handle("/mcp", endpoint)\n\tserved := authenticated(mux)\n\t_ = served' + LISTENS, 0),
        ("held := &http.Server{Handler: authenticated(mux)}\n\t_ = held" + LISTENS, 0),
        ('if secure {\n\t\tmux.Handle("/mcp", authenticated(endpoint))\n\t}' + LISTENS, 0),
    ],
)
def test_handlers_of_go(body: str, count: int) -> None:
    files = {"go.mod": "module example.org/desk\n\ngo 1.23\n", "main.go": GO.replace("BODY", body)}
    assert rejected(files) == count
