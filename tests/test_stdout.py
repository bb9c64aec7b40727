"""Which writes to standard output run while a stdio server serves, and which do not."""

import pytest
from linked import facts_of

PYTHON = """
import os, sys, atexit
from mcp.server.fastmcp import FastMCP
from rich.console import Console

mcp = FastMCP("weather")
screen = Console(stderr=True)


@mcp.tool()
def forecast(city: str) -> str:
    {tool}
    return city


def banner():
    {banner}


def main():
    {main}
    mcp.run()
    {after}


if __name__ == "__main__":
    main()
"""

SCRIPT = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";

const server = new McpServer({ name: "weather", version: "1" });
server.tool("forecast", {}, async () => {
  /*TOOL*/
  return { content: [] };
});

/*TOP*/

async function main() {
  /*MAIN*/
  const transport = new StdioServerTransport();
  await server.connect(transport);
  /*AFTER*/
}

main().catch((error) => {
  console.log("failed", error);
  process.exit(1);
});
"""


def python(tool: str = "pass", banner: str = "pass", main: str = "pass", after: str = "pass") -> list[str]:
    source = PYTHON.format(tool=tool, banner=banner, main=main, after=after)
    return _lines("server.py", source, 'requires-python = ">=3.11"')


def script(**parts: str) -> list[str]:
    source = SCRIPT
    for place, text in parts.items():
        source = source.replace(f"/*{place.upper()}*/", text)
    return _lines("src/index.ts", source, "")


def _lines(path: str, source: str, more: str) -> list[str]:
    manifest = {"package.json": '{"name": "weather", "version": "1.0.0", "bin": "dist/index.js"}'}
    if path.endswith(".py"):
        manifest = {"pyproject.toml": f'[project]\nname = "weather"\nversion = "1"\n{more}\n'}
    facts = facts_of({path: source, **manifest})
    lines = source.splitlines()
    return [lines[write.location.line - 1].strip() for write in facts.stdout_writes]


@pytest.mark.parametrize("tool", ["print(city)", "sys.stdout.write(city)", 'if city == "x": print(city)'])
def test_a_handler_that_prints_breaks_the_protocol(tool: str) -> None:
    assert python(tool=tool) == [tool]


@pytest.mark.parametrize("tool", ["print(city, file=sys.stderr)", "screen.print(city)", "sys.stderr.write(city)"])
def test_other_streams_are_free(tool: str) -> None:
    assert python(tool=tool) == []


def test_what_starts_the_server_may_not_print_before_it() -> None:
    assert python(main='print("starting")') == ['print("starting")']
    assert python(main="banner()", banner='print("hello")') == ['print("hello")']


def test_after_a_blocking_server_the_stream_is_free() -> None:
    assert python(after='print("stopped")') == []


@pytest.mark.parametrize(
    "main",
    [
        'if "--version" in sys.argv: print("1.0"); sys.exit(0)',
        'if not os.environ.get("KEY"): print("no key"); raise SystemExit(2)',
        'atexit.register(lambda: print("bye"))',
        'if os.environ.get("MCP_TRANSPORT") == "http": print("listening")',
        'if sys.stdout.isatty(): print("hello")',
        "sys.stdout = sys.stderr\n    print('turned')",
    ],
)
def test_what_cannot_run_while_stdio_serves_is_free(main: str) -> None:
    assert python(main=main) == []


def test_a_redirect_covers_what_handlers_write() -> None:
    assert python(tool="print(city)", main="sys.stdout = sys.stderr") == []
    assert python(tool="print(city)") == ["print(city)"]


def test_a_helper_that_ends_the_process_prints_freely() -> None:
    assert python(main="banner()", banner='print("usage"); sys.exit(1)') == []


def test_only_the_branch_that_serves_stdio_counts() -> None:
    source = """
    import click
    from mcp.server.fastmcp import FastMCP
    mcp = FastMCP("weather")

    @mcp.tool()
    def forecast(city: str) -> str:
        return city

    @click.command()
    @click.option("--transport", default="stdio")
    def main(transport):
        if transport == "stdio":
            print("over stdio")
            mcp.run(transport="stdio")
        else:
            print("over http")
            mcp.run(transport="streamable-http")

    @click.command()
    def setup():
        print("which key?")
    """.replace("\n    ", "\n")
    assert _lines("server.py", source, "") == ['print("over stdio")']


def test_a_module_on_the_way_prints_when_it_is_imported() -> None:
    files = {
        "pyproject.toml": '[project]\nname = "weather"\nversion = "1"\n',
        "weather/__init__.py": "",
        "weather/noise.py": 'print("loading")\n\nif __name__ == "__main__":\n    print("alone")\n',
        "weather/server.py": PYTHON.format(tool="pass", banner="pass", main="pass", after="pass")
        + "\nfrom weather import noise\n",
    }
    assert [str(write.location) for write in facts_of(files).stdout_writes] == ["weather/noise.py:1"]


def test_console_log_in_a_handler_is_found_with_its_way() -> None:
    helper = 'function note(text: string) {\n  console.log("note: " + text);\n}\n'
    facts = facts_of(
        {
            "package.json": '{"name": "weather", "version": "1.0.0", "bin": "dist/index.js"}',
            "src/index.ts": SCRIPT.replace("/*TOP*/", helper).replace("/*TOOL*/", 'note("called");'),
        }
    )
    (write,) = facts.stdout_writes
    assert [step.note for step in write.reached_from] == ["serves", "calls"]


def test_a_failure_of_the_start_may_print() -> None:
    assert script() == []


@pytest.mark.parametrize("line", ['console.log("ready");', 'process.stdout.write("ready");', 'console.info("ready");'])
def test_connecting_does_not_block_so_that_later_writes_count(line: str) -> None:
    assert script(after=line) == [line]


@pytest.mark.parametrize(
    "top",
    [
        "console.log = console.error;",
        "console.log = (...args: unknown[]) => process.stderr.write(String(args));",
        "process.stdout.write = process.stderr.write.bind(process.stderr);",
        "for (const name of ['log', 'info']) console[name] = console.error;",
    ],
)
def test_a_redirected_console_is_free(top: str) -> None:
    assert script(top=top, tool='console.log("called");') == []


def test_a_redirect_does_not_reach_back() -> None:
    main = 'console.log("early");\n  console.log = console.error;\n  console.log("late");'
    assert script(main=main) == ['console.log("early");']


def test_a_restored_console_writes_again() -> None:
    top = "const log = console.log;\nconsole.log = log;"
    assert script(top=top, tool='console.log("called");') == ['console.log("called");']


@pytest.mark.parametrize(
    "main",
    [
        'process.on("SIGINT", () => { console.log("bye"); process.exit(0); });',
        'if (process.argv.includes("--help")) { console.log("usage"); process.exit(0); }',
        'if (process.env.VITEST) { console.log("under test"); }',
        'if (process.stdout.isTTY) console.log("hello");',
        'program.command("setup").action(() => { console.log("which key?"); });',
        'if (transport !== "stdio") { console.log("listening"); }',
        'switch (mode) { case "http": console.log("listening"); break; case "stdio": break; }',
    ],
)
def test_branches_that_do_not_serve_stdio_are_free(main: str) -> None:
    assert script(main=main) == []


def test_a_server_without_stdio_may_print() -> None:
    source = """
