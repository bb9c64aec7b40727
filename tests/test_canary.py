"""Secrets planted wherever a repository can hold one appear in no output."""

import random
import re
import string
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from audits import audit_changing, write_tree
from commandline import CommandLine

from skillaudit.formats import Format
from skillaudit.render import renderer

_RANDOM = random.Random(20261121)  # noqa: S311 - reproducible values that open nothing


def made(count: int, letters: str = string.ascii_letters + string.digits) -> str:
    return "".join(_RANDOM.choice(letters) for _ in range(count))


UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
BODIES = {
    "AWS": ("AKIA", made(16, UPPER)),
    "GitHub": ("ghp_", made(36)),
    "GitHub fine-grained": ("github_pat_", f"{made(22)}_{made(59)}"),
    "Slack": ("xoxb-", f"{made(12, string.digits)}-{made(13, string.digits)}-{made(24)}"),
    "OpenAI": ("sk-proj-", f"{made(20)}T3BlbkFJ{made(20)}"),
    "Anthropic": ("sk-ant-api03-", f"{made(93)}AA"),
    "Stripe": ("sk_live_", made(24)),
    "Google": ("AIza", made(35)),
    "npm": ("npm_", made(36)),
    "JWT": ("eyJhbGciOiJIUzI1NiJ9.eyJ", f"{made(30)}.{made(43)}"),
    "PEM": ("-----BEGIN PRIVATE KEY-----\\n", f"{made(64)}\\n{made(64)}\\n-----END PRIVATE KEY-----"),
}
"""What each provider's secrets begin with, and what must not be seen of one."""


def _server(before: str = "", inside: str = "", tool: str = "'price'", message: str = "'key %s'") -> dict[str, str]:
    code = f"""import logging
import os
from mcp.server.fastmcp import FastMCP
{before}
mcp = FastMCP("shop")
log = logging.getLogger(__name__)

@mcp.tool({tool})
def price(item: str) -> str:
    {inside or "pass"}
    log.info({message}, os.environ["SHOP_API_KEY"])
    print(item)
    return item

mcp.run()
"""
    return {"server.py": code, "pyproject.toml": '[project]\nname = "shop"\nversion = "1"\n'}


def _typescript(line: str, path: str = "src/server.ts") -> dict[str, str]:
    head = "import pino from 'pino';\nconst log = pino();\n"
    return {path: head + line, "package.json": '{"name": "shop", "version": "1.0.0", "bin": "src/server.ts"}'}


def _go(line: str) -> dict[str, str]:
    return {
        "main.go": f'package main\n\nimport (\n\t"log"\n\t"os"\n)\n\nfunc main() {{\n\t{line}\n}}\n',
        "go.mod": "module example.org/shop\n\ngo 1.24\n",
    }


