"""Records that a listener, a proxy or a worker writes for a tool's call; and such as nobody writes."""

import pytest
from linked import facts_of

SERVER = """
import { channel, subscribe } from 'node:diagnostics_channel';
import { EventEmitter } from 'node:events';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import pino from 'pino';

const logger = pino(pino.destination(2));
const bus = new EventEmitter();
const other = new EventEmitter();
const trail = channel('shop.trail');
class Ledger extends EventEmitter {
  note(entry: object): void { this.emit('noted', entry); }
}
const ledger = new Ledger();
const plain = { ask: async (id: string) => ({ content: [{ type: 'text' as const, text: id }] }) };
function unused(): void { bus.on('asked', (entry) => logger.info(entry)); }
%s
const server = new McpServer({ name: 'shop', version: '1.0.0' });
server.registerTool('ask', { description: 'Ask' }, async ({ id }) => {
  %s;
  return { content: [{ type: 'text', text: id }] };
});
await server.connect(new StdioServerTransport());
"""
EMIT = "bus.emit('asked', { event: 'asked', tool: 'ask', id })"
LISTEN = "bus.on('asked', (entry) => logger.info(entry));"
SUBSCRIBED = "subscribe('shop.%s', (entry) => { logger.info(entry as object); });"
TRAP = "const shown = new Proxy(plain, { get: (table, name) => async (id: string) => { %s; return table.ask(id); } });"


@pytest.mark.parametrize(
    ("setup", "body", "recorded"),
    [
        (LISTEN, EMIT, True),
        ("bus.addListener('asked', (entry) => { logger.info(entry); });", EMIT, True),
        ("function write(entry: object): void { logger.info(entry); }\nbus.on('asked', write);", EMIT, True),
        ("", EMIT, False),
        (f"bus.on('asked', () => undefined);\n{LISTEN}", EMIT, True),
        (f"{LISTEN}\nbus.removeAllListeners();", EMIT, False),
        ("bus.on('aksed', (entry) => logger.info(entry));", EMIT, False),
        ("other.on('asked', (entry) => logger.info(entry));", EMIT, False),
        ("bus.once('asked', (entry) => logger.info(entry));", EMIT, False),
        (f"{LISTEN}\nbus.removeAllListeners('asked');", EMIT, False),
        (f"{LISTEN}\nbus.removeAllListeners('closed');", EMIT, True),
        ("ledger.on('noted', (entry) => logger.info(entry));", "ledger.note({ tool: 'ask' })", True),
        ("", "ledger.note({ tool: 'ask' })", False),
        ("trail.subscribe((entry) => logger.info(entry as object));", "trail.publish({ tool: 'ask' })", True),
        (SUBSCRIBED % "trail", "trail.publish({ tool: 'ask' })", True),
        (SUBSCRIBED % "other", "trail.publish({ tool: 'ask' })", False),
        (TRAP % "logger.info({ tool: name })", "await shown.ask(id)", True),
        (TRAP % "void name", "await shown.ask(id)", False),
    ],
)  # fmt: skip
def test_what_is_told_is_recorded_by_who_hears_it(setup: str, body: str, recorded: bool) -> None:  # noqa: FBT001 - a table
    facts = facts_of({"package.json": '{"name": "shop"}', "src/server.ts": SERVER % (setup, body)})
    assert [bool(tool.records) for tool in facts.tools] == [recorded]


WORKER = """
import logging
import queue
import threading
from fastmcp import FastMCP
mcp = FastMCP("shop")
log = logging.getLogger(__name__)
lines = queue.Queue()


def write():
    while True:
        entry = lines.get()
        log.info("asked", extra=entry)


@mcp.tool()
def ask(number: int) -> int:
    lines.put({"tool": "ask"})
    return number


if __name__ == "__main__":
    %s
    mcp.run()
"""


@pytest.mark.parametrize(("start", "recorded"), [("threading.Thread(target=write).start()", True), ("pass", False)])
def test_a_worker_writes_what_is_put_into_its_queue(start: str, recorded: bool) -> None:  # noqa: FBT001 - a table
    assert [bool(tool.records) for tool in facts_of({"shop.py": WORKER % start}).tools] == [recorded]
