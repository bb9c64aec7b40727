"""What a caller of the server chose, followed to a dangerous call, with the checks on the way."""

import pytest
from linked import facts_of

from skillaudit.check import Finding
from skillaudit.checks.sa602 import sa602
from skillaudit.checks.sa603 import sa603
from skillaudit.codeflows import CodeFlow, Danger, Strength

SERVER = "from mcp.server.fastmcp import FastMCP\nmcp = FastMCP('x')\n"


def flows_of(source: str) -> list[CodeFlow]:
    return list(facts_of({"server.py": SERVER + source}).code_flows)


def test_functions_that_call_each_other_end() -> None:
    source = """
import requests

def left(url, n):
    return right(url, n - 1) if n else url

def right(url, n):
    return left(url + "/", n) + left("/" + url, n)

@mcp.tool()
def page(url: str) -> str:
    return requests.get(left(url, 9)).text
"""
    (flow,) = flows_of(source)
    assert flow.danger is Danger.ADDRESS


def test_a_trace_leads_from_the_parameter_to_the_call() -> None:
    source = """
def slurp(path):
    return open(path).read()

@mcp.tool()
def read(name: str) -> str:
    return slurp("data/" + name)
"""
    (flow,) = flows_of(source)
    assert [(stop.location.line, stop.note) for stop in flow.trace] == [
        (8, "parameter `name`"),
        (9, "passed to `slurp`"),
    ]
    assert (flow.value, flow.tools, flow.operation, flow.sink) == ("name", ("read",), "read", "open")


@pytest.mark.parametrize(
    ("check", "strength"),
    [
        ("if not target.is_relative_to(ROOT): raise ValueError", Strength.SOUND),
        ("if not target.is_relative_to(ROOT): print('outside')", Strength.NONE),
        ("if target.is_relative_to(ROOT): raise ValueError", Strength.NONE),
        ("if not str(target).startswith(f'{ROOT}/'): raise ValueError", Strength.SOUND),
        ("if not str(target).startswith(str(ROOT)): raise ValueError", Strength.NAIVE),
        ("if ROOT not in target.parents: return ''", Strength.SOUND),
        ("if target.suffix != '.txt': return ''", Strength.NONE),
    ],
)
def test_a_check_counts_by_what_it_does_and_when_it_leaves(check: str, strength: Strength) -> None:
    source = f"""
from pathlib import Path
ROOT = Path("/srv")

@mcp.tool()
def read(name: str) -> str:
    target = (ROOT / name).resolve()
    {check}
    return target.read_text()
"""
    (flow,) = flows_of(source)
    assert flow.guarded.strength is strength


def test_what_operators_choose_is_no_flow() -> None:
    source = """
import os, sys, subprocess

@mcp.tool()
def start(count: int) -> str:
    subprocess.run([os.environ["PROGRAM"], sys.argv[1], str(count)])
    return open(os.environ["CONFIG"]).read()
"""
    assert flows_of(source) == []


def test_messages_put_together_from_a_socket_are_taken_apart_again() -> None:
    source = """
import json, socket

def serve():
    listener = socket.socket()
    listener.listen(1)
    client, _ = listener.accept()
    buffer = b""
    while True:
        buffer += client.recv(4096)
        run(json.loads(buffer.decode()))

def run(command):
    handlers = {"code": code}
    handlers.update({"other": code})
    handlers.get(command["type"])(**command["params"])

def code(text):
    exec(text)
"""
    (flow,) = flows_of(source)
    assert flow.danger is Danger.CODE


def test_a_tool_that_is_listed_and_dispatched_by_name_says_what_it_is_for() -> None:
    source = """
from mcp.server import Server
from mcp.types import Tool
import requests

server = Server("x")

@server.list_tools()
async def tools():
    return [
        Tool(name="fetch", description="Fetches a URL " + "for you", inputSchema={}),
        Tool(name="note", description="Takes a note", inputSchema={}),
    ]

@server.call_tool()
async def call(name: str, arguments: dict):
    if name == "fetch":
        return requests.get(arguments["url"]).text
    if name == "note":
        return open(arguments["file"], "w")
"""
    fetched, noted = facts_of({"server.py": source}).code_flows
    assert (fetched.tools, fetched.declared, fetched.value) == (("fetch",), True, "url")
    assert (noted.tools, noted.declared) == (("note",), False)


def test_a_field_of_a_model_that_takes_all_arguments_keeps_its_name() -> None:
    source = """
import requests
from pydantic import BaseModel

class Wanted(BaseModel):
    limit: int
    url: str

@mcp.tool()
def page(arguments: dict) -> str:
    wanted = Wanted(**arguments)
    return requests.get(wanted.url).text
"""
    (flow,) = flows_of(source)
    assert flow.danger is Danger.ADDRESS


@pytest.mark.parametrize(
    ("made", "danger"),
    [
        ('f"https://api.example.com/{name}"', Danger.ADDRESS_PATH),
        ('f"https://{name}.example.com/"', Danger.ADDRESS),
        ('"https://api.example.com/{}".format(name)', Danger.ADDRESS_PATH),
        ("name", Danger.ADDRESS),
    ],
)
def test_what_a_helper_puts_together_keeps_its_places(made: str, danger: Danger) -> None:
    source = f"""
import requests

def address(name):
    return {made}

@mcp.tool()
def page(name: str) -> str:
    return requests.get(address(name)).text
"""
    (flow,) = flows_of(source)
    assert flow.danger is danger


def test_a_request_that_the_server_makes_is_none_that_came_in() -> None:
    source = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
