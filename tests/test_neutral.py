"""What is found does not depend on how variables are called, nor on how many functions and files a flow passes."""

import re
from collections import Counter

import pytest
from audits import audit_tree

PYTHON = """\
import logging
import os

from mcp.server.lowlevel import Server
from helpers import tell, hand_on

server = Server("desk")
log = logging.getLogger(__name__)
{python}

@server.call_tool()
async def dispatch(name, arguments):
    heading = arguments["title"]
    PY(heading)
    secret = os.environ["DESK_API_KEY"]
    PY(secret)
    whole = arguments
    PY(whole)
    return []
"""
PYTHON_HELPERS = """\
def tell(value):
    log.info("value %s", value)


def hand_on(value):
    return value
"""
SCRIPT = """\
import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";
import {{ StreamableHTTPServerTransport }} from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import {{ EventEmitter }} from "node:events";
import {{ z }} from "zod";
{script}
const server = new McpServer({{ name: "desk", version: "1.0.0" }});
server.tool("go", {{ title: z.string() }}, async (given) => {{
  const heading = given.title;
  TS(heading)
  const secret = process.env.DESK_API_KEY;
  TS(secret)
  TS(JSON.stringify(given))
  return {{ content: [] }};
}});
await server.connect(new StreamableHTTPServerTransport({{ sessionIdGenerator: undefined }}));
"""
SCRIPT_HELPERS = """\
function tell(value: string) {
  console.error(`value ${value}`);
}
function handOn(value: string) {
  return value;
}
"""
GO = """\
package main

import (
\t"context"
\t"log"
\t"os"

\t"github.com/mark3labs/mcp-go/mcp"
\t"github.com/mark3labs/mcp-go/server"
)

func run(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {{
\theading := req.GetString("title", "")
\tGO(heading)
\tsecret := os.Getenv("DESK_API_KEY")
\tGO(secret)
\twhole := req.GetArguments()
\tGO(whole)
\treturn mcp.NewToolResultText("gone"), nil
}}

func main() {{
\ts := server.NewMCPServer("desk", "1.0.0")
\ts.AddTool(mcp.NewTool("go"), run)
\t_ = server.NewStreamableHTTPServer(s).Start(":8080")
}}
{go}
"""
GO_HELPERS = """\
func tell(value any) {
\tlog.Printf("value %v", value)
}

func handOn(value any) any {
\treturn value
}
"""
DIRECT = {"PY": 'log.info("value %s", X)', "TS": "console.error(`value ${X}`);", "GO": 'log.Printf("value %v", X)'}
SINK = {"PY": "tell(X)", "TS": "tell(X);", "GO": "tell(X)"}
THROUGH = {
    "PY": 'log.info("value %s", hand_on(X))', "TS": "console.error(`value ${handOn(X)}`);",
    "GO": 'log.Printf("value %v", handOn(X))',
}  # fmt: skip
KEPT = {
    "PY": DIRECT["PY"], "TS": "{ const kept: any[] = []; kept.push(X); console.error(`value ${kept[0]}`); }",
    "GO": '{\n\tkept := map[string]any{}\n\tkept["x"] = X\n\tlog.Printf("value %v", kept["x"])\n}',
}  # fmt: skip
CAPTURED = {
    "PY": DIRECT["PY"], "TS": "{ const later = () => console.error(`value ${X}`); setTimeout(later, 1); }",
    "GO": 'func() { log.Printf("value %v", X) }()',
}  # fmt: skip
PASSED_ON = {
    "PY": DIRECT["PY"],
    "TS": "{ const bus = new EventEmitter(); bus.on('x', (y) => console.error(`value ${y}`)); bus.emit('x', X); }",
    "GO": '{\n\tch := make(chan any, 1)\n\tch <- X\n\tlog.Printf("value %v", <-ch)\n}',
}  # fmt: skip
NEUTRAL = ("heading", "secret", "whole", "given", "value", "tell", "hand_on", "handOn", "log")
FILES = {
    "python/server.py", "python/helpers.py", "node/server.ts", "node/helpers.ts", "node/package.json",
    "golang/main.go", "golang/helpers.go", "golang/go.mod",
}  # fmt: skip


def _program(use: dict[str, str], *, apart: bool) -> dict[str, str]:
    """The three servers; ``apart`` puts the helpers into files of their own."""
    helpers = {"python": PYTHON_HELPERS, "script": SCRIPT_HELPERS, "go": GO_HELPERS}
    if apart:
        helpers = {"python": "", "script": 'import { tell, handOn } from "./helpers.js";', "go": ""}
    python = (
        PYTHON.format(**helpers)
        if apart
        else PYTHON.replace("from helpers import tell, hand_on\n", "").format(**helpers)
    )
    files = {
        "python/server.py": python,
        "python/helpers.py": f"import logging\n\nlog = logging.getLogger(__name__)\n\n\n{PYTHON_HELPERS}",
        "node/server.ts": SCRIPT.format(**helpers),
        "node/helpers.ts": SCRIPT_HELPERS.replace("function", "export function"),
        "node/package.json": '{"name": "desk", "type": "module"}',
        "golang/main.go": GO.format(**helpers),
        "golang/helpers.go": f'package main\n\nimport "log"\n\n{GO_HELPERS}' if apart else "package main\n",
        "golang/go.mod": "module example.test/desk\n\ngo 1.24\n",
    }
    return {path: _filled(text, use) for path, text in files.items()}


def _filled(text: str, use: dict[str, str]) -> str:
    return re.sub(r"\b(PY|TS|GO)\(((?:[^()]|\([^()]*\))*)\)", lambda m: use[m[1]].replace("X", m[2]), text)


def _renamed(files: dict[str, str]) -> dict[str, str]:
    """The same program under names that say nothing."""
    names = {name: f"v{number}" for number, name in enumerate(NEUTRAL) if name != "log"}
    word = re.compile(r"\b(?:" + "|".join(names) + r")\b")
    return {path: word.sub(lambda m: names[m[0]], text) for path, text in files.items()}


def _verdicts(files: dict[str, str]) -> Counter[tuple[str, str, str]]:
    found = (one for one in audit_tree(files).findings if one.check.id in {"SA202", "SA302", "SA303"})
    return Counter(
        (one.finding.location.path.partition("/")[0], one.check.id, one.finding.severity.value) for one in found
    )


def test_the_direct_way_has_one_finding_of_each_kind() -> None:
    found = _verdicts(_program(DIRECT, apart=False))
    languages = ("golang", "node", "python")
    assert {(folder, check) for folder, check, _ in found} == {
        (folder, check) for folder in languages for check in ("SA202", "SA302", "SA303")
    }


@pytest.mark.parametrize("renamed", [False, True], ids=["named", "renamed"])
@pytest.mark.parametrize("apart", [False, True], ids=["same file", "other file"])
@pytest.mark.parametrize(
    "use",
    [DIRECT, SINK, THROUGH, KEPT, CAPTURED, PASSED_ON],
    ids=["direct", "sink", "through", "kept", "captured", "passed on"],
)
def test_names_and_functions_do_not_matter(use: dict[str, str], apart: bool, renamed: bool) -> None:  # noqa: FBT001
    files = _program(use, apart=apart)
    assert set(files) == FILES
    assert _verdicts(_renamed(files) if renamed else files) == _verdicts(_program(DIRECT, apart=False))
