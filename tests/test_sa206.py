"""Whose logging it is: a package that starts a server is an application, whatever its manifest calls it."""

from linked import facts_of

from skillaudit.check import Evidence, NotApplicable
from skillaudit.checks.sa206 import sa206

TOOLS = (
    "import logging\nfrom fastmcp import FastMCP\nmcp = FastMCP('a')\nlog = logging.getLogger(__name__)\n"
    "@mcp.tool()\ndef ask(limit: int):\n    log.info('asked')\n    return limit\n"
)
STARTED = TOOLS + "def main():\n    mcp.run(transport='streamable-http')\n"
MANIFEST = {"pyproject.toml": '[project]\nname = "a"\ndependencies = ["fastmcp"]\n'}


def test_a_package_without_scripts_that_starts_a_server_is_asked() -> None:
    observed = list(sa206.run(facts_of({"server.py": STARTED, **MANIFEST})))
    assert [one.met for one in observed if isinstance(one, Evidence)] == [True]


def test_a_library_that_starts_none_leaves_it_to_the_application() -> None:
    observed = list(sa206.run(facts_of({"server.py": TOOLS, **MANIFEST})))
    assert [type(one) for one in observed] == [NotApplicable]
