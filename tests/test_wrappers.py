"""The project's own ways to log: a wrapper's call site is judged, its inner call is a related place."""

from functools import cache

import pytest
from audits import audit_tree, linked
from linked import facts_of

from skillaudit.facts import Level, LogCall, Nature, Sink

SERVER = """\
import os
from mcp.server.fastmcp import FastMCP
{imports}
mcp = FastMCP("desk")

@mcp.tool()
def go(title: str) -> str:
    v = os.environ["DESK_API_KEY"]
    {call}
    return "gone"

mcp.run(transport="streamable-http")
"""
LOGS = """\
import logging

_out = logging.getLogger("desk")


def log_info(text, *args):
    _write("info", text, *args)


def log_error(text, *args):
    _write("error", text, *args)


def _write(level, text, *args):
    getattr(_out, level)(text, *args)


def log_verbose(text):
    if DEBUG:
        _out.info(text)


def log_value(name, value):
    _out.info("%s is %s", name, value)


def log_hashed(value):
    _out.info("hash %s", hashlib.sha256(value.encode()).hexdigest())


def log_start(value):
    _out.info("start %s", value[:6])


class Reporter:
    def __init__(self, out=None):
        self._out = out or _out

    def report(self, text):
        self._out.warning(text)


class Quiet(Reporter):
    pass
"""


def calls(call: str, imports: str = "from logs import *", logs: str = LOGS) -> tuple[LogCall, ...]:
    return linked({"logs.py": logs, "server.py": SERVER.format(call=call, imports=imports)}).log_calls


def at_call_site(call: str, imports: str) -> LogCall:
    (found,) = (one for one in calls(call, imports) if one.location.path == "server.py")
    return found


def natures(call: LogCall) -> list[Nature]:
    return [flow.nature for flow in call.flows]


def test_the_call_site_is_judged_and_the_inner_call_is_related() -> None:
    found = at_call_site("log_value('key', v)", "from logs import log_value")
    assert found.location.line == 9
    assert natures(found) == [Nature.SECRET_VARIABLE]
    assert [(place.path, place.line) for place in found.via] == [("logs.py", 24)]


def test_every_wrapper_on_the_way_is_related() -> None:
    found = at_call_site("log_info('key %s', v)", "from logs import log_info")
    assert [(place.path, place.line) for place in found.via] == [("logs.py", 7), ("logs.py", 15)]


def test_the_inner_call_is_not_judged_again() -> None:
    inner = [
        one for one in calls("log_value('key', v)", "from logs import log_value") if one.location.path == "logs.py"
    ]
    assert [one.flows for one in inner if one.location.line == 24] == [()]


def test_what_the_wrapper_adds_itself_is_judged_inside() -> None:
    own = 'import os\n\n\ndef log_own(text):\n    _out.info("%s %s", text, os.environ["OWN_SECRET"])\n'
    found = calls("log_own(title)", "from logs import log_own", LOGS + own)
    inner = [one for one in found if one.location.path == "logs.py" and one.flows]
    assert [natures(one) for one in inner] == [[Nature.SECRET_VARIABLE]]


LEVELS = {
    "log_info('x %s', v)": Level.INFO,
    "log_error('x %s', v)": Level.ERROR,
    "_write('warning', 'x %s', v)": Level.WARNING,
    "_write('debug', 'x %s', v)": Level.DEBUG,
    "Reporter().report(v)": Level.WARNING,
}


@cache
def _levels() -> dict[str, Level]:
    found = calls("; ".join(LEVELS), "from logs import log_info, log_error, _write, Reporter")
    here = [one.level for one in found if one.location.path == "server.py"]
    return dict(zip(LEVELS, here, strict=True))


@pytest.mark.parametrize("call", list(LEVELS))
def test_the_level_is_the_one_that_is_asked_for(call: str) -> None:
    assert _levels()[call] is LEVELS[call]


def test_a_switch_inside_the_wrapper_counts_for_its_callers() -> None:
    found = at_call_site("log_verbose(v)", "from logs import log_verbose")
    assert found.gate == "opt-in DEBUG"


def test_a_wrapper_is_judged_by_what_it_hands_over() -> None:
    assert at_call_site("log_start(v)", "from logs import log_start").flows[0].partial


def test_a_wrapper_that_hands_over_a_hash_hands_over_nothing() -> None:
    found = calls("log_hashed(v)", "from logs import log_hashed", "import hashlib\n" + LOGS)
    assert [flow for one in found for flow in one.flows] == []


NAMES = (
    ("import logs", "logs.log_value('key', v)"),
    ("import logs as l", "l.log_value('key', v)"),
    ("from logs import log_value as other", "other('key', v)"),
    ("from again import log_value", "log_value('key', v)"),
    ("from again import renamed", "renamed('key', v)"),
    ("from logs import Reporter", "Reporter().report(v)"),
    ("from logs import Reporter", "r = Reporter(); r.report(v)"),
    ("from logs import Quiet", "Quiet().report(v)"),
    ("from again import shared", "shared.report(v)"),
    ("from again import box", "box['out'].report(v)"),
    ("from again import holder", "holder.out.report(v)"),
    ("from functools import partial\nfrom logs import log_value", "partial(log_value, 'key')(v)"),
    ("from logs import _out", "_out.getChild('x').info(v)"),
    ("from logs import _out", "f = lambda text: _out.info(text); f(v)"),
)
AGAIN = """\
from logs import Reporter, log_value

renamed = log_value
shared = Reporter()
box = {"out": Reporter()}


class Holder:
    def __init__(self):
        self.out = Reporter()


holder = Holder()
"""


