"""Settings that a request may override key by key: what is asked by name is the copied value."""

import pytest
from linked import facts_of

_SERVER = """
import express from "express";
import { readFileSync } from "node:fs";

const settings: Record<string, string> = { folder: "/srv/shelf", title: "Shelf" };
const app = express();

function overridden(query: Record<string, string>): Record<string, string> {
  %s
  return result;
}

app.get("/shelf", (req, res) => {
  const held = overridden(req.query as Record<string, string>);
  res.send(readFileSync(held.folder));
});
app.listen(3000);
"""
_KEYED = """const result = { ...settings };
  for (const [key, value] of Object.entries(query)) { allowed(key); result[key] = value; }"""
_MERGED = "const result = { ...settings, ...query };"
_NAMED = "const result = { ...settings }; result.folder = query.folder;"


@pytest.mark.parametrize(("body", "told"), [(_KEYED, False), (_MERGED, True), (_NAMED, True)])
def test_what_a_request_sets_by_name_or_as_a_whole_is_told(body: str, *, told: bool) -> None:
    flows = facts_of({"server.ts": _SERVER % body}).code_flows
    assert bool(flows) is told
