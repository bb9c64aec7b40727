"""Whose logger is judged: libraries with tools, the packages that run them, and what only feeds analytics."""

from collections.abc import Mapping

import pytest
from linked import facts_of

from skillaudit.check import Evidence, Finding, NotApplicable, load_checks
from skillaudit.facts import Encoder, Facts

LIBRARY = '{"name": "@mini/common", "version": "1.0.0", "main": "src/index.ts"}'
APPLICATION = (
    '{"name": "@mini/app", "version": "1.0.0", "bin": "src/index.ts", "dependencies": {"@mini/common": "workspace:*"}}'
)
ROOT = '{"name": "mini", "private": true, "workspaces": ["packages/*"]}'
COMMON = """\
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";

export function addTools(server: McpServer, metrics: Metrics) {
  server.registerTool("go", {}, async () => {
    metrics.logEvent(new ToolCall({ tool: "go" }));
    %s
    return { content: [] };
  });
}
"""
APP = """\
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { addTools } from "@mini/common";

const server = new McpServer({ name: "app", version: "1.0.0" });
addTools(server, new Metrics());
await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));
"""
FRAMEWORK = """\
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager


class Mounted:
    def __init__(self, app, tools):
        self.server = Server("mounted")

        @self.server.call_tool()
        async def call(name: str, arguments: dict):
            return await tools[name](arguments)

    def mount(self):
        return StreamableHTTPSessionManager(app=self.server)
"""


def workspace(write: str, common: str = COMMON) -> Facts:
    files = {"package.json": ROOT, "packages/common/package.json": LIBRARY, "packages/app/package.json": APPLICATION}
    sources = {"packages/common/src/index.ts": common % write, "packages/app/src/index.ts": APP}
    return facts_of({**files, **sources})


def observed(facts: Facts, check: str) -> tuple[list[Finding], list[NotApplicable]]:
    found = list(next(one for one in load_checks() if one.id == check).run(facts))
    return [one for one in found if isinstance(one, Finding)], [one for one in found if isinstance(one, NotApplicable)]


@pytest.mark.parametrize("check", ["SA101", "SA201", "SA401"])
def test_a_library_is_judged_where_it_is_run(check: str) -> None:
    findings, aside = observed(workspace('console.error("went");'), check)
    assert [(one.package, one.location.path) for one in findings] == [("packages/app", "packages/app/src/index.ts")]
    assert [(one.package, one.reason) for one in aside] == [
        ("packages/common", "a library, judged where it is run: packages/app")
    ]


def test_records_of_an_imported_package_are_the_servers_too() -> None:
    (finding,), _ = observed(workspace('console.error("went");'), "SA101")
    assert "plain text, all of them those of packages/common, which it runs" in finding.message
    json = workspace('console.error(JSON.stringify({ event: "tool_call", tool: "go" }));')
    assert [observed(json, check)[0] for check in ("SA101", "SA201")] == [[], []]


def test_analytics_are_named_and_do_not_count() -> None:
    facts = workspace("")
    (structured,), _ = observed(facts, "SA101")
    assert structured.message.endswith(
        "no log record at all; `metrics.logEvent` hands events to analytics, which no log keeps"
    )
    assert [(step.location.path, step.location.line) for step in structured.related] == [
        ("packages/common/src/index.ts", 5)
    ]
    (encoded,), _ = observed(facts, "SA201")
    assert encoded.message == (
        "No log record is written at all (`metrics.logEvent` feeds analytics, which is no log), so none is JSON"
    )


def files_of(source: str, manifest: str) -> Mapping[str, str]:
    return {"mounted/__init__.py": "", "mounted/server.py": source, "pyproject.toml": manifest}


BUILT = '[build-system]\nrequires = ["hatchling"]\n[project]\nname = "mounted"\nversion = "1"\ndependencies = ["mcp"]\n'


