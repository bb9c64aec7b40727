"""How servers can be started: constants, settings, enumerations, scripts."""

import pytest
from linked import facts_of

from skillaudit.facts import Facts

_PYTHON = {
    "constant": "from fastmcp import FastMCP\nmcp = FastMCP('a')\nmcp.run(transport='sse')\n",
    "default": "from fastmcp import FastMCP\nmcp = FastMCP('a')\nmcp.run()\n",
    "setting": (
        "import os\nfrom enum import Enum\nfrom fastmcp import FastMCP\nmcp = FastMCP('a')\n"
        "class Kind(str, Enum):\n    STDIO = 'stdio'\n    HTTP = 'http'\n"
        "class Config:\n    @property\n    def kind(self) -> str:\n"
        "        return os.getenv('KIND', Kind.STDIO.value).lower()\n"
        "config = Config()\n"
        "mcp.run(transport=config.kind)\n"
    ),
    "option": (
        "import argparse\nfrom fastmcp import FastMCP\nshelf_server = FastMCP('a')\n"
        "parser = argparse.ArgumentParser()\n"
        "parser.add_argument('--transport', choices=['stdio', 'streamable-http'])\nargs = parser.parse_args()\n"
        "shelf_server.run(transport=args.transport)\n"
    ),
    "handed": (
        "import uvicorn\nfrom mcp.server.fastmcp import FastMCP\nmcp = FastMCP('a')\n"
        "async def serve(kind):\n"
        "    if kind == 'pipe':\n        await mcp.run_stdio_async()\n"
        "    app = mcp.streamable_http_app if kind == 'web' else mcp.sse_app\n"
        "    await uvicorn.Server(uvicorn.Config(app, factory=True)).serve()\n"
    ),
    "generic": (
        "from typing import Any, Generic, TypeVar\nfrom fastmcp import FastMCP\n"
        "from mcp.server.fastmcp import FastMCP as Older\n"
        "T = TypeVar('T')\nclass Base(FastMCP[T], Generic[T]):\n    pass\nclass Shelf(Base[int]):\n    pass\n"
        "kind = {'transport': 'sse'}\nShelf('a').run(**kind)\nOlder[dict[str, Any]]('b').run('streamable-http')\n"
    ),
    "field": (
        "from typing import Literal\nfrom fastmcp import FastMCP\nfrom pydantic_settings import BaseSettings\n"
        "class Settings(BaseSettings):\n    transport: Literal['stdio', 'sse'] = 'stdio'\n    scheme: str = 'http'\n"
        "settings = Settings()\nmcp = FastMCP('a')\nmcp.run(transport=settings.transport)\n"
    ),
    "waited": (
        "import asyncio\nfrom fastmcp import FastMCP\n"
        "async def build() -> FastMCP:\n    mcp = FastMCP('a')\n    return mcp\n"
        "held = asyncio.run(build())\nheld.run(show_banner=False)\n"
    ),
    "mounted": (
        "from fastapi import FastAPI\nfrom fastapi_mcp import FastApiMCP\napp = FastAPI()\n"
        "shelf = FastApiMCP(app)\nshelf.mount()\n"
    ),
    "launched": "import gradio as gr\ngr.Interface(len, 'text', 'number').launch(mcp_server=True)\n",
    "shown": "import gradio as gr\ngr.Interface(len, 'text', 'number').launch(share=True)\n",
    "other": "import asyncio\nimport subprocess\nasyncio.run(main())\nsubprocess.run(['ls'])\n",
}
_SCRIPTS = {
    "second": 'import { serveStdio } from "@modelcontextprotocol/server/stdio";\nserveStdio(() => server);\n',
    "first": (
        'import { StdioServerTransport as Pipe } from "@modelcontextprotocol/sdk/server/stdio.js";\n'
        "server.connect(new Pipe());\n"
    ),
}


@pytest.fixture(scope="module")
def facts() -> Facts:
    files = {f"{name}/server.py": text for name, text in _PYTHON.items()}
    files |= {f"{name}/pyproject.toml": f'[project]\nname = "{name}"\n' for name in _PYTHON}
    files |= {f"{name}/src/index.ts": text for name, text in _SCRIPTS.items()}
    files |= {f"{name}/package.json": f'{{"name": "{name}"}}' for name in [*_SCRIPTS, "scripted"]}
    files["scripted/scripts/start.ts"] = _SCRIPTS["first"]
    files["default/tests/test_server.py"] = "from server import mcp\nmcp.run(transport='sse')\n"
    return facts_of(files)


@pytest.mark.parametrize(
    ("package", "kinds"),
    [
        ("constant", {"sse"}),
        ("default", {"stdio"}),
        ("setting", {"stdio", "http"}),
        ("option", {"stdio", "http"}),
        ("generic", {"sse", "http"}),
        ("field", {"stdio", "sse"}),
        ("waited", {"stdio"}),
        ("mounted", {"sse"}),
        ("launched", {"http"}),
        ("shown", set()),
        ("handed", {"stdio", "http", "sse"}),
        ("other", set()),
        ("first", {"stdio"}),
        ("second", {"stdio"}),
        ("scripted", {"stdio"}),
    ],
)
def test_kinds_that_production_starts(facts: Facts, package: str, kinds: set[str]) -> None:
    assert {t.kind for t in facts.transports if t.package == package and t.surface.counts} == kinds


def test_start_in_a_test_does_not_hide_production(facts: Facts) -> None:
    held = [(t.kind, t.surface.value) for t in facts.transports if t.package == "default"]
    assert sorted(held) == [("sse", "test"), ("stdio", "production")]


def test_one_of_many_commands_starts_the_server() -> None:
    """The server is production; the front end, whose other commands print, stays one."""
    commands = "".join(f"@app.command()\ndef {name}():\n    print('{name}')\n" for name in ("check", "show", "login"))
    text = (
        "import typer\nfrom a.server import mcp\napp = typer.Typer()\n"
        f"{commands}@app.command()\ndef serve():\n    print('serving')\n    mcp.run()\n"
    )
    files = {"pyproject.toml": '[project]\nname = "a"\n[project.scripts]\na = "a.cli:app"\n', "src/a/cli.py": text}
    server = "from fastmcp import FastMCP\nmcp = FastMCP('a')\n"
    found = facts_of({"src/a/__init__.py": "", "src/a/server.py": server, **files})
    assert [(one.kind, one.surface.counts) for one in found.transports] == [("stdio", True)]
    assert {call.surface.value for call in found.log_calls} == {"cli"}
