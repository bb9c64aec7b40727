"""What the library around a server records of a connection by itself: not nothing, and not enough."""

import pytest
from linked import facts_of

from skillaudit.check import Finding, load_checks
from skillaudit.model import Severity

SA102 = {check.id: check for check in load_checks()}["SA102"]

PYTHON = """
import uvicorn
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini"{made})


@mcp.tool()
def one(city: str) -> str:
    return open(city).read()


{start}
"""
EXPRESS = """
import express from "express";
{imports}
import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";
import {{ StreamableHTTPServerTransport }} from "@modelcontextprotocol/sdk/server/streamableHttp.js";

const app = express();
{use}
const server = new McpServer({{ name: "mini", version: "1.0.0" }});
server.registerTool("one", {{}}, async () => ({{ content: [] }}));
app.post("/mcp", async (req, res) => {{
  const transport = new StreamableHTTPServerTransport({{ sessionIdGenerator: undefined }});
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
}});
app.listen(3000);
"""


def found(files: dict[str, str]) -> list[tuple[Severity, str]]:
    return [(one.severity, one.message) for one in SA102.run(facts_of(files)) if isinstance(one, Finding)]


@pytest.mark.parametrize(
    "start",
    [
        'mcp.run(transport="sse")',
        'mcp.run(transport="streamable-http")',
        "uvicorn.run(mcp.streamable_http_app(), port=8000)",
    ],
)
def test_the_access_log_of_uvicorn_tells_a_part(start: str) -> None:
    [(severity, message)] = found({"server.py": PYTHON.format(made="", start=start)})
    assert severity is Severity.LOW
    assert "only uvicorn's access log (server.py:13), without client id" in message


@pytest.mark.parametrize(
    ("made", "start"),
    [
        (', log_level="ERROR"', 'mcp.run(transport="sse")'),
        ("", "uvicorn.run(mcp.streamable_http_app(), access_log=False)"),
        ("", 'uvicorn.run(mcp.sse_app(), log_level="warning")'),
    ],
)
def test_an_access_log_that_is_switched_off_tells_nothing(made: str, start: str) -> None:
    [(severity, message)] = found({"server.py": PYTHON.format(made=made, start=start)})
    assert (severity, message) == (
        Severity.MEDIUM,
        "1 of 1 places that reject a caller or let one in leave no record",
    )


@pytest.mark.parametrize(
    ("imports", "use", "severity"),
    [
        ('import morgan from "morgan";', 'app.use(morgan("combined"));', Severity.LOW),
        ('import pinoHttp from "pino-http";', "app.use(pinoHttp());", Severity.LOW),
        ('import cors from "cors";', "app.use(cors());", Severity.MEDIUM),
    ],
)
def test_servers_of_node_have_only_what_middleware_writes(imports: str, use: str, severity: Severity) -> None:
    assert [one for one, _ in found({"src/server.ts": EXPRESS.format(imports=imports, use=use)})] == [severity]


def test_streams_are_no_transport_by_themselves() -> None:
    source = """
from mcp.server import Server
from mcp.server.stdio import stdio_server

server = Server("mini")
CHOICES = ("stdio", "sse")


async def main():
    async with stdio_server() as streams:
        await server.run(streams[0], streams[1], server.create_initialization_options())
"""
    assert [one.kind for one in facts_of({"server.py": source}).transports] == ["stdio"]
