"""What is sent to product analytics is no record, and no silence either."""

import pytest
from linked import facts_of

from skillaudit.check import Evidence, Finding, load_checks

CHECKS = {check.id: check for check in load_checks()}

DATASET = """
export class Metrics {
  constructor(private dataset: AnalyticsEngineDataset) {}
  logEvent(event: Record<string, string>): void { this.dataset.writeDataPoint({ blobs: [event.tool] }); }
}
"""
SHARED = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { Metrics } from "./metrics";

export function register(server: McpServer, metrics: Metrics, name: string, run: (args: object) => Promise<object>) {
  server.registerTool(name, {}, async (args) => {
    const result = await run(args);
    metrics.logEvent({ tool: name });
    return result;
  });
}
"""
TOOLS = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { Metrics } from "./metrics";
import { register } from "./shared";

const server = new McpServer({ name: "mini", version: "1.0.0" });
register(server, new Metrics(env.DATASET), "one", async () => fetch("https://desk.example/1"));
register(server, new Metrics(env.DATASET), "two", async () => fetch("https://desk.example/2"));
"""
ENGINE = {"src/metrics.ts": DATASET, "src/shared.ts": SHARED, "src/main.ts": TOOLS}

PYTHON = """
{imports}
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")


@mcp.tool()
def one(city: str) -> str:
    {call}
    return open(city).read()


mcp.run()
"""


def test_an_event_of_a_shared_wrapper_is_named_and_no_record() -> None:
    facts = facts_of(ENGINE)
    assert [(tool.name, str(tool.analytics), tool.records) for tool in facts.tools] == [
        ("one", "src/shared.ts:8", ()),
        ("two", "src/shared.ts:8", ()),
    ]
    findings = [one for one in CHECKS["SA105"].run(facts) if isinstance(one, Finding)]
    event = "an analytics event is sent (src/shared.ts:8), no log record"
    assert [one.message for one in findings] == [f"2 of 2 tools leave no record in a log when they are called: {event}"]


@pytest.mark.parametrize(
    ("imports", "call"),
    [
        ("from posthog import Posthog\nclient = Posthog('key')", 'client.capture("caller", "tool_call")'),
        ("import analytics", 'analytics.track("caller", "tool_call")'),
        ("from mixpanel import Mixpanel\nclient = Mixpanel('key')", 'client.track("caller", "tool_call")'),
        (
            "from applicationinsights import TelemetryClient\nclient = TelemetryClient('key')",
            'client.track_event("call")',
        ),
    ],
)
def test_services_of_product_analytics(imports: str, call: str) -> None:
    facts = facts_of({"server.py": PYTHON.format(imports=imports, call=call)})
    assert [tool.analytics is not None for tool in facts.tools] == [True]


@pytest.mark.parametrize("call", ["cache.track(city)", "photo.capture(city)", "log.info('tool_call')"])
def test_what_is_no_analytics(call: str) -> None:
    facts = facts_of({"server.py": PYTHON.format(imports="import logging\nlog = logging.getLogger()", call=call)})
    assert [tool.analytics for tool in facts.tools] == [None]


@pytest.mark.parametrize("check", ["SA110", "SA113", "SA114"])
def test_a_tool_without_a_record_is_told_of_once(check: str) -> None:
    found = list(CHECKS[check].run(facts_of(ENGINE)))
    assert not [one for one in found if isinstance(one, Finding)]
    missed = [one for one in found if isinstance(one, Evidence)]
    assert missed
    assert all(one.told == "SA105" and not one.met for one in missed)


def test_what_only_the_client_is_told_is_named() -> None:
    source = PYTHON.format(imports="from mcp.server.fastmcp import Context", call="await ctx.info('looking')")
    source = source.replace("def one(city: str)", "async def one(city: str, ctx: Context)")
    [finding] = [one for one in CHECKS["SA105"].run(facts_of({"server.py": source})) if isinstance(one, Finding)]
    told = "only the client is told (server.py:10), no log record"
    assert finding.message == f"1 of 1 tools leave no record in a log when they are called: {told}"


def test_a_record_at_debug_level_is_named() -> None:
    source = PYTHON.format(imports="import logging\nlog = logging.getLogger()", call="log.debug('looking')")
    [finding] = [one for one in CHECKS["SA105"].run(facts_of({"server.py": source})) if isinstance(one, Finding)]
    assert finding.message.endswith("a record is written only at debug level or behind an option (server.py:11)")
