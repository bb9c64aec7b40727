"""Tools that a library makes from the routes of a FastAPI application."""

import pytest
from linked import facts_of

from skillaudit.facts import Facts, Tool

_ROUTES = """
import logging

from fastapi import APIRouter, Depends, FastAPI

app = FastAPI(OPTIONS)
books = APIRouter(prefix="/books", tags=["books"])
log = logging.getLogger(__name__)


@books.get("/{book_id}", operation_id="get_book")
async def read_book(book_id: int, user=Depends(current)):
    \"\"\"One book.\"\"\"
    log.info("read %s", book_id)
    return find(book_id)


@books.post("/")
async def add_book(title: str):
    return create(title)


@app.get("/health", include_in_schema=False)
async def health():
    return "ok"


@app.api_route("/copies/{path:path}", methods=["PUT"], summary="Renew a copy")
def renew(path: str):
    return prolong(path)


app.include_router(books, prefix="/v1")
"""
_SERVES = """
from fastapi_mcp import FastApiMCP

from .routes import app

mcp = FastApiMCP(appMORE)
mcp.mount_http()
"""
_WRAPS = """
from fastmcp import FastMCP

from .routes import app

mcp = FastMCP.from_fastapi(app=appMORE)
mcp.run(transport="http")
"""


def _named(facts: Facts) -> dict[str, Tool]:
    return {tool.name: tool for tool in facts.tools}


def _web(server: str, more: str = "", options: str = "") -> Facts:
    return facts_of(
        {
            "pyproject.toml": "[project]\nname = 'library'\n",
            "library/__init__.py": "",
            "library/routes.py": _ROUTES.replace("OPTIONS", options),
            "library/server.py": server.replace("MORE", more),
        }
    )


@pytest.mark.parametrize(
    ("server", "more", "options", "expected"),
    [
        (_SERVES, "", "", {"get_book", "add_book_v1_books__post", "renew_copies__path__put"}),
        (_SERVES, ', include_operations=["get_book"]', "", {"get_book"}),
        (_SERVES, ', exclude_tags=["books"]', "", {"renew_copies__path__put"}),
        (_SERVES, "", "generate_unique_id_function=lambda route: route.name", {"get_book", "add_book", "renew"}),
        (_WRAPS, "", "", {"get_book", "add_book_v1_books", "renew_copies"}),
        (_WRAPS, ', mcp_names={"get_book": "book"}', "", {"book", "add_book_v1_books", "renew_copies"}),
    ],
)
def test_routes_become_tools_by_the_ids_of_their_operations(
    server: str, more: str, options: str, expected: set[str]
) -> None:
    assert _named(_web(server, more, options)).keys() == expected


def test_a_route_is_its_own_handler_and_its_records_are_the_tools() -> None:
    facts = _web(_SERVES)
    held = _named(facts)["get_book"]
    assert held.handler == held.location
    assert held.handler.path == "library/routes.py"
    assert held.description == "One book."
    assert [record.mechanism for record in held.records] == ["handler"]
    assert tuple(held.effects) == ("retrieval",)
    assert tuple(_named(facts)["add_book_v1_books__post"].effects) == ("mutation",)
    assert [transport.kind for transport in facts.transports] == ["http"]


def test_an_application_out_of_sight_has_one_tool_for_all() -> None:
    facts = _web(_SERVES.replace("from .routes import app", "from elsewhere import app"))
    assert [tool.name for tool in facts.tools] == ["generated at run time"]


def test_a_route_that_is_added_after_the_server_was_made_is_no_tool() -> None:
    late = _ROUTES + "\nfrom fastapi_mcp import FastApiMCP\nmcp = FastApiMCP(app)\n\n\n"
    late += '@app.get("/late")\ndef late():\n    return 1\n'
    held = {"routes.py": late.replace("OPTIONS", "")}
    assert "late_late_get" not in _named(facts_of(held))
    assert "late_late_get" in _named(facts_of({"routes.py": held["routes.py"] + "\nmcp.setup_server()\n"}))
