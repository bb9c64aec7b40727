"""What web frameworks run around requests in Python: views, middleware, and what each leaves of a refusal or a call."""

from linked import facts_of

from skillaudit.trails import Moment

_SETUP = "import logging\nlogging.basicConfig(level=logging.INFO)\nlog = logging.getLogger('shelf')\n"
_VIEW = (
    _SETUP
    + """
import json
from django.http import JsonResponse
from django.urls import path
from django.views import View

class Unauthorized(Exception): pass

def authenticate(request):
    header = request.META.get("HTTP_AUTHORIZATION", "")
    if not header:
        log.warning("refused: no token")
        raise Unauthorized("missing token")
    if header not in KEYS:
        log.warning("refused: unknown token")
        raise Unauthorized("unknown token")

class Shelf(View):
    def post(self, request):
        try:
            authenticate(request)
        except Unauthorized as error:
            return JsonResponse({"error": str(error)}, status=401)
        return JsonResponse({"ok": True})

urlpatterns = [path("shelf", Shelf.as_view())]
"""
)
_AIOHTTP = (
    _SETUP
    + """
from aiohttp import web

@web.middleware
async def observed(request, handler):
    try:
        return await handler(request)
    except web.HTTPException as error:
        log.warning("refused with %s", error.status)
        raise

async def handle(request):
    if request.headers.get("Authorization") not in KEYS:
        raise web.HTTPUnauthorized(text="unknown token")
    return web.json_response({})

app = web.Application(middlewares=[observed])
app.router.add_post("/shelf", handle)
"""
)
_ROUTES = (
    _SETUP
    + """
from fastapi import FastAPI
from fastapi_mcp import FastApiMCP
app = FastAPI()

@app.get("/books", operation_id="list_books")
def list_books(): return books()

{}
    answer = await call_next(request)
    log.info("served", extra={{"path": request.url.path, "status": answer.status_code}})
    return answer

mcp = FastApiMCP(app)
mcp.mount()
"""
)
_CLASS = """
from starlette.middleware.base import BaseHTTPMiddleware

class Recorded(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        return await recorded(request, call_next)

app.add_middleware(Recorded)

async def recorded(request, call_next):"""
_DECORATED = """
@app.middleware("http")
async def recorded(request, call_next):"""


def test_an_answer_to_an_own_error_is_not_a_second_refusal() -> None:
    """The view answers 401 for what was raised, and recorded, below."""
    found = facts_of({"app.py": _VIEW}).rejections
    assert [(one.what, len(one.records)) for one in found] == [("missing token", 1), ("unknown token", 1)]


def test_an_error_that_nobody_records_is_told_where_it_is_raised() -> None:
    """Once, and not at the view."""
    silent = _VIEW.replace('        log.warning("refused: no token")\n', "")
    found = facts_of({"app.py": silent}).rejections
    assert [(one.what, len(one.records)) for one in found] == [("missing token", 0), ("unknown token", 1)]


def test_a_middleware_catches_what_handlers_raise() -> None:
    """In aiohttp an answer may be raised, and passes the middleware."""
    [found] = facts_of({"app.py": _AIOHTTP}).rejections
    assert len(found.records) == 1
    [silent] = facts_of({"app.py": _AIOHTTP.replace("log.warning", "str")}).rejections
    assert not silent.records


def test_requests_of_tools_that_are_routes_pass_the_application_s_middleware() -> None:
    """Which sees a path for each tool."""
    for middleware in (_DECORATED, _CLASS):
        [tool] = facts_of({"app.py": _ROUTES.format(middleware)}).tools
        assert [record.mechanism for record in tool.records] == ["middleware"]
    [silent] = facts_of({"app.py": _ROUTES.format(_DECORATED.replace('@app.middleware("http")', ""))}).tools
    assert not silent.records


_RUNS = (
    _SETUP
    + """
from fastmcp import FastMCP
mcp = FastMCP("shelf")

class Refused(Exception): pass

def recorded(fn):
    async def run(book: str):
        ok = True
        try:
            text = await fn(book)
        except Refused as error:
            text, ok = str(error), False
        log.info("called", extra={"ok": ok})
        return text
    return run

@mcp.tool()
@recorded
async def weed(book: str):
    if "librarian" not in roles():
        raise Refused("role librarian is needed")
    return book
"""
)


def test_a_record_behind_the_clause_tells_of_what_it_caught() -> None:
    """The clause ends the error, and the code goes on to the record; one that leaves never gets there."""
    [found] = facts_of({"server.py": _RUNS}).rejections
    assert len(found.records) == 1
    left = _RUNS.replace("text, ok = str(error), False", "return str(error)")
    [silent] = facts_of({"server.py": left}).rejections
    assert not silent.records


def test_a_record_behind_what_was_looked_up_stands_after_the_call() -> None:
    """The object is known to the running program alone; an error that is made for a raise does no work."""
    text = (
        _SETUP
        + """
from mcp import types
from mcp.server.lowlevel import Server

server = Server("shelf")
tools = dict(loaded())

@server.list_tools()
async def listed():
    return [types.Tool(name="borrow_book", description="?", inputSchema={})]

@server.call_tool()
async def called(name: str, arguments: dict):
    tool = tools.get(name)
    if tool is None:
        raise ValueError(f"unknown tool {name}")
    text = await tool().execute(arguments)
    log.info("%s done", name)
    return [types.TextContent(type="text", text=text)]
"""
    )
    [tool] = facts_of({"server.py": text}).tools
    assert [trace.moment for trace in tool.trail] == [Moment.SUCCESS]