PLACES: dict[str, Callable[[str], dict[str, str]]] = {
    "a literal": lambda secret: _server(before=f'KEY = "{secret}"', message='KEY + " %s"'),
    "a comment": lambda secret: _server(inside=f"log.info(os.environ)  # {secret}"),
    "a docstring": lambda secret: _server(inside=f'"""{secret}"""'),
    "a message": lambda secret: _server(message=f'"key {secret} %s"'),
    "an f-string": lambda secret: _server(message=f'f"key {{item}} {secret} %s"'),
    "a field": lambda secret: _server(inside=f'log.info("x", extra={{"{secret}": os.environ["SHOP_TOKEN"]}})'),
    "a keyword": lambda secret: _server(inside=f'log.info("x", extra=dict(token="{secret}", every=os.environ))'),
    "a tool's name": lambda secret: _server(tool=f'"{secret}"'),
    "a tool's description": lambda secret: _server(tool=f'description="use {secret} to log in"'),
    "a variable's name": lambda secret: _server(inside=f'log.info(os.environ["{secret}_API_KEY"])'),
    "a default": lambda secret: _server(inside=f'log.info(os.environ.get("SHOP_TOKEN", "{secret}"))'),
    "a header": lambda secret: _server(inside=f'log.info({{"Authorization": "Bearer {secret}", "e": os.environ}})'),
    "an address": lambda secret: _server(inside=f'log.info("https://me:{secret}@example.org", os.environ)'),
    "a logger": lambda secret: _server(before=f'log = logging.getLogger("{secret}")'),
    "a file's name": lambda secret: {f"{_name(secret)}.py": _server()["server.py"]},
    "a folder's name": lambda secret: {f"{_name(secret)}/x/server.py": _server()["server.py"]},
    "an unread file's name": lambda secret: _server() | {f"{_name(secret)}.py": "import logging\nx = (\n"},
    "a package's name": lambda secret: _server() | {"pyproject.toml": f'[project]\nname = "{secret}"\nversion = "1"\n'},
    "a manifest": lambda secret: (
        _server() | {"pyproject.toml": f'[project]\nname = "shop"\nscripts = {{ "{secret}" = "server:{secret}" }}\n'}
    ),
    "npm's manifest": lambda secret: (
        _typescript("log.info(process.env);\n") | {"package.json": f'{{"name": "{secret}", "main": "{secret}"}}'}
    ),
    "a template": lambda secret: _typescript(f"log.info(`{secret} ${{process.env.SHOP_API_KEY}}`);\n"),
    "an object": lambda secret: _typescript(f"log.info({{ apiKey: '{secret}', env: process.env }}, '{secret}');\n"),
    "a module's name": lambda secret: _typescript("log.info(process.env);\n", f"src/{_name(secret)}.ts"),
    "a Go literal": lambda secret: _go(f'log.Printf("{secret} %s", os.Getenv("SHOP_API_KEY"))'),
    "a file beside": lambda secret: _server() | {".env": f"KEY={secret}\n", "config.json": f'{{"key": "{secret}"}}\n'},
}


def _name(secret: str) -> str:
    return secret.replace("/", "_").replace("\\n", "\n")[:200]


def _visible(secret: str, output: str) -> list[str]:
    """The pieces of eight characters of a secret's body that an output shows."""
    words = [word for part in secret.split("\\n") for word in part.split(".") if "-----" not in word]
    pieces = {word[at : at + 8] for word in words for at in range(len(word) - 7)}
    return [piece for piece in sorted(pieces) if piece in output]


FORMS = (Format.CONSOLE, Format.JSON, Format.SARIF)
"""Those that quote code; the others hold figures and names of packages."""


@cache
def outputs(secret: str) -> dict[Format, str]:
    """What every format says of a repository with a folder for each place."""
    with tempfile.TemporaryDirectory() as folder:
        for number, place in enumerate(PLACES):
            write_tree(Path(folder) / f"place{number}", PLACES[place](secret))
        report = audit_changing(Path(folder))
    return {form: renderer(form)(report) for form in FORMS}


def test_places_are_shown_unless_they_hold_a_secret() -> None:
    """Otherwise the next test would prove nothing."""
    shown = outputs("nothing-to-hide")
    for form in FORMS:
        assert shown[form].count("nothing-to-hide") > 5
    paths = set(re.findall(r"place\d+(?=/[^\n]*nothing-to-hide)", shown[Format.JSON]))
    assert len(paths) >= 3
    assert "nothing-to-hide %s" in shown[Format.JSON]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", BODIES)
def test_no_output_shows_a_planted_secret(form: Format, kind: str) -> None:
    secret = "".join(BODIES[kind])
    assert _visible(BODIES[kind][1], outputs(secret)[form]) == []
    assert "characters" in outputs(secret)[form]


@pytest.mark.parametrize("kind", BODIES)
def test_no_error_shows_a_secret(kind: str, tmp_path: Path) -> None:
    line = CommandLine(tmp_path)
    secret = "".join(BODIES[kind]).replace("\\n", "")
    for arguments in ([f"https://me:{secret}@example.org/x"], [f"https://{secret}@example.org/x"]):
        ran = line.run("audit", *arguments)
        assert ran.code == 2
        assert _visible(BODIES[kind][1], ran.err + ran.out) == []