@pytest.mark.parametrize(
    ("source", "manifest", "judged"),
    [
        (FRAMEWORK, BUILT, False),
        (FRAMEWORK, BUILT + '[project.scripts]\nmounted = "mounted.server:main"\n', True),
        (FRAMEWORK + "\n\nmanager = Mounted(None, {}).mount()\n", BUILT, True),
        (FRAMEWORK + "\n\ndef main():\n    Mounted(None, {}).mount()\n", BUILT, True),
        (FRAMEWORK + "\n\ndef create_app():\n    return Mounted(None, {}).mount()\n", BUILT, True),
    ],
    ids=["offered", "a command", "started by import", "started by main", "made for a web server"],
)
def test_a_framework_starts_nothing_itself(source: str, manifest: str, *, judged: bool) -> None:
    facts = facts_of(files_of(source, manifest))
    assert [bool(observed(facts, check)[0]) for check in ("SA101", "SA201", "SA401")] == [judged] * 3


def test_a_worker_keeps_objects_as_they_are() -> None:
    source = """\
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { WorkersLogger } from "workers-tagged-logger";
const server = new McpServer({ name: "worker", version: "1.0.0" });
const log = new WorkersLogger();
server.tool("go", {}, async () => {
  console.log({ event: "tool_call", tool: "go" });
  console.log("went", { tool: "go" });
  log.withTags({ tool: "go" }).info("went");
  return { content: [] };
});
"""
    files = {"package.json": '{"name": "worker", "version": "1.0.0"}', "src/index.ts": source}
    wanted = {6: Encoder.JSON, 7: Encoder.TEXT, 8: Encoder.JSON}
    deployed = facts_of({**files, "wrangler.jsonc": '{"name": "worker", "main": "src/index.ts"}'})
    assert {call.location.line: call.encoder for call in deployed.log_calls} == wanted
    elsewhere = facts_of(files)
    assert {call.location.line: call.encoder for call in elsewhere.log_calls} == {**wanted, 6: Encoder.TEXT}


ALONE = """\
import logging
from mcp.server.fastmcp import FastMCP
{imports}

logging.basicConfig()
log = logging.getLogger(__name__)
mcp = FastMCP("mini")


@mcp.tool()
def go(name: str) -> str:
    log.info("went")
    return "gone"


{start}
"""


@pytest.mark.parametrize(
    ("imports", "start", "aside"),
    [
        ("", "mcp.run()", True),
        ("from mini import scratch", "mcp.run()", False),
        ("import importlib", "importlib.import_module(NAME)\nmcp.run()", False),
        ("import uvicorn", 'uvicorn.run("mini.scratch:app")\nmcp.run()', False),
        ("", "", False),
    ],
    ids=["scratch", "imported", "loaded by name", "named in a text", "nothing says how it is started"],
)
def test_files_that_no_server_runs_write_none_of_its_records(imports: str, start: str, *, aside: bool) -> None:
    files = {
        "pyproject.toml": '[project]\nname = "mini"\nversion = "1"\n',
        "mini/__init__.py": "",
        "mini/server.py": ALONE.format(imports=imports, start=start),
        "mini/scratch.py": "import logging\n\n\ndef app():\n    logging.info('one')\n\n\napp()\n",
    }
    facts = facts_of(files)
    assert (facts.hosting.aside == ("mini/scratch.py",)) is aside
    (finding,), _ = observed(facts, "SA201")
    assert ("0 of 1 records are written as JSON (logging 1)" in finding.message) is aside


@pytest.mark.parametrize("check", ["SA501", "SA506"])
def test_alerts_are_asked_of_the_application_that_runs_the_tools(check: str) -> None:
    facts = workspace("console.error('called');")
    answers = list(next(one for one in load_checks() if one.id == check).run(facts))
    assert {one.package for one in answers if isinstance(one, NotApplicable)} == {"packages/common"}
    assert {one.package for one in answers if isinstance(one, Evidence)} == {"packages/app"}
