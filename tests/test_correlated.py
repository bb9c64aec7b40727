"""Fields that were bound before a record is written: child loggers, handlers, processors, mixins, context objects."""

import pytest
from linked import facts_of

PYTHON = """
import logging
import structlog
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger("mini")


{setup}


@mcp.tool()
def read_note(name: str) -> str:
    log.info("read")
    return name
"""


FACTORY = """
before = logging.getLogRecordFactory()


def factory(*given, **named):
    record = before(*given, **named)
    record.{} = 1
    return record


logging.setLogRecordFactory(factory)
"""


@pytest.mark.parametrize(
    ("setup", "bound"),
    [
        ("def add_ids(logger, method, event_dict):\n    event_dict['request_id'] = 1\n    return event_dict", True),
        ("def add_ids(logger, method, event_dict):\n    event_dict['colour'] = 1\n    return event_dict", False),
        (FACTORY.format("session_id"), True),
        (FACTORY.format("colour"), False),
        ("class Kept:\n    def process(self, request):\n        self.session_id = request", False),
        ("class Ids(logging.Filter):\n    def filter(self, record):\n        record.request_id = 1", True),
        ("class Ids:\n    def filter(self, record):\n        self.request_id = 1\n        return True", False),
    ],
)
def test_python_s_filters_and_processors(setup: str, bound: bool) -> None:  # noqa: FBT001
    facts = facts_of({"server.py": PYTHON.format(setup=setup)})
    assert bool(facts.correlations) is bound


GO = """package main

import (
\t"context"
\t"log/slog"
)

type kept struct{{ slog.Handler }}

func (h kept) Handle(ctx context.Context, r {record}) error {{
\tr.AddAttrs(slog.String("{key}", name(ctx)))
\treturn h.Handler.Handle(ctx, r)
}}

func main() {{
\tslog.SetDefault(slog.New(kept{{slog.Default().Handler()}}))
}}
"""


@pytest.mark.parametrize(
    ("record", "key", "bound"),
    [("slog.Record", "request_id", True), ("slog.Record", "colour", False), ("Order", "request_id", False)],
)
def test_handlers_of_slog_that_add_attributes(record: str, key: str, bound: bool) -> None:  # noqa: FBT001
    facts = facts_of({"main.go": GO.format(record=record, key=key), "go.mod": "module mini\n"})
    assert bool(facts.correlations) is bound


MIXIN = """
import pino from 'pino';
import {{ AsyncLocalStorage }} from 'node:async_hooks';
const held = new AsyncLocalStorage();
export const log = pino({{ mixin: () => {gives} }});
export function serve(request, next) {{
  held.run({{ {key}: request.id }}, next);
}}
"""


@pytest.mark.parametrize(
    ("gives", "key", "bound"),
    [
        ("held.getStore() ?? {}", "requestId", True),
        ("held.getStore() ?? {}", "colour", False),
        ("({ requestId: current() })", "colour", True),
        ("({})", "requestId", False),
    ],
)
def test_mixins_of_pino(gives: str, key: str, bound: bool) -> None:  # noqa: FBT001
    facts = facts_of({"log.ts": MIXIN.format(gives=gives, key=key)})
    assert bool(facts.correlations) is bound


CONTEXT = """
import pino from 'pino';
import {{ randomUUID }} from 'node:crypto';
const out = pino();
interface Context {{ requestId?: string }}
class Log {{
  private write(level: string, message: string, context?: Context) {{
    out[level]({{ ...context }}, message);
  }}
  warn(message: string, context?: Context) {{
    this.write('warn', message, context);
  }}
}}
export const log = new Log();
function started(more = {{}}): Context {{
  const context = {{ {key}: randomUUID(), ...more }};
  return context;
}}
async function measured(work: () => Promise<void>, context: Context) {{
  const run = async () => {{
    log.warn('measured', {{ ...context }});
  }};
  await run();
}}
export async function asked() {{
  const context = started({{ operation: 'ask' }});
  log.warn('asked', context);
  log.warn('alone');
  await measured(async () => {{}}, {{ ...context, tool: 'ask' }});
}}
"""


@pytest.mark.parametrize("key", ["requestId", "colour"])
def test_objects_that_a_function_of_the_project_makes(key: str) -> None:
    facts = facts_of({"log.ts": CONTEXT.format(key=key)})
    tied = {facts_note.location.line: facts_note.correlated for facts_note in facts.notes}
    lines = CONTEXT.format(key=key).split("\n")
    places = {
        what: next(n for n, text in enumerate(lines, 1) if f"'{what}'" in text)
        for what in ("asked", "alone", "measured")
    }
    assert tied[places["asked"]] is (key == "requestId")
    assert tied[places["measured"]] is (key == "requestId")
    assert not tied[places["alone"]]
