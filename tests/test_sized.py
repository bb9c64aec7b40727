"""What a caller sizes, where data can be carried, and which conditions are guards."""

import pytest
from linked import facts_of

from skillaudit.guards import Watched

HEAD = """
import logging
import httpx
from mcp.server.fastmcp import FastMCP

log = logging.getLogger()
mcp = FastMCP("mini")


def ask(body):
    return httpx.post("https://desk.example", json={"query": body}).text


"""


def server(name: str, body: str, parameter: str = "number: str") -> dict[str, str]:
    return {"server.py": f"{HEAD}@mcp.tool()\ndef {name}({parameter}) -> str:\n    {body}\n\n\nmcp.run()\n"}


@pytest.mark.parametrize(
    ("name", "sized"),
    [("list_tickets", True), ("read_status_history", True), ("get_latest_version", False), ("ticket_by_id", False)],
)
def test_one_value_is_not_sized_by_the_caller(name: str, sized: bool) -> None:  # noqa: FBT001
    facts = facts_of(server(name, 'return httpx.get("https://desk.example/" + number).text'))
    assert [one.sized is not None for one in facts.volumes] == ([True] if sized else [])


@pytest.mark.parametrize(("body", "sent"), [("ask(number)", True), ("ask('{ tickets { id } }')", False)])
def test_a_fixed_body_is_not_the_caller_s(body: str, sent: bool) -> None:  # noqa: FBT001
    [volume] = facts_of(server("find_ticket", f"return {body}")).volumes
    assert (volume.sent is not None) is sent


@pytest.mark.parametrize(
    ("name", "parameter", "outward"),
    [
        ("send_mail", "to: str", True),
        ("get_page", "url: str", True),
        ("get_url_ranking", "day: str", False),
        ("ticket_report", "day: str", False),
    ],
)
def test_only_an_address_or_people_are_outside(name: str, parameter: str, outward: bool) -> None:  # noqa: FBT001
    described = '"""Fetch it."""\n    return httpx.get("https://desk.example").text'
    assert [tool.outward for tool in facts_of(server(name, described, parameter)).tools] == [outward]


def test_a_word_in_a_record_is_no_guard() -> None:
    body = "hits = KEPT.setdefault(number, [])\n    hits.append(number)\n    if not hits and number == '0':\n"
    body += "        log.info('nothing found; falling back to enumeration')\n    return ask(number)"
    facts = facts_of(server("find_ticket", body))
    assert Watched.ENUMERATION not in {one.watched for one in facts.guards}


@pytest.mark.parametrize(
    ("logged", "people"),
    [
        ("repo.full_name", ()),
        ("user.full_name", ("full_name",)),
        ("username", ()),
        ("address", ("email",)),
    ],
)
def test_a_name_is_a_person_s_by_what_it_holds(logged: str, people: tuple[str, ...]) -> None:
    source = "import logging\nlog = logging.getLogger()\n\n\ndef f(repo, user, client_id, email):\n"
    source += '    username = f"oauth-{client_id}"\n    address = f"<{email}>"\n'
    [note] = facts_of({"server.py": f'{source}    log.info("done", extra={{"what": {logged}}})\n'}).notes
    assert note.people == people


PYTHON = """
from mcp.server.fastmcp import Context, FastMCP
from shelf import Store

mcp = FastMCP("mini")
store = Store()
PAGE = 20


async def page(shelf: str, size: int):
    return store.query(shelf, limit=size)


@mcp.tool()
async def list_books(shelf: str, limit: int, text: str, ctx: Context) -> str:
    {body}


mcp.run()
"""
SCRIPT = """
import {{ McpServer }} from '@modelcontextprotocol/sdk/server/mcp.js';
import {{ Shelf }} from 'shelf';
const server = new McpServer({{ name: 'mini', version: '1.0.0' }});
const shelf = new Shelf();
server.registerTool('list_books', {{ inputSchema: {{}} }}, async ({{ start, limit, query, text }}) => {{
  {body}
}});
"""


@pytest.mark.parametrize(
    ("body", "sized"),
    [
        ("return store.query(shelf, limit=limit)", True),
        ("return store.scan(0, shelf, count=limit)", True),
        ("return await page(shelf, limit)", True),
        ("return await page(shelf, PAGE)", False),
        ("return store.query(shelf, limit=min(limit, 50))", False),
        ("return store.query(shelf, limit=PAGE)", False),
        ("return await ctx.request_context.lifespan_context.store.query(shelf, limit=limit)", True),
        ("return store.describe_shelf(shelf)", False),
        ("return store.paint(shelf, count=limit)", False),
    ],
)
def test_a_number_of_results_sizes_an_answer(body: str, sized: bool) -> None:  # noqa: FBT001
    volumes = facts_of({"server.py": PYTHON.format(body=body)}).volumes
    assert [one.sized is not None for one in volumes] == ([True] if sized else [])


@pytest.mark.parametrize(
    ("body", "sized", "sent"),
    [
        ("return shelf.getBooks(start, limit);", True, False),
        ("return shelf.list({ page: { pageSize: limit } });", True, False),
        ("return shelf.searchBooks({ query });", True, False),
        ("return shelf.getBooks(start, 10);", False, False),
        ("return shelf.pushMessage({ to: start, text });", False, True),
        ("return shelf.broadcast(text);", False, True),
        ("return shelf.pushMessage({ to: 'all', text: 'open' });", False, False),
        ("const found = []; found.push(text); return found;", False, False),
        ("return shelf.sendCommand(text);", False, False),
    ],
)
def test_a_client_s_own_methods_move_data(body: str, sized: bool, sent: bool) -> None:  # noqa: FBT001
    volumes = facts_of({"server.ts": SCRIPT.format(body=body)}).volumes
    assert [(one.sized is not None, one.sent is not None) for one in volumes] == (
        [(sized, sent)] if sized or sent else []
    )


@pytest.mark.parametrize(("size", "sized"), [("limit", True), ("20", False)])
def test_options_of_a_go_client_size_an_answer(size: str, sized: bool) -> None:  # noqa: FBT001
    source = f"""package main

import (
	"context"
	"example.com/shelf"
	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func books(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {{
	limit := request.GetInt("limit", 10)
	_ = limit
	found, err := shelf.Connect().List(ctx, &shelf.Options{{PerPage: {size}}})
	return mcp.NewToolResultText(found), err
}}

func main() {{
	s := server.NewMCPServer("mini", "1.0.0")
	s.AddTool(mcp.NewTool("list_books"), books)
	_ = server.ServeStdio(s)
}}
"""
    volumes = facts_of({"main.go": source, "go.mod": "module mini\n"}).volumes
    assert [one.sized is not None for one in volumes] == ([True] if sized else [])
