"""Records that are left out by default: behind an option that is off, below the level of the logger."""

import pytest
from linked import facts_of

_PYTHON = """import logging
import os
from mcp.server.fastmcp import FastMCP
logging.basicConfig(level=logging.INFO)
log = logging.getLogger("books")
mcp = FastMCP("books")
{switch}

@mcp.tool()
def lend(title: str) -> str:
    if {asks}:
        log.info("lent")
    return title
"""
_SCRIPT = """import {{ McpServer }} from '@modelcontextprotocol/sdk/server/mcp.js';
{switch}
const server = new McpServer({{ name: 'books', version: '1' }});
server.tool('lend', {{}}, async () => {{
  {body}
  return {{ content: [] }};
}});
"""
_GO = """package main

import (
	"context"
	"flag"
	"log/slog"
	"os"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	"github.com/sirupsen/logrus"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

{before}

func lend(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {{
	{body}
	return nil, nil
}}

func main() {{
	{setup}
	s := server.NewMCPServer("books", "1")
	s.AddTool(mcp.NewTool("lend"), lend)
	_ = server.ServeStdio(s)
}}
"""


def _shown(path: str, text: str) -> list[bool]:
    return [bool(tool.records) for tool in facts_of({path: text}).tools]


_STATE = """class State:
    def __init__(self):
        self.on = False

    def begin(self):
        self.on = True

state = State()
"""


@pytest.mark.parametrize(
    ("switch", "asks", "shown"),
    [
        ("AUDIT = os.getenv('AUDIT', 'false').lower() == 'true'", "AUDIT", False),
        ("AUDIT = os.getenv('AUDIT', 'true').lower() == 'true'", "AUDIT", True),
        ("AUDIT = os.environ.get('AUDIT_CALLS')", "AUDIT", False),
        ("KEY = os.environ.get('API_KEY')", "KEY", True),
        ("ready = False\ndef begin():\n    global ready\n    ready = True\n", "ready", True),
        ("state = {'on': False}\ndef begin():\n    state['on'] = True", "state['on']", True),
        ("", "title == ''", True),
        ("def known(title):\n    return False\n", "known(title)", True),
        (_STATE, "state.on", True),
    ],
)
def test_switches_of_python(switch: str, asks: str, shown: bool) -> None:  # noqa: FBT001 - a test's parameter
    assert _shown("server.py", _PYTHON.format(switch=switch, asks=asks)) == [shown]


def test_an_early_return_is_a_switch_too() -> None:
    text = _PYTHON.format(switch="AUDIT = os.getenv('AUDIT') == 'on'", asks="True")
    text = text.replace(
        "        log.info", "        note(title)\n\ndef note(title):\n    if not AUDIT:\n        return\n    log.info"
    )
    assert _shown("server.py", text) == [False]
    assert _shown("server.py", text.replace("if not AUDIT", "if not os.getenv('API_KEY')")) == [True]


_PLAIN = "console.error('lent');"
_OBJECT = "const state = { on: false };\nexport const begin = () => { state.on = true; };"
_HANDED = """const Shape = z.object({{ audit: z.boolean().default(false) }});
function run({0}: any) {{ if ({0}.audit) {{ console.error('lent'); }} }}"""
_WINSTON = "import winston from 'winston';\nconst log = winston.createLogger({{ {} }});"
_PINO = "import pino from 'pino';\nconst log = pino({{ {} }});"


@pytest.mark.parametrize(
    ("switch", "body", "shown"),
    [
        ("const config = { audit: process.env.AUDIT === 'true' };", f"if (config.audit) {{ {_PLAIN} }}", False),
        ("const config = { audit: process.env.AUDIT !== 'false' };", f"if (config.audit) {{ {_PLAIN} }}", True),
        ("let ready = false;\nexport function begin() { ready = true; }", f"if (ready) {{ {_PLAIN} }}", True),
        (
            "const state = { on: false };\nexport const begin = () => { state.on = true; };",
            f"if (state.on) {{ {_PLAIN} }}",
            True,
        ),
        (_HANDED.format("config"), "run(Shape.parse({}));", False),
        (_HANDED.format("book"), "run(Shape.parse({}));", True),
        (_WINSTON.format("level: 'warn'"), "log.info('lent');", False),
        (_WINSTON.format("level: 'warn'"), "log.warn('lent');", True),
        (_WINSTON.format("level: process.env.LEVEL"), "log.info('lent');", True),
        (_WINSTON.format("level: 'warn'") + "\nlog.level = 'info';", "log.info('lent');", True),
        (_PINO.format("level: 'error'"), "log.warn('lent');", False),
        (_PINO.format("name: 'books'"), "log.info('lent');", True),
    ],
)
def test_switches_of_scripts(switch: str, body: str, shown: bool) -> None:  # noqa: FBT001 - a test's parameter
    assert _shown("server.ts", _SCRIPT.format(switch=switch, body=body)) == [shown]


_SLOG = "var log = slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{{Level: {}}}))"
_SAID = 'log.Info("lent")'


@pytest.mark.parametrize(
    ("before", "body", "setup", "shown"),
    [
        ('var audit = flag.Bool("audit", false, "")', 'if *audit { slog.Info("lent") }', "flag.Parse()", False),
        ('var audit = flag.Bool("audit", true, "")', 'if *audit { slog.Info("lent") }', "flag.Parse()", True),
        ("var ready = false", 'if ready { slog.Info("lent") }', "ready = true", True),
        (_SLOG.format("slog.LevelWarn"), _SAID, "", False),
        (_SLOG.format("slog.LevelInfo"), _SAID, "", True),
        (_SLOG.format("chosen()") + "\nfunc chosen() slog.Level { return slog.LevelInfo }", _SAID, "", True),
        (_SLOG.format("slog.LevelWarn") + "\nvar other = slog.NewJSONHandler(os.Stderr, nil)", _SAID, "", True),
        ("var log = logrus.New()", _SAID, "log.SetLevel(logrus.WarnLevel)", False),
        ("var log = logrus.New()", _SAID, "log.SetLevel(logrus.DebugLevel)", True),
        ("var log = zap.New(zapcore.NewCore(enc, out, zap.NewAtomicLevelAt(zap.ErrorLevel)))", _SAID, "", False),
    ],
)
def test_switches_of_go(before: str, body: str, setup: str, shown: bool) -> None:  # noqa: FBT001 - a test's parameter
    assert _shown("main.go", _GO.format(before=before, body=body, setup=setup)) == [shown]
