"""Code that runs in a browser: what it writes stands in the visitor's console, which no operator sees."""

import re

from skillaudit import ir

_GLOBALS = {"document", "window", "localStorage", "sessionStorage", "chrome", "navigator", "HTMLElement", "location"}
_VIEWS = re.compile(r"^(?:react|react-dom|preact|vue|svelte|solid-js|lit|@angular/core|@remix-run/react)(?:/|$)")
_NODE = re.compile(
    r"^(?:node:|bun:|@modelcontextprotocol/|express$|fastify$|koa$|hono$|fs(?:/|$)|path$|os$|http$|https$|net$|stream$|"
    r"child_process$|crypto$|url$|util$|process$|module$|worker_threads$|puppeteer|playwright|commander$|yargs$|ink$|"
    r"pino$|winston$|dotenv)"
)
_FEWEST = 3
_SCRIPTS = {"javascript", "typescript"}


def in_browser(module: ir.Module) -> bool:
    """Whether a file is made for a browser: it uses the page or a view library, and nothing of a server's platform."""
    if module.language not in _SCRIPTS:
        return False
    values = [value for function in module.functions for value in function.values]
    imported = {value.module for value in values if isinstance(value, ir.Import)}
    names = {value.name for value in values if isinstance(value, ir.Name)}
    if any(_NODE.match(name) for name in imported) or not names.isdisjoint({"process", "require", "__dirname", "Deno"}):
        return False
    bound = {binding.name for function in module.functions for binding in function.bindings}
    uses = sum(isinstance(value, ir.Name) and value.name in _GLOBALS - bound for value in values)
    return uses >= _FEWEST or any(_VIEWS.match(name) for name in imported)
