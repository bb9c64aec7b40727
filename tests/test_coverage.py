"""Which records a tool's call leaves, and what SA105 makes of tools whose code is out of sight."""

import pytest
from linked import facts_of

from skillaudit.check import Evidence, Unknown
from skillaudit.checks import _servers
from skillaudit.checks.sa105 import sa105
from skillaudit.facts import Facts, Tool
from skillaudit.linking.tools.found import GENERATED

_HEAD = (
    "import functools\nimport logging\nfrom fastmcp import FastMCP\nfrom fastmcp.server.middleware import Middleware\n"
    "mcp = FastMCP('a')\nlog = logging.getLogger(__name__)\n"
)
_SERVERS = {
    "plain": _HEAD
    + """
@mcp.tool()
def said(x):
    log.info("said")
    return x

@mcp.tool()
def refused(x):
    if not x:
        log.warning("empty")
        raise ValueError(x)
    return x

@mcp.tool()
def whispered(x):
    log.debug("whispered")
    return x

@mcp.tool()
def retried(x):
    while busy(x):
        if x.tries:
            log.warning("busy, once more")
    return x

@mcp.tool()
def shouted(x):
    log.warning("asked for %s", len(x))
    return x

def finished(problem):
    if problem:
        log.error("failed")
    else:
        log.info("done")

@mcp.tool()
def summed_up(x):
    finished(work(x))
    return x
""",
    "decorated": _HEAD
    + """
def recorded(run):
    @functools.wraps(run)
    async def inner(*args, **kwargs):
        log.info("call %s", run.__name__)
        return await run(*args, **kwargs)
    return inner

@mcp.tool()
@recorded
async def lend(x): return x

@mcp.tool()
async def silent(x): return x
""",
    "between": _HEAD
    + """
class Audit(Middleware):
    async def on_call_tool(self, context, call_next):
        log.info("tool_call")
        return await call_next(context)

mcp.add_middleware(Audit())

@mcp.tool()
async def silent(x): return x
""",
    "optional": _HEAD
    + """
verbose = False

def note(text):
    if verbose:
        shout(text)

def shout(text):
    log.info(text)

@mcp.tool()
def opted(x):
    note("opted")
    return x
""",
    "lost": """
from mcp.types import Tool

def listed():
    return [Tool(name="here", description="?", inputSchema={}), Tool(name="there", description="?", inputSchema={})]
""",
    "proxy": """
from mcp.server import Server
app = Server("proxy")

@app.call_tool()
async def call_tool(name, arguments): return await upstream.call_tool(name, arguments)
""",
}


@pytest.fixture(scope="module")
def facts() -> Facts:
    files = {f"{name}/server.py": text for name, text in _SERVERS.items()}
    return facts_of(files | {f"{name}/pyproject.toml": f'[project]\nname = "{name}"\n' for name in _SERVERS})


def tool(facts: Facts, package: str, name: str) -> Tool:
    return next(tool for tool in facts.tools if (tool.package, tool.name) == (package, name))


@pytest.mark.parametrize(
    ("package", "name", "records"),
    [
        ("plain", "said", [("handler", False)]),
        ("plain", "refused", [("handler", True)]),
        ("plain", "whispered", []),
        ("plain", "retried", [("handler", True)]),
        ("plain", "shouted", [("handler", False)]),
        ("plain", "summed_up", [("helper", False)]),
        ("decorated", "lend", [("decorator", False)]),
        ("decorated", "silent", []),
        ("between", "silent", [("middleware", False)]),
        ("optional", "opted", []),
    ],
)
def test_records_of_a_call(facts: Facts, package: str, name: str, records: list[tuple[str, bool]]) -> None:
    held = tool(facts, package, name).records
    assert [(record.mechanism, record.on_error_only) for record in held] == records


def test_check_counts_every_tool_whose_code_is_known(facts: Facts) -> None:
    evidence = [one for one in sa105.run(facts) if isinstance(one, Evidence) and one.package == "plain"]
    assert sorted(one.met for one in evidence) == [False, True, True, True, True, True]


def test_check_says_that_generated_tools_cannot_be_judged(facts: Facts) -> None:
    unknown = [(one.package, one.reason) for one in sa105.run(facts) if isinstance(one, Unknown)]
    assert ("proxy", "tools are generated at run time") in unknown
    assert _servers.generated(tool(facts, "proxy", GENERATED))


def test_tools_without_known_code_are_unknown_not_silent(facts: Facts) -> None:
    observed = [one for one in sa105.run(facts) if getattr(one, "package", None) == "lost"]
    assert observed == [Unknown("the handlers of 2 of 2 tools were not found", "lost")]
    assert not tool(facts, "lost", "here").resolved