@cache
def _by_any_name() -> tuple[LogCall, ...]:
    servers = {f"server{n}.py": SERVER.format(imports=i, call=call) for n, (i, call) in enumerate(NAMES)}
    return linked({"logs.py": LOGS, "again.py": AGAIN, **servers}).log_calls


@pytest.mark.parametrize("number", range(len(NAMES)), ids=[call for _, call in NAMES])
def test_a_wrapper_is_found_whatever_it_is_called(number: int) -> None:
    here = [one for one in _by_any_name() if one.location.path == f"server{number}.py" and one.flows]
    assert [natures(one) for one in here] == [[Nature.SECRET_VARIABLE]]


def test_a_finding_names_the_inner_place_as_related() -> None:
    server = SERVER.format(imports="from logs import log_value", call="log_value('key', v)")
    report = audit_tree({"logs.py": LOGS, "server.py": server})
    (found,) = (one.finding for one in report.findings if one.check.id == "SA302")
    assert (found.location.path, found.location.line) == ("server.py", 9)
    assert [(step.location.path, step.location.line) for step in found.related] == [("logs.py", 24)]


def test_what_goes_to_the_client_is_no_wrapper_of_the_operators_log() -> None:
    server = SERVER.format(imports="from mcp.server.fastmcp import Context", call="await ctx.info(v)")
    server = server.replace("title: str", "title: str, ctx: Context").replace("\ndef go(", "\nasync def go(")
    found = linked({"server.py": server}).log_calls
    assert [one.sink for one in found] == [Sink.CLIENT]


TYPESCRIPT = """\
import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";
import {{ StdioServerTransport }} from "@modelcontextprotocol/sdk/server/stdio.js";
{imports}
const server = new McpServer({{ name: "desk", version: "1.0.0" }});
server.tool("go", {{}}, async () => {{
  const v = process.env.DESK_API_KEY!;
  {call}
  return {{ content: [] }};
}});
await server.connect(new StdioServerTransport());
"""
LOGS_TYPESCRIPT = """\
import pino from "pino";

const base = pino();
export class Logger {
  constructor(private readonly out = base) {}
  info(message: string) {
    this.write("info", message);
  }
  error = (message: string) => this.write("error", message);
  private write(level: "info" | "error", message: string) {
    this.out[level](message);
  }
}
export default new Logger();
export const logValue = (value: unknown) => base.warn({ value }, "value");
"""


BY_ANY_NAME = (
    ('import logger from "./log.js";', "logger.info(v);", Level.INFO),
    ('import logger from "./log.js";', "logger.error(v);", Level.ERROR),
    ('import { Logger } from "./log.js";', "new Logger().info(v);", Level.INFO),
    ('import { logValue } from "./log.js";', "logValue(v);", Level.WARNING),
    ('import * as all from "./log.js";', "all.logValue(v);", Level.WARNING),
    ('import { logValue as other } from "./index.js";', "other(v);", Level.WARNING),
    ('import { renamed } from "./index.js";', "renamed(v);", Level.WARNING),
    ('import { logger } from "./index.js";', "logger.info(v);", Level.INFO),
)


@cache
def _in_typescript() -> tuple[LogCall, ...]:
    index = 'export * from "./log.js";\nexport { logValue as renamed, default as logger } from "./log.js";\n'
    servers = {
        f"server{n}.ts": TYPESCRIPT.format(imports=imports, call=call)
        for n, (imports, call, _) in enumerate(BY_ANY_NAME)
    }
    package = {"package.json": '{"name": "desk"}'}
    return linked({**package, "log.ts": LOGS_TYPESCRIPT, "index.ts": index, **servers}).log_calls


@pytest.mark.parametrize("number", range(len(BY_ANY_NAME)), ids=[f"{i} {call}" for i, call, _ in BY_ANY_NAME])
def test_a_wrapper_is_found_in_typescript(number: int) -> None:
    (here,) = (one for one in _in_typescript() if one.location.path == f"server{number}.ts")
    assert natures(here) == [Nature.SECRET_VARIABLE]
    assert here.level is BY_ANY_NAME[number][2]
    assert here.via
    assert {place.path for place in here.via} == {"log.ts"}


TRAIL = """
const fs = require("fs");
const path = require("path");
const FILE = process.env.DESK_AUDIT || "/var/lib/desk/audit.jsonl";
function append(record) {
  fs.mkdirSync(path.dirname(FILE), { recursive: true });
  fs.appendFileSync(FILE, JSON.stringify({ ts: Date.now(), ...record }) + "\\n");
}
exports.begin = (tool) => (outcome) => append({ event: "tool.call", tool, outcome });
"""


def test_what_makes_the_folder_of_its_log_is_a_wrapper() -> None:
    facts = facts_of({"package.json": '{"name": "desk"}', "lib/audit.js": TRAIL})
    assert [call.event for call in facts.log_calls if call.via] == ["tool.call"]


BUS = """\
import asyncio
import sys


class Bus:
    def __init__(self):
        self.listeners = []

    async def emit(self, event):
        for one in self.listeners:
            await one.handle(event)


class Logger:
    def __init__(self, bus: Bus):
        self.bus = bus

    def info(self, message, **data):
        self._emit({"message": message, "data": data})

    def _emit(self, event):
        if running():
            HAND_ON
        else:
            print(event["message"], file=sys.stderr)


logger = Logger(Bus())
logger.info("started", port=8080)
"""


@pytest.mark.parametrize(
    ("branch", "libraries"), [("asyncio.create_task(self.bus.emit(event))", {"unknown"}), ("count(1)", {"print"})]
)
def test_what_a_fallback_writes_is_not_all_that_becomes_of_a_record(branch: str, libraries: set[str]) -> None:
    facts = facts_of({"app.py": BUS.replace("HAND_ON", branch)})
    assert {call.library for call in facts.log_calls if call.message == "started"} == libraries
