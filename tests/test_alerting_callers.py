"""Whose records alert checks speak of, and which servers authenticate."""

import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from audits import write_tree
from linked import facts_of
from msgspec.structs import replace

from skillaudit.chain import with_chains
from skillaudit.check import Finding, NotApplicable, Observation, load_checks
from skillaudit.configuration import documents
from skillaudit.facts import Facts
from skillaudit.inventory import take_inventory
from skillaudit.paging import with_alerting

CHECKS = {check.id: check for check in load_checks() if check.id.startswith("SA50")}
SERVER = """import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
%s
const server = new McpServer({ name: "notes", version: "1.0.0" });
server.tool("add", {}, async () => ({ content: [] }));
const transport = new StreamableHTTPServerTransport();
await server.connect(transport);

export default {
  async fetch(request, env) {
    %s
    return transport.handleRequest(request);
  },
};
"""
PACKAGE = '{"name": "%s", "version": "1.0.0", "main": "index.js"%s}'
WRANGLER = 'name = "notes"\nmain = "index.ts"\ncompatibility_date = "2026-01-01"\n'
OWN_SWITCH = 'if (env.ENVIRONMENT !== "test") {\n  return new Response("Forbidden", { status: 403 });\n}'
TOKEN = (
    'if (request.headers.get("authorization") !== env.EXPECTED) {\n'
    '  return new Response("invalid token", { status: 401 });\n}'
)


@cache
def _code(*files: tuple[str, str]) -> Facts:
    """What the code is, which no deployment beside it changes."""
    return facts_of(dict(files))


def _facts(files: Mapping[str, str]) -> Facts:
    with tempfile.TemporaryDirectory() as folder:
        write_tree(Path(folder), files)
        inventory = take_inventory(Path(folder))
        held = documents(Path(folder), inventory)
        written = [(path, text) for path, text in sorted(files.items()) if path.endswith((".ts", ".json"))]
        code = replace(_code(*written), inventory=inventory)
        return with_alerting(with_chains(code, held), held, Path(folder))


def _answers(check: str, files: Mapping[str, str]) -> list[Observation]:
    return [one for one in CHECKS[check].run(_facts(files)) if isinstance(one, Finding | NotApplicable)]


@pytest.mark.parametrize(("refusal", "kind"), [(OWN_SWITCH, NotApplicable), (TOKEN, Finding)])
def test_a_refusal_by_the_servers_own_switch_is_no_authentication(refusal: str, kind: type[Observation]) -> None:
    files = {"package.json": PACKAGE % ("notes", ""), "index.ts": SERVER % ("", refusal), "wrangler.toml": WRANGLER}
    assert [type(one) for one in _answers("SA502", files)] == [kind]


def test_events_of_a_shared_package_are_the_servers_own() -> None:
    shared = 'export function check(token) {\n  if (!token) console.warn({ event: "auth_failure" });\n}\n'
    files = {
        "package.json": '{"name": "all", "private": true, "workspaces": ["apps/*", "shared"]}',
        "apps/notes/package.json": PACKAGE % ("notes", ', "dependencies": {"@all/shared": "*"}'),
        "apps/notes/index.ts": SERVER % ('import { check } from "@all/shared";', "check(request.headers.get('x'));"),
        "apps/notes/wrangler.toml": WRANGLER,
        "shared/package.json": PACKAGE % ("@all/shared", ""),
        "shared/index.ts": shared,
    }
    (found,) = _answers("SA501", files)
    assert isinstance(found, Finding)
    assert "auth_failure" in found.message


COMPOSE = "services:\n  notes:\n    build: .\n"


@pytest.mark.parametrize(
    ("path", "asked"),
    [("compose.yaml", True), ("deploy/compose.yaml", True), ("cli/templates/basic/compose.yaml", False),
     ("scaffolding/compose.yaml", False), ("{{cookiecutter.name}}/compose.yaml", False)],
)  # fmt: skip
def test_what_a_generator_copies_for_others_deploys_nothing(path: str, *, asked: bool) -> None:
    files = {"package.json": PACKAGE % ("notes", ""), "index.ts": SERVER % ("", TOKEN), path: COMPOSE}
    assert bool(_facts(files).deployments) == asked
