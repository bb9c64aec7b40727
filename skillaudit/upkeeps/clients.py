"""Committed configurations of MCP clients, and the servers that those start from a registry."""

import re
from collections.abc import Iterator

from skillaudit.configuration import Node, Text, at, children, pairs, raw
from skillaudit.credentials import shorten
from skillaudit.model import Location
from skillaudit.treefiles import Files
from skillaudit.upkeep import ClientServer, Sign

_CLIENT = re.compile(
    r"(?:.*/)?(?:\.?mcp(?:[-_.][\w-]+)?\.json|[\w.-]+[-_.]mcp\.json|\.(?:vscode|cursor|roo|amazonq|kiro/settings"
    r"|junie/mcp|claude)/(?:mcp|settings(?:\.local)?)\.json"
    r"|[\w.-]*claude_desktop_config[\w.-]*\.json|mcp_config\.json|\.gemini/settings\.json|\.zed/settings\.json"
    r"|opencode\.jsonc?|cline_mcp_settings\.json"
    r"|gemini-extension\.json|\.claude-plugin/plugin\.json|mcp[-_]?(?:servers|settings|config)\.json)",
    re.IGNORECASE,
)
_KEYS = ("mcpServers", "servers", "context_servers", "mcp")
_RUNNERS = {"npx": "npm", "bunx": "npm", "pnpx": "npm", "uvx": "pypi", "pipx": "pypi"}
_SPOKEN = {
    ("pnpm", "dlx"): "npm",
    ("yarn", "dlx"): "npm",
    ("npm", "exec"): "npm",
    ("bun", "x"): "npm",
    ("uv", "tool"): "pypi",
}
_SHELLS = {"cmd", "cmd.exe", "sh", "bash", "zsh", "wsl"}
_TAKES = {
    "--python",
    "-p",
    "--index",
    "--index-url",
    "--default-index",
    "--registry",
    "--directory",
    "--env-file",
    "--with",
}
_NPM = re.compile(r"(?P<name>(?:@[\w.-]+/)?[\w][\w.-]*)(?:@(?P<version>\S+))?")
_PYPI = re.compile(r"(?P<name>[A-Za-z0-9][\w.-]*)(?:\[[\w,.-]+\])?(?:(?:@|===?)(?P<version>\S+))?")
_EXACT = re.compile(r"v?\d+\.\d+[\w.+-]*|v?\d+\.\d+\.\d+\S*")
_LOCAL = re.compile(r"[./~$\\]|[A-Za-z]:\\|file:|workspace:")


def read(files: Files) -> Iterator[Sign]:
    """One sign for each server that is started from a registry."""
    for file in files.matching(_CLIENT):
        root = files.tree(file.path)
        for key in _KEYS:
            for name, server in pairs(root, key):
                yield from _server(file.path, name, server)
        for name, server in pairs(root, "mcp", "servers"):
            yield from _server(file.path, name, server)


def _server(path: str, name: str, server: Node) -> Iterator[ClientServer]:
    started = at(server, "command")
    words = [(started.line, raw(started))] if isinstance(started, Text) else []
    words += [(one.line, raw(one)) for one in children(server, "command")] if not words else []
    words += [(one.line, raw(one)) for one in children(server, "args")]
    found = _package([word for _, word in words])
    if found is not None:
        place, package, pinned = found
        yield ClientServer(
            Location(path, words[place][0]), name, shorten(" ".join(word for _, word in words), 120), package, pinned
        )


def _package(words: list[str]) -> tuple[int, str, bool] | None:
    """Index of the word that names the package, the name, and whether it is pinned; None where nothing is fetched."""
    if len(words) == 1 and " " in words[0]:
        found = _package(words[0].split())
        return None if found is None else (0, *found[1:])
    start = next(
        (at for at, word in enumerate(words) if not (_base(word) in _SHELLS or word in {"/c", "/C", "-c", "-lc"})), 0
    )
    plain = words[start:]
    if len(plain) < 2 and not (plain and " " in plain[0]):  # noqa: PLR2004 - a runner and a package
        return None
    if " " in plain[0]:
        found = _package(plain[0].split())
        return None if found is None else (start, *found[1:])
    runner = _base(plain[0])
    ecosystem = _RUNNERS.get(runner) or _SPOKEN.get((runner, plain[1]))
    return _named(words, start + 1, ecosystem) if ecosystem else None


def _named(words: list[str], start: int, ecosystem: str) -> tuple[int, str, bool] | None:
    """The first word that is no option; ``--from`` and ``--package`` name the package themselves."""
    at = start
    while at < len(words):
        word = words[at]
        option, _, value = word.partition("=")
        if (option in {"--from", "--package", "--spec", "-p"} and ecosystem != "pypi") or option in {
            "--from",
            "--spec",
        }:
            place = at if value else at + 1
            return _judged(place, value or (words[place] if place < len(words) else ""), ecosystem)
        if word in _TAKES:
            at += 2
        elif word.startswith("-") or word in {"dlx", "exec", "x", "tool", "run"}:
            at += 1
        else:
            return _judged(at, word, ecosystem)
    return None


def _judged(place: int, word: str, ecosystem: str) -> tuple[int, str, bool] | None:
    if not word or _LOCAL.match(word):
        return None
    if "://" in word or word.startswith(("git+", "github:")):
        return place, word, re.search(r"[@#][0-9a-f]{40}", word) is not None
    found = (_NPM if ecosystem == "npm" else _PYPI).match(word)
    return (
        None if found is None else (place, found["name"], bool(found["version"] and _EXACT.fullmatch(found["version"])))
    )


def _base(word: str) -> str:
    return re.split(r"[/\\]", word)[-1].removesuffix(".cmd").removesuffix(".exe")
