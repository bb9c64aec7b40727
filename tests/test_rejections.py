"""Which branches reject a caller, in the manner of each framework, and whether they leave a record.

A line that ends in ``silent`` or ``recorded`` (in a comment) is a rejection; no other line is.
"""

import re

import pytest
from linked import facts_of

PYTHON = """
import logging

import jwt
from aiohttp import web
from django.http import HttpResponseForbidden, JsonResponse
from fastapi import Depends, FastAPI, HTTPException, status
from flask import abort, jsonify
from mcp.server.fastmcp import FastMCP
from mcp.server.fastmcp.exceptions import ToolError
from mcp.shared.exceptions import McpError
from mcp.types import ErrorData
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import JSONResponse, PlainTextResponse

logging.basicConfig(level=logging.INFO)
log = logging.getLogger(__name__)
app = FastAPI()
mcp = FastMCP("gate")


def current_user(request):
    if "authorization" not in request.headers:
        raise HTTPException(status_code=status.HTTP_401_UNAUTHORIZED, detail="Not authenticated")  # silent
    return request.headers["authorization"]


@app.get("/one")
def one(user=Depends(current_user)):
    if user == "nobody":
        log.warning("nobody came")
        raise HTTPException(403, "Forbidden")  # recorded
    if user == "":
        raise HTTPException(status_code=400, detail="city is required")
    return {}


class Gate(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        if request.headers.get("x-api-key") != "key":
            return JSONResponse({"error": "unauthorized"}, status_code=401)  # silent
        if request.headers.get("host") != "localhost":
            log.warning("host refused")
            return PlainTextResponse("Invalid Host header", status_code=421)  # recorded
        return await call_next(request)


app.add_middleware(Gate)


class Raw:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if not scope.get("user"):
            await send({"type": "http.response.start", "status": 401, "headers": []})  # silent
            await send({"type": "http.response.body", "body": b""})
            return
        await self.app(scope, receive, send)


app.add_middleware(Raw)


@app.route("/flask")
def in_flask(request):
    if not request.user:
        abort(403)  # silent
    if request.user == "old":
        log.info("token of old refused")
        return jsonify(error="expired"), 401  # recorded
    return "", 404


@app.route("/django")
def in_django(request):
    if not request.user:
        return HttpResponseForbidden()  # silent
    if request.user == "old":
        return JsonResponse({"error": "no"}, status=401)  # silent
    return None


@app.route("/aiohttp")
async def in_aiohttp(request):
    if not request.user:
        raise web.HTTPUnauthorized()  # silent
    if request.user == "fast":
        log.warning("too fast")
        return web.json_response({"error": "slow down"}, status=429)  # recorded
    return web.json_response({}, status=500)


@mcp.tool()
def delete(name: str) -> str:
    check(name)
    if name.startswith("/etc"):
        return "Error: access denied"  # silent
    if READ_ONLY:
        log.warning("delete refused")
        raise ToolError("The server is in read-only mode")  # recorded
    if not name:
        raise ValueError("name is required")
    return fetch(name)


READ_ONLY = True


def check(name):
    if name == "root":
        raise McpError(ErrorData(code=-32001, message="Unauthorized"))  # silent
    try:
        allowed(name)
    except PermissionError:
        log.warning("refused")
        raise


def allowed(name):
    if name == "system":
        raise PermissionError(name)  # recorded


def fetch(name):
    response = client.get(name)
    if response.status_code == 403:
        raise PermissionError("access denied by the upstream")
    return response.text


def forgotten(request):
    return JSONResponse({"error": "unauthorized"}, status_code=401)
"""

TYPESCRIPT = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { InvalidTokenError } from "@modelcontextprotocol/sdk/server/auth/errors.js";
import { requireBearerAuth } from "@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js";
import { createServer } from "node:http";
import express from "express";
import Fastify from "fastify";
import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import Koa from "koa";
import pino from "pino";

const log = pino();
const hono = new Hono();
const koa = new Koa();
const fastify = Fastify();
const app = express();

hono.use("*", async (c, next) => {
  if (!c.req.header("authorization")) return c.json({ error: "missing" }, 401); // silent
  if (c.req.header("origin") !== "https://example.org") {
    log.warn({ event: "origin_refused" });
    return c.text("Forbidden", 403); // recorded
  }
  if (c.req.header("x-old")) throw new HTTPException(401, { message: "expired" }); // silent
  await next();
});
koa.use(async (ctx, next) => {
  if (!ctx.headers.authorization) {
    ctx.status = 401; // silent
    return;
  }
  if (ctx.ip === "0") ctx.throw(403, "no"); // silent
  await next();
});
fastify.addHook("onRequest", async (request, reply) => {
  if (!request.headers.authorization) {
    log.warn("no token");
    return reply.code(401).send({ error: "unauthorized" }); // recorded
  }
});
createServer((req, res) => {
  if (!req.headers.authorization) {
    res.writeHead(401, { "www-authenticate": "Bearer" }); // silent
    res.end();
    return;
  }
  if (req.headers["x-fast"]) {
    log.warn("too fast");
    res.statusCode = 429; // recorded
    res.end();
    return;
  }
  res.statusCode = 404;
  res.end();
}).listen(1);
export async function GET(request: Request) {
  if (!request.headers.get("authorization")) return new Response("Unauthorized", { status: 401 }); // silent
  if (request.headers.get("x-old")) return Response.json({ error: "expired token" }, { status: 403 }); // silent
  return new Response("no such page", { status: 404 });
}
function fail(res: express.Response, status: number, reason: string) {
  res.status(status).json({ error: reason });
}
app.use((req, res, next) => {
  if (!req.headers.authorization) return fail(res, 401, "missing"); // silent
  if (req.headers.authorization === "old") {
    log.warn("old token");
    return fail(res, 403, "old"); // recorded
  }
  if (req.path === "/") return fail(res, 500, "broken");
  next();
});
const verifier = {
  async verifyAccessToken(token: string) {
    if (token === "old") throw new InvalidTokenError("Token has expired"); // silent
    if (token !== process.env.TOKEN) {
      log.warn({ event: "auth_failure", reason: "invalid" });
      throw new InvalidTokenError("Unknown token"); // recorded
    }
    return { token, clientId: "one", scopes: [] };
  },
};
app.use(requireBearerAuth({ verifier }));
const server = new McpServer({ name: "gate", version: "1" });
server.registerTool("remove", {}, async ({ path }) => {
  if (path.includes("..")) {
    return { isError: true, content: [{ type: "text", text: "Access denied: outside the root" }] }; // silent
  }
  const answer = await fetch("https://example.org/" + path);
  if (answer.status === 403) throw new Error("Permission denied by example.org");
  return { content: [] };
});
app.listen(3000);
"""

GO = """
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	"github.com/modelcontextprotocol/go-sdk/auth"
)

