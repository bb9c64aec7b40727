import json

import pytest
from linked import facts_of

SERVER = """
import fs from "node:fs";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { CallToolRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { fileFields } from "./fields.js";

const api = JSON.parse(fs.readFileSync("./api.json", "utf8"));
const server = new Server({ name: "api", version: "1.0.0" }, { capabilities: { tools: {} } });
server.setRequestHandler(CallToolRequestSchema, async (request) => {
  return call(api.paths[request.params.name], request.params.arguments);
});
async function call(operation, params) {
  const fields = fileFields(operation);
  GUARD
  for (const one of fields) attach(one, params[one]);
  function attach(name, path) {
    return fs.createReadStream(path);
  }
}
"""
FIELDS = """
export function fileFields(operation) {
  const found = [];
  const content = operation.requestBody?.content ?? {};
  const form = content["multipart/form-data"];
  if (!form) return found;
  return Object.keys(form.schema.properties);
}
"""
GUARD = "if (fields.length === 0) return null;"


def described(media: str) -> str:
    body = {"content": {media: {"schema": {"type": "object", "properties": {"file": {"type": "string"}}}}}}
    post = {"operationId": "addPage", "summary": "Add", "requestBody": body, "responses": {}}
    return json.dumps({"openapi": "3.1.0", "info": {"title": "x", "version": "1"}, "paths": {"/pages": {"post": post}}})


@pytest.mark.parametrize(
    ("media", "guard", "flows"),
    [("application/json", GUARD, 0), ("multipart/form-data", GUARD, 1), ("application/json", "", 1)],
)
def test_uploads_that_no_operation_describes_are_not_reached(media: str, guard: str, flows: int) -> None:
    files = {"server.ts": SERVER.replace("GUARD", guard), "fields.ts": FIELDS, "package.json": "{}"}
    assert len(facts_of({**files, "api.json": described(media)}).code_flows) == flows