from mcp.server.fastmcp import FastMCP
mcp = FastMCP("weather")

@mcp.tool()
def forecast(city: str) -> str:
    print(city)
    return city

mcp.run(transport="streamable-http")
"""
    assert _lines("server.py", source, "") == []


def test_go_serves_until_the_call_returns() -> None:
    source = """package main

import (
	"fmt"
	"os"

	"github.com/mark3labs/mcp-go/server"
)

func main() {
	if len(os.Args) > 3 {
		fmt.Println("usage")
		os.Exit(2)
	}
	fmt.Println("starting")
	s := server.NewMCPServer("weather", "1")
	server.ServeStdio(s)
	fmt.Println("stopped")
}
"""
    facts = facts_of({"go.mod": "module weather\n", "main.go": source})
    assert [write.location.line for write in facts.stdout_writes] == [15]


REGISTRY = """
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("weather")


class Registry:
    def __init__(self):
        self.names = []


def fill(registry):
    print("filling")


def prepare(registry=None):
    if {missing}:
        registry = Registry()
        fill(registry)
    return registry


class App:
    def __init__(self):
        self.registry = Registry()

    def begin(self):
        return prepare({given})


@mcp.tool()
def forecast(city: str) -> str:
    App().begin()
    return city


mcp.run()
"""


@pytest.mark.parametrize("missing", ["not registry", "registry is None"])
def test_a_branch_that_the_call_rules_out_is_not_taken(missing: str) -> None:
    given = REGISTRY.format(missing=missing, given="registry=self.registry")
    assert _lines("server.py", given, "") == []
    # Where somebody else leaves the argument out, the way over that call stays.
    other = given.replace("    App().begin()\n", "    App().begin()\n    prepare()\n")
    assert _lines("server.py", other, "") == ['print("filling")']
    assert _lines("server.py", REGISTRY.format(missing=missing, given=""), "") == ['print("filling")']


def test_a_container_may_be_there_and_false() -> None:
    source = REGISTRY.format(missing="not registry", given="registry=self.registry")
    counted = source.replace(
        "        self.names = []\n", "        self.names = []\n\n    def __len__(self):\n        return 0\n"
    )
    assert _lines("server.py", counted, "") == ['print("filling")']


def test_the_way_is_that_of_a_tool_which_can_take_it() -> None:
    source = SCRIPT.replace(
        "/*TOP*/",
        """
