"""Guards that hold calls up, and counters that are about a logger's own records."""

from linked import facts_of

from skillaudit.guards import Watched

THROTTLE = """import asyncio
import time
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("desk")

class RateLimiter:
    def __init__(self, per_minute: int = 30):
        self.per_minute = per_minute
        self.requests = []

    async def acquire(self):
        self.requests = [one for one in self.requests if time.time() - one < 60]
        if len(self.requests) >= self.per_minute:
            {body}
        self.requests.append(time.time())

limiter = RateLimiter()

@mcp.tool()
async def go(x: str) -> str:
    await limiter.acquire()
    return "gone"

mcp.run()
"""
LOGGER = """import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";

class NAME {
  private counts = new Map<string, { count: number }>();

  private isRateLimited(key: string): boolean {
    const entry = this.counts.get(key) ?? { count: 0 };
    entry.count++;
    this.counts.set(key, entry);
    if (entry.count > 100) {
      return true;
    }
    return false;
  }

  info(key: string): void {
    if (!this.isRateLimited(key)) console.error(key);
  }
}

const held = new NAME();
const server = new McpServer({ name: "desk", version: "1.0.0" });
server.tool("go", {}, async () => {
  held.info("gone");
  return { content: [] };
});
await server.connect(new StdioServerTransport());
"""


def test_a_throttle_watches_and_leaves_no_record() -> None:
    found = facts_of({"server.py": THROTTLE.replace("{body}", "await asyncio.sleep(5)")}).guards
    assert [(one.watched, one.recorded, one.tools) for one in found] == [(Watched.BURST, False, ("go",))]
    assert not facts_of({"server.py": THROTTLE.replace("{body}", "self.requests.pop(0)")}).guards


def test_a_logger_that_limits_its_records_guards_nothing() -> None:
    manifest = {"package.json": '{"name": "desk", "version": "1.0.0"}'}
    assert not facts_of({**manifest, "server.ts": LOGGER.replace("NAME", "Logger")}).guards
    found = facts_of({**manifest, "server.ts": LOGGER.replace("NAME", "CallRate")}).guards
    assert [one.watched for one in found] == [Watched.BURST]
