import pytest
from linked import facts_of

SERVER = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { isInitializeRequest } from "@modelcontextprotocol/sdk/types.js";
import express from "express";
import { Engine } from "./engine.js";

const app = express();
const open = {};
app.post("/mcp", async (req, res) => {
  const id = req.headers["mcp-session-id"];
  let transport;
  if (!req.headers.authorization) {
    res.status(401).end();
    return;
  }
  if (id && open[id]) {
    transport = open[id];
  } else if (!id && isInitializeRequest(req.body)) {
    %s
    transport = new StreamableHTTPServerTransport({ sessionIdGenerator: () => "1" });
    await new Engine(req).server.connect(transport);
  } else {
    res.status(401).json({ error: "no session" });
    return;
  }
  await transport.handleRequest(req, res, req.body);
});
app.delete("/mcp", async (req, res) => {
  if (!req.headers["mcp-session-id"]) {
    res.status(401).end();
    return;
  }
  await open[req.headers["mcp-session-id"]].handleRequest(req, res);
  %s
});
app.listen(3000);
"""
ENGINE = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";

export class Engine {
  server = new McpServer({ name: "engine", version: "1.0.0" });
  constructor(req) {
    if (!process.env.HEADERS_JSON) console.warn("HEADERS_JSON is not set");
    %s
    this.server.registerTool("ping", { description: "Ping" }, async () => ({ content: [] }));
  }
}
"""


@pytest.mark.parametrize(
    ("asked", "deleted", "engine", "left"),
    [
        ("", "", "", 0),
        ('console.error("hello", req.ip);', "", "", 1),
        ('if (req.headers["x-team-token"]) console.error("team token");', "", "", 0),
        ("", 'console.error("session terminated", req.ip);', "", 0),
        ("", "", 'console.error("engine for", req.ip);', 1),
        ("", "", 'if (req.query.verbose) console.error("engine for", req.ip);', 0),
    ],
)
def test_what_a_client_who_is_let_in_leaves(asked: str, deleted: str, engine: str, left: int) -> None:
    """A record beside the way in, of a way out, or of what an engine happens to find tells of no client."""
    given = facts_of({"server.ts": SERVER % (asked, deleted), "engine.ts": ENGINE % engine, "package.json": "{}"})
    (only,) = given.connections
    assert len(only.records) == left


LOGGER = """
export class Logger {
  private sink = console;
  private write(level: string, text: string) { this.sink.error(text); }
  debug(text: string) { this.write("debug", text); }
  info(text: string) { this.write("info", text); }
}
export const logger = new Logger();
"""


@pytest.mark.parametrize(("level", "left"), [("debug", 0), ("info", 1)])
def test_what_a_loggers_own_debug_method_writes_is_no_record(level: str, left: int) -> None:
    engine = ENGINE.replace("import {", 'import { logger } from "./logger.js";\nimport {', 1) % f'logger.{level}("x");'
    given = facts_of({"server.ts": SERVER % ("", ""), "engine.ts": engine, "logger.ts": LOGGER, "package.json": "{}"})
    (only,) = given.connections
    assert len(only.records) == left


GATE = """
import { Hono } from "hono";
import { AsyncLocalStorage } from "node:async_hooks";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { verify } from "./verify.js";

const app = new Hono();
const held = new AsyncLocalStorage();
app.use("/mcp", async (c, next) => {
  const token = c.req.header("Authorization");
  if (!token) {
    console.error("refused");
    throw new HTTPException(401, { message: "missing token" });
  }
  try {
    const who = await verify(token);
    ADMITTED
    await held.run({ who }, next);
  } catch (error) {
    console.error("verification failed", error);
    throw error;
  }
});
app.post("/mcp", async (c) => {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  return transport.handleRequest(c);
});
"""


@pytest.mark.parametrize(("admitted", "left"), [("console.error('let in', who.id);", 1), ("", 0)])
def test_a_gate_that_raises_for_some_records_the_others(admitted: str, left: int) -> None:
    files = {"gate.ts": GATE.replace("ADMITTED", admitted), "verify.ts": "export const verify = (t) => decode(t);"}
    (only,) = facts_of({**files, "package.json": "{}"}).connections
    assert len(only.records) == left