class Deploy {
  options: object = {};
  async run(options: object) {
    this.options = options;
    return this.start();
  }
  start() {
    if ('command' in this.options) {
      return this.dyno();
    }
    return null;
  }
  dyno() {
    console.log("dyno");
  }
}
server.tool("deploy", {}, async (given) => { await new Deploy().run({ name: given.name }); return { content: [] }; });
server.tool("dyno", {}, async (given) => { await new Deploy().run(given); return { content: [] }; });
""",
    )
    facts = facts_of(
        {"package.json": '{"name": "w", "version": "1.0.0", "bin": "dist/index.js"}', "src/index.ts": source}
    )
    (write,) = facts.stdout_writes
    tool = next(n for n, line in enumerate(source.splitlines(), 1) if 'server.tool("dyno"' in line)
    assert write.reached_from[0].location.line == tool
    assert not write.before


def test_what_runs_on_the_way_is_said_to() -> None:
    source = PYTHON.format(tool="print(city)", banner="pass", main='print("starting")', after="pass")
    facts = facts_of({"server.py": source, "pyproject.toml": '[project]\nname = "weather"\nversion = "1"\n'})
    assert [(write.what, write.before) for write in facts.stdout_writes] == [("", False), ("starting", True)]


def test_an_example_is_no_part_of_the_server() -> None:
    printing = PYTHON.format(tool="helper.note(city)", banner="pass", main="pass", after="pass")
    files = {
        "pyproject.toml": '[project]\nname = "weather"\nversion = "1"\n',
        "weather/__init__.py": "",
        "weather/helper.py": "def note(text):\n    print(text)\n",
        "weather/server.py": PYTHON.format(tool="pass", banner="pass", main="pass", after="pass"),
        "examples/show.py": "from weather import helper\n" + printing,
    }
    assert [str(write.location) for write in facts_of(files).stdout_writes] == []
