"""Ways that conditions rule out only together, and addresses whose path a parser resolved."""

import pytest
from linked import facts_of

HEAD = """
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { execSync } from 'node:child_process';
import { Api } from 'api';
const server = new McpServer({ name: 'mini', version: '1.0.0' });
const api = new Api();
"""
CHOSEN = """
class Work {{
  constructor(private options: any) {{}}
  old(name: string) {{
    return {{ name }};
  }}
  async fresh() {{
    return await api.create();
  }}
  async run() {{
    const result = this.options.known
      ? this.old(this.options.name)
      : await this.fresh();
    {before}
    if ({test}) {{
      execSync(`git remote add ${{result.name}}`);
    }}
  }}
}}
server.registerTool('deploy', {{ inputSchema: {{}} }}, async (args) => {{
  await new Work(args).run();
}});
"""


@pytest.mark.parametrize(
    ("test", "before", "reached"),
    [
        ("!this.options.known", "", False),
        ("!this.options.known && result", "", False),
        ("this.options.known", "", True),
        ("!this.options.other", "", True),
        ("!this.options.known || result", "", True),
        ("!this.options.known", "this.options.known = false;", True),
    ],
)
def test_a_branch_that_the_value_s_own_choice_rules_out(test: str, before: str, reached: bool) -> None:  # noqa: FBT001
    facts = facts_of({"server.ts": HEAD + CHOSEN.format(test=test, before=before)})
    assert bool(facts.code_flows) is reached


ADDRESS = """
server.registerTool('ask', {{ inputSchema: {{}} }}, async ({{ path }}) => {{
  const parsed = new URL(path, 'http://mock/');
  return fetch(`https://api.example.com/rest{part}`);
}});
"""


@pytest.mark.parametrize(
    ("part", "reached"),
    [
        ("${parsed.pathname}", False),
        ("${parsed.pathname}${parsed.search}", False),
        ("${path}", True),
        ("/${path}", True),
    ],
)
def test_the_path_of_a_parsed_address_is_resolved(part: str, reached: bool) -> None:  # noqa: FBT001
    facts = facts_of({"server.ts": HEAD + ADDRESS.format(part=part)})
    assert bool(facts.code_flows) is reached


def test_the_path_of_python_s_parser_is_not_resolved() -> None:
    source = """
import requests
from urllib.parse import urlsplit
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")


@mcp.tool()
def ask(path: str) -> str:
    return requests.get("https://api.example.com/rest" + urlsplit(path).path).text
"""
    assert facts_of({"server.py": source}).code_flows