func ginGuard(c *gin.Context) {
	if c.GetHeader("Authorization") == "" {
		c.AbortWithStatusJSON(401, gin.H{"error": "unauthorized"}) // silent
		return
	}
	if c.GetHeader("X-Old") != "" {
		slog.Warn("old token")
		c.JSON(http.StatusForbidden, gin.H{"error": "expired"}) // recorded
		return
	}
	c.Next()
}

func echoGuard(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if c.Request().Header.Get("Authorization") == "" {
			return echo.NewHTTPError(http.StatusUnauthorized, "missing") // silent
		}
		return next(c)
	}
}

func writeError(w http.ResponseWriter, status int, text string) {
	http.Error(w, text, status)
}

func guard(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") == "" {
		writeError(w, http.StatusUnauthorized, "missing token") // silent
		return
	}
	if r.Host != "localhost" {
		slog.Warn("host refused", "host", r.Host)
		w.WriteHeader(http.StatusForbidden) // recorded
		return
	}
	if r.Method != "POST" {
		writeError(w, http.StatusMethodNotAllowed, "method not allowed")
		return
	}
}

func verify(ctx context.Context, token string, r *http.Request) (*auth.TokenInfo, error) {
	if token == "old" {
		return nil, fmt.Errorf("token expired: %w", auth.ErrInvalidToken) // silent
	}
	if token != "good" {
		slog.Warn("auth_failure", "reason", "invalid")
		return nil, auth.ErrInvalidToken // recorded
	}
	return &auth.TokenInfo{}, nil
}

func remove(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	path := request.GetString("path", "")
	if readOnly {
		return mcp.NewToolResultError("permission denied: the server is read-only"), nil // silent
	}
	if path == "/etc" {
		slog.Warn("refused", "path", path)
		return nil, errors.New("access denied") // recorded
	}
	if path == "" {
		return nil, errors.New("path is empty")
	}
	return mcp.NewToolResultText("removed"), nil
}

var readOnly = true

func main() {
	r := gin.New()
	r.Use(ginGuard)
	go r.Run(":2")
	e := echo.New()
	e.Use(echoGuard)
	go e.Start(":3")
	readOnly = len(os.Args) > 1
	s := server.NewMCPServer("gate", "1")
	s.AddTool(mcp.NewTool("remove"), remove)
	http.HandleFunc("/mcp", guard)
	http.Handle("/", auth.RequireBearerToken(verify, nil)(http.DefaultServeMux))
	http.ListenAndServe(":1", nil)
}
"""

FILES = {
    "python": {"server.py": PYTHON},
    "typescript": {"package.json": '{"name": "gate", "version": "1.0.0"}', "server.ts": TYPESCRIPT},
    "go": {"go.mod": "module example.org/gate\n\ngo 1.24\n", "main.go": GO},
}
MARK = re.compile(r"(?:#|//) (silent|recorded)$")


@pytest.mark.parametrize("language", FILES)
def test_rejections_of_each_framework(language: str) -> None:
    files = FILES[language]
    wanted = {
        (path, number): mark[1]
        for path, text in files.items()
        for number, line in enumerate(text.split("\n"), 1)
        if (mark := MARK.search(line))
    }
    found = {
        (one.location.path, one.location.line): "recorded" if one.records else "silent"
        for one in facts_of(files).rejections
    }
    assert found == wanted


CAUGHT = """
import express from "express";
const app = express();

function guarded(work) {
  return (req, res) => {
    work(req, res).catch((error) => {
      BEFORE
      if (error instanceof SessionRejected) {
        return res.status(401).json({ error: "session refused" });
      }
      res.status(500).end();
    });
  };
}

app.post("/mcp", guarded(async (req, res) => res.json({})));
app.listen(3000);
"""


@pytest.mark.parametrize(("before", "left"), [("console.error('request failed', error);", 1), ("", 0)])
def test_the_record_of_a_promises_handler_is_that_of_its_branches(before: str, left: int) -> None:
    manifest = {"package.json": '{"name": "gate", "version": "1.0.0"}'}
    (found,) = facts_of({**manifest, "server.js": CAUGHT.replace("BEFORE", before)}).rejections
    assert len(found.records) == left
