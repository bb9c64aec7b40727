"""Tools that say by name and description that they do what the caller asks: run a command, fetch an address."""

import re
from collections.abc import Iterable

from skillaudit.codeflows import Danger
from skillaudit.linking.knowledge.vocabulary import words
from skillaudit.linking.registrations.toolbox import Candidate

_RUN = {"run", "exec", "execute", "shell", "bash", "terminal", "command", "commands", "cmd", "eval", "evaluate",
        "script", "code", "spawn", "process", "python", "javascript", "powershell"}  # fmt: skip
_FETCH = {"fetch", "browse", "crawl", "scrape", "download", "navigate", "visit", "open", "http", "request", "curl",
          "screenshot", "extract", "goto", "clone", "import"}  # fmt: skip
_RUNNABLE = re.compile(
    r"\b(?:commands?|shell|code|scripts?|expressions?|processes|process|program|terminal|CLI)\b", re.IGNORECASE
)
_FETCHABLE = re.compile(
    r"\b(?:URLs?|web ?pages?|web ?sites?|web content|link|address|repositor(?:y|ies)|HTTP(?:S|\(S\))? requests?)\b",
    re.IGNORECASE,
)


_MAKE = {"create", "add", "rotate", "reset", "regenerate", "generate", "issue", "mint", "renew", "refresh", "register",
         "new", "exchange", "login", "provision"}  # fmt: skip
_GIVE = {"get", "read", "show", "reveal", "retrieve", "fetch", "access", "view", "lookup", "list"}
_GIVEN = re.compile(
    r"\b(?:secrets?|tokens?|passwords?|credentials?|OAuth|(?:api|access|private|client)[ _-]?keys?|authentication)\b",
    re.IGNORECASE,
)
_VALUES = re.compile(
    r"\b(?:values?|contents?|plain ?text|decrypt\w*|reveals?)\b.*\bsecrets?\b|\bsecrets?(?:'s)? values?\b|"
    r"\bpasswords?\b",
    re.IGNORECASE,
)


def gives_credentials(tool: Candidate) -> bool:
    """Whether a tool says that it makes credentials, or that it gives out those that are kept for its user."""
    named, said = set(words(tool.name)), f"{' '.join(words(tool.name))} {tool.description}"
    if not named.isdisjoint(_MAKE):
        return bool(_GIVEN.search(said))
    return not named.isdisjoint(_GIVE) and bool(_VALUES.search(said))


def declared(danger: Danger, tools: Iterable[tuple[str, str]], value: str) -> bool:
    """Whether every tool that takes the value is, by name and description, there to do as it is told."""
    held = list(tools)
    match danger:
        case Danger.ADDRESS:
            return bool(held) and all(_says(tool, _FETCH, _FETCHABLE, value) for tool in held)
        case Danger.COMMAND | Danger.CODE | Danger.ARGUMENT:
            return bool(held) and all(_says(tool, _RUN, _RUNNABLE, value) for tool in held)
        case _:
            return False


def _says(tool: tuple[str, str], verbs: set[str], nouns: re.Pattern[str], value: str) -> bool:
    name, description = tool
    named = not verbs.isdisjoint(words(name))
    return named and bool(nouns.search(description) or nouns.search(value.replace("_", " ")))
