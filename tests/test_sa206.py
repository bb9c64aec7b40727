"""Whose logging it is: a package that starts a server is an application, whatever its manifest calls it."""

from linked import facts_of

from skillaudit.check import Evidence, NotApplicable
from skillaudit.checks.sa206 import sa206

TOOLS = (
    "import logging\nfrom fastmcp import FastMCP\nmcp = FastMCP('a')\nlog = logging.getLogger(__name__)\n"
    "@mcp.tool()\ndef ask(limit: int):\n    log.info('asked')\n    return limit\n"
)
STARTED = TOOLS + "def main():\n    mcp.run(transport='streamable-http')\n"
MANIFEST = {
    "pyproject.toml": '[build-system]\nrequires = ["hatchling"]\n[project]\nname = "a"\ndependencies = ["fastmcp"]\n'
}


def test_a_package_without_scripts_that_starts_a_server_is_asked() -> None:
    observed = list(sa206.run(facts_of({"server.py": STARTED, **MANIFEST})))
    assert [one.met for one in observed if isinstance(one, Evidence)] == [True]


def test_a_library_that_starts_none_leaves_it_to_the_application() -> None:
    observed = list(sa206.run(facts_of({"server.py": TOOLS, **MANIFEST})))
    assert [type(one) for one in observed] == [NotApplicable]


PRINTING = """
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { %(kind)s } from '@modelcontextprotocol/sdk/server/%(file)s.js';
console.log = () => undefined;
const server = new McpServer({ name: 'a', version: '1.0.0' });
server.registerTool('ask', { description: 'Ask' }, async ({ id }) => {
  console.log(JSON.stringify({ event: 'asked', tool: 'ask' }));
  return { content: [{ type: 'text', text: id }] };
});
await server.connect(new %(kind)s(%(given)s));
"""


def test_what_is_printed_counts_only_where_standard_output_is_no_protocol() -> None:
    web = PRINTING % {"kind": "StreamableHTTPServerTransport", "file": "streamableHttp", "given": "{}"}
    pipe = PRINTING % {"kind": "StdioServerTransport", "file": "stdio", "given": ""}
    manifest = {"package.json": '{"name": "a", "version": "1.0.0", "main": "server.js"}'}
    met = [[one.met for one in sa206.run(facts_of({"server.ts": code, **manifest})) if isinstance(one, Evidence)]
           for code in (web, pipe)]  # fmt: skip
    assert met[0] == [False]
    assert False not in met[1]
