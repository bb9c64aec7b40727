"""Loggers that a framework or a transport stands behind: Fastify's in plain JavaScript, hidden ones of tslog."""

import pytest
from linked import facts_of

from skillaudit.facts import Encoder, LogCall

PACKAGE = {"package.json": '{"name": "desk", "version": "1.0.0", "type": "module"}'}
APP = """
import Fastify from "fastify";
import { verify } from "./auth.js";
const app = Fastify({ logger: { level: "info" } });
app.addHook("preHandler", async (request, reply) => { await verify(request.headers, request.log); });
app.register(async (own) => {
  own.get("/desk", async (request, reply) => { reply.log.info({ event: "desk.read" }); });
});
app.post("/desk", async (request) => { request.log.info({ event: "desk.opened" }); });
other.post("/desk", async (request) => { request.log.info({ event: "elsewhere" }); });
"""
AUTH = 'export function verify(headers, log) { log.warn({ event: "auth.rejected" }); }\n'


def _records(files: dict[str, str]) -> dict[str, LogCall]:
    return {call.event: call for call in facts_of({**PACKAGE, **files}).log_calls if call.event}


@pytest.mark.parametrize(
    ("event", "library"),
    [("desk.opened", "pino"), ("auth.rejected", "pino"), ("desk.read", "pino"), ("elsewhere", "unknown")],
)
def test_what_fastify_hands_in(event: str, library: str) -> None:
    assert _records({"src/index.js": APP, "src/auth.js": AUTH})[event].library == library


@pytest.mark.parametrize(
    ("written", "encoder", "muted"),
    [
        ("log.attachTransport((record) => process.stderr.write(JSON.stringify(record)));", Encoder.JSON, False),
        ("log.attachTransport((record) => process.stderr.write(String(record)));", Encoder.TEXT, False),
        ("", Encoder.TEXT, True),
    ],
)
def test_a_hidden_logger_is_written_by_its_transport(written: str, encoder: Encoder, muted: bool) -> None:  # noqa: FBT001
    source = 'import { Logger } from "tslog";\nconst log = new Logger({ type: "hidden" });\n'
    facts = facts_of({**PACKAGE, "src/a.ts": f'{source}{written}\nlog.info("called");\n'})
    assert {call.encoder for call in facts.log_calls if call.message == "called"} == {encoder}
    assert bool(facts.mutes) is muted