const server = new McpServer({ name: "x", version: "1" });
async function send(request: Request) {
  return fetch(request.url.replace("https://", "http://"));
}
server.tool("ping", {}, async () => {
  await send(new Request("http://host:8080/ping"));
  return { content: [] };
});
"""
    assert facts_of({"server.ts": source}).code_flows == ()


def test_what_is_put_into_a_list_comes_out_of_it() -> None:
    source = """
@mcp.tool()
def read(folder: str) -> list[str]:
    found = []
    found.append(folder + "/notes")
    return [open(one).read() for one in found]
"""
    (flow,) = flows_of(source)
    assert (flow.danger, flow.value) == (Danger.PATH, "folder")


@pytest.mark.parametrize(
    ("reads", "found"),
    [
        ("return json.loads(sys.stdin.read())", False),
        ("return json.load(sys.stdin)", False),
        ("return json.loads(sys.stdin.readline())", True),
        ("return json.loads(sys.stdin.read(int(sys.stdin.readline())))", True),
    ],
)
def test_a_script_that_reads_its_input_once_and_to_the_end_serves_nobody(reads: str, *, found: bool) -> None:
    source = f"""
import json
import sys

def message():
    {reads}

def main():
    open(message()["params"]["file"]).read()

main()
"""
    assert bool(flows_of(source)) is found


def test_in_go_nil_as_the_only_error_says_that_all_is_well() -> None:
    source = """package main

import (
	"context"
	"errors"
	"os"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func permitted(path string) error {
	if strings.Contains(path, ".git") {
		return errors.New("protected")
	}
	return nil
}

func write(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	path := req.GetString("path", "")
	if err := permitted(path); err != nil {
		return nil, err
	}
	return nil, os.WriteFile(path, nil, 0o640)
}

func main() {
	s := server.NewMCPServer("m", "1")
	s.AddTool(mcp.NewTool("write"), write)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
"""
    (flow,) = facts_of({"go.mod": "module example.test/mini\n", "main.go": source}).code_flows
    assert flow.protected is not None


def test_a_value_that_comes_from_too_far_is_a_gap() -> None:
    steps = "\n".join(f"def step{n}(path):\n    return step{n + 1}(path)\n" for n in range(12))
    source = f"""
{steps}
def step12(path):
    return open(path).read()

@mcp.tool()
def read(path: str) -> str:
    return step0(path)
"""
    facts = facts_of({"server.py": SERVER + source})
    assert not facts.code_flows
    assert [gap.kind for gap in facts.gaps] == ["code-flows"]


def test_a_line_given_to_a_program_is_taken_apart_there() -> None:
    source = """
import { spawn } from "child_process";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
const server = new McpServer({ name: "mini", version: "1.0.0" });
const child = spawn("tool", ["--repl"]);
server.tool("list", { app: z.string() }, async ({ app }) => {
  child.stdin.write(`list --app=${app}` + "\\n");
  return { content: [] };
});
"""
    facts = facts_of({"server.ts": source, "package.json": '{"name": "mini", "type": "module"}'})
    told = [found.message for found in sa602.run(facts) if isinstance(found, Finding)]
    (message,) = told
    assert message.endswith("gives to a program: a space begins another argument")


def test_a_directory_made_for_a_file_is_a_related_place_of_the_write() -> None:
    source = """
import os

@mcp.tool()
def save(folder: str) -> None:
    os.makedirs(folder, exist_ok=True)
    open(os.path.join(folder, "a.txt"), "w").write("a")
    open(os.path.join(folder, "b.txt"), "w").write("b")
"""
    facts = facts_of({"server.py": SERVER + source})
    found = {one.location.line: one.related for one in sa603.run(facts) if isinstance(one, Finding) and one.location}
    assert {line: [step.location.line for step in steps] for line, steps in found.items()} == {9: [8], 10: []}


@pytest.mark.parametrize(
    ("call", "operation"),
    [
        ("fs.open(name, 'r')", "read"),
        ("fs.open(name)", "read"),
        ("fs.open(name, 'a+')", "write"),
        ("fs.open(name, constants.O_RDONLY)", "read"),
        ("fs.open(name, constants.O_RDWR | constants.O_EXCL)", "write"),
    ],
)
def test_flags_say_what_opening_a_file_does(call: str, operation: str) -> None:
    server = f"""
import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";
import fs, {{ constants }} from "node:fs/promises";
const server = new McpServer({{ name: "x", version: "1" }});
server.tool("look", {{}}, async ({{ name }}) => {{ const held = await {call}; return {{ content: [] }}; }});
"""
    (flow,) = facts_of({"server.ts": server, "package.json": "{}"}).code_flows
    assert flow.operation == operation


def test_what_a_route_hands_to_a_command_is_the_servers() -> None:
    """A command's own arguments are its user's; a web client that reaches the same function is none."""
    cli = """
import argparse

def save(target, text):
    with open(target, "w") as out:
        out.write(text)

def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--target")
    print(parser.parse_args())

if __name__ == "__main__":
    main()
"""
    route = """
from fastapi import FastAPI
from shelf.cli import save
app = FastAPI()

@app.post("/export")
def export(target: str) -> str:
    save(target, "all")
    return "done"
"""
    found = facts_of({"src/shelf/__init__.py": "", "src/shelf/cli.py": cli, "src/shelf/web.py": route})
    (flow,) = found.code_flows
    assert (flow.location.path, flow.surface.value) == ("src/shelf/cli.py", "production")
    (told,) = (one for one in sa603.run(found) if isinstance(one, Finding))
    assert (told.severity.name, told.confidence.name) == ("HIGH", "HIGH")