LIBRARY = """
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import express from "express";

export abstract class Runner {
  abstract make();
  run() {
    const app = express();
    app.post("/mcp", async (req, res) => {
      const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
      await this.make().connect(transport);
      await transport.handleRequest(req, res, req.body);
    });
    app.listen(3000);
  }
}
"""
APPLICATION = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { Runner } from "@team/runner";

class Own extends Runner {
  make() {
    const server = new McpServer({ name: "x", version: "1.0.0" });
    STORED
    return server;
  }
}
new Own().run();
"""


@pytest.mark.parametrize(
    ("stored", "left"), [("server.server.oninitialized = () => console.error('client', server.name);", 1), ("", 0)]
)
def test_a_library_lets_clients_in_whom_the_application_records(stored: str, left: int) -> None:
    files = {
        "package.json": '{"private": true, "workspaces": ["packages/*"]}',
        "packages/runner/package.json": '{"name": "@team/runner", "version": "1.0.0", "main": "src/index.ts"}',
        "packages/runner/src/index.ts": LIBRARY,
        "packages/app/package.json": '{"name": "@team/app", "version": "1.0.0", "bin": "src/main.ts"}',
        "packages/app/src/main.ts": APPLICATION.replace("STORED", stored),
    }
    found = {one.package: one for one in facts_of(files).connections}
    assert len(found["packages/runner"].records) == left


_HEARD = """package main

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/modelcontextprotocol/go-sdk/auth"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

func heard(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, req mcp.Request) (mcp.Result, error) {
		ASIDE
		slog.Info("message", "method", method)
		return next(ctx, method, req)
	}
}

func verify(ctx context.Context, token string, r *http.Request) (*auth.TokenInfo, error) {
	if token != known {
		return nil, auth.ErrInvalidToken
	}
	FOUND
	return &auth.TokenInfo{Scopes: []string{"mcp"}}, nil
}

func lend(ctx context.Context, req *mcp.CallToolRequest, in struct{}) (*mcp.CallToolResult, any, error) {
	return nil, nil, nil
}

func main() {
	server := mcp.NewServer(&mcp.Implementation{Name: "books"}, nil)
	server.AddReceivingMiddleware(heard)
	mcp.AddTool(server, &mcp.Tool{Name: "lend"}, lend)
	handler := mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return server }, nil)
	http.Handle("/mcp", auth.RequireBearerToken(verify, nil)(handler))
	_ = http.ListenAndServe(":8080", nil)
}
"""


@pytest.mark.parametrize(
    ("aside", "found", "left"),
    [
        ("", "", 1),
        ('if method != "tools/call" { return next(ctx, method, req) }', "", 0),
        ('if method != "tools/call" { return next(ctx, method, req) }', 'slog.Info("auth_accepted")', 1),
    ],
)
def test_what_tells_of_tool_calls_alone_tells_of_no_client(aside: str, found: str, left: int) -> None:
    source = _HEARD.replace("ASIDE", aside).replace("FOUND", found)
    (only,) = facts_of({"go.mod": "module example.org/books\n\ngo 1.24\n", "main.go": source}).connections
    assert len(only.records) == left


_REFUSED = """
import express from "express";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { isInitializeRequest } from "@modelcontextprotocol/sdk/types.js";
const app = express();
const held = new Map();
app.post("/mcp", async (req, res) => {
  let transport = held.get(req.header("mcp-session-id"));
  if (!transport) {
    if (!isInitializeRequest(req.body)) {
      console.error("unknown session", req.ip);
      return res.status(404).end();
    }
    transport = new StreamableHTTPServerTransport({ sessionIdGenerator: () => crypto.randomUUID(), CALLBACK });
  }
  await transport.handleRequest(req, res, req.body);
});
app.listen(3000);
"""


@pytest.mark.parametrize(
    ("callback", "left"), [("", 0), ("onsessioninitialized: (id) => console.error('opened', id)", 1)]
)
def test_who_is_refused_is_not_let_in(callback: str, left: int) -> None:
    (only,) = facts_of({"server.ts": _REFUSED.replace("CALLBACK", callback), "package.json": "{}"}).connections
    assert len(only.records) == left
