"""What a tool can do to the world: by its declared hints, its name, what its handler reaches, its description.

The name decides where it holds a verb: people and models choose a tool by it. What the handler reaches decides for
names without one, because a tool that merely *uses* a process or a connection to read something still reads.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.facts import Effect
from skillaudit.linking.knowledge.vocabulary import words
from skillaudit.linking.names.program import Fn
from skillaudit.linking.names.symbols import External
from skillaudit.linking.registrations.toolbox import Candidate, Toolbox

_RUN = {
    "exec",
    "execute",
    "run",
    "rerun",
    "retry",
    "eval",
    "evaluate",
    "spawn",
    "invoke",
    "launch",
    "trigger",
    "dispatch",
}
_JUDGE = {"eval", "evaluate"}
_RUNNABLE = {
    "code", "script", "command", "commands", "cmd", "shell", "bash", "terminal", "python", "javascript",
    "process", "program", "pipeline", "workflow", "workflows", "job", "jobs", "build", "task", "action",
    "actions", "playbook", "function", "lambda", "expression", "macro", "container", "tool", "tools", "test",
    "tests", "agent", "notebook",
}  # fmt: skip
_READ_BY_RUNNING = {
    "query", "queries", "select", "search", "audit", "audits", "check", "checks", "analysis", "scan", "report",
    "diagnostics", "lint", "review", "mode", "explain", "benchmark", "sql",
}  # fmt: skip
_SEND = {"send", "broadcast", "notify", "email", "tweet", "sms", "dm"}
_SEND_MESSAGE = {"push", "post", "publish", "reply", "share", "forward"}
_MESSAGES = {
    "message",
    "messages",
    "email",
    "emails",
    "mail",
    "notification",
    "notifications",
    "sms",
    "tweet",
    "webhook",
    "dm",
}
_OUTSIDE = {"fetch", "browse", "crawl", "scrape", "download", "navigate", "visit"}
_OUTSIDE_NOUNS = {"webhook", "http", "url", "urls", "web", "internet", "website", "webpage"}
_MUTATION = {
    "create", "update", "delete", "remove", "write", "set", "add", "insert", "edit", "move", "rename", "copy",
    "patch", "put", "post", "upload", "modify", "append", "replace", "drop", "clear", "reset", "merge",
    "commit", "push", "assign", "enable", "disable", "start", "stop", "restart", "deploy", "cancel", "approve",
    "reject", "close", "open", "transition", "publish", "unpublish", "archive", "restore", "import", "apply",
    "save", "store", "upsert", "link", "unlink", "pin", "join", "leave", "grant", "revoke", "rotate",
    "register", "unregister", "attach", "detach", "transfer", "make", "generate", "setup", "sync", "configure",
    "install", "uninstall", "scale", "rollback", "resume", "pause", "reply", "draft", "log", "increment",
    "rebase", "init", "checkout", "stash", "tag", "cherry", "fork", "invite", "kill", "terminate", "flush",
    "expire", "format", "unmerge", "share", "lock", "unlock", "schedule", "submit", "mark", "complete", "chat",
    "toggle", "change", "provision", "watch", "unwatch", "subscribe", "unsubscribe", "follow", "unfollow",
    "reindex", "rebuild", "refresh", "wipe", "purge", "prune", "migrate", "seed", "mute", "unmute", "block",
    "ban", "activate", "deactivate", "bulk", "undo", "redo", "click", "reserve", "pay",
    "erase", "overwrite", "promote", "demote", "retire", "print", "acknowledge", "ack", "escalate", "snooze", "silence",
    "reassign", "unassign", "dismiss", "renew", "suspend", "unsuspend", "freeze", "unfreeze", "quarantine", "isolate",
    "drain", "cordon", "uncordon", "evict", "refund", "charge", "withdraw", "deposit", "buy", "sell", "mint", "burn",
    "truncate", "vacuum", "ingest", "star", "unstar", "vote", "finalize", "trash", "untrash", "decline",
}  # fmt: skip
_RETRIEVAL = {
    "get", "list", "search", "read", "find", "query", "show", "describe", "view", "lookup", "count", "check",
    "inspect", "status", "info", "summarize", "analyze", "analyse", "validate", "explain", "diff", "compare",
    "retrieve", "tree", "stat", "head", "tail", "ask", "recommend", "calculate", "convert", "verify", "select",
    "scan", "translate", "history", "help", "ping", "health", "export", "return", "poll", "detect", "assess",
    "correlate", "track", "monitor", "preview", "suggest", "whoami", "echo",
}  # fmt: skip
_TAKING_OUT = {"export", "dump", "backup"}
"""Verbs of tools that give something out, or write it into a file."""
_WRITERS = {"write_text", "write_bytes", "writeFile", "writeFileSync", "WriteFile"}
_PROCESS = re.compile(
    r"^(?:subprocess\.(?:run|Popen|call|check_call|check_output)|os\.(?:system|popen|exec\w+|spawn\w+)|"
    r"asyncio\.create_subprocess_\w+|child_process\.\w+|execa\b.*|os/exec\.Command(?:Context)?|builtins\.(?:eval|exec)|eval|exec)$"
)
_HTTP = re.compile(
    r"^(?:(?:requests|httpx|aiohttp|urllib3?|axios|got|undici|node-fetch)\b.*|fetch|net/http\.(?:Get|Post|NewRequest\w*|PostForm))$"
)
_WRITE = re.compile(
    r"^(?:fs(?:/promises)?\.(?:promises\.)?(?:write|append|unlink|rm|rename|mkdir|copy)\w*|"
    r"os\.(?:remove|unlink|rename|makedirs|rmdir|WriteFile|Remove\w*|Rename|Mkdir\w*|Create)|shutil\.(?!which)\w+)$"
)
_URL = re.compile(r"^(?:(?:\w+_)?ur[il]s?|endpoint|webhook|website)$", re.IGNORECASE)
_NEAR = 4
_FIRST_WORDS = 6


@dataclass(slots=True)
class Effects:
    """Classifies one tool at a time; what a function calls is remembered."""

    box: Toolbox
    _calls: dict[Fn, frozenset[Effect]] = field(default_factory=dict)

    def of(self, tool: Candidate) -> tuple[Effect, ...]:
        """The effect classes of a tool, the main one first; retrieval where nothing speaks for another."""
        read_only = "readOnlyHint" in tool.hints
        found = dict.fromkeys(_by_hint(tool.hints))
        named = list(_by_words(words(tool.name)))
        if Effect.MUTATION in named and "!destructiveHint" in tool.hints and read_only:
            named.remove(Effect.MUTATION)
        if self._takes_out(tool) and Effect.RETRIEVAL in named:
            named[named.index(Effect.RETRIEVAL)] = Effect.MUTATION
        found.update(dict.fromkeys(named))
        reached = self._reached(tool.handler) if not named else frozenset()
        if Effect.EXECUTION in reached:
            found[Effect.EXECUTION] = None
        if not found:
            found.update(dict.fromkeys(_by_words(words(tool.description.partition(".")[0])[:_FIRST_WORDS])))
        if not found and Effect.MUTATION in reached:
            found[Effect.MUTATION] = None
        if self._takes_address(tool.handler) or tool.made is not None:
            found[Effect.EXTERNAL] = None
        if read_only:
            found.pop(Effect.MUTATION, None)
        return tuple(found) or (Effect.RETRIEVAL,)

    def outward(self, tool: Candidate) -> bool:
        """Whether a tool can carry data to a place that its caller names, or to people: not only to the one API behind.

        A description says "fetch" of whatever is read, so only the name's verb counts.
        """
        if Effect.EXTERNAL not in self.of(tool):
            return False
        parts = words(tool.name)
        verbs = (part for part in parts if part in _VERBS)
        leads = next(verbs, "") in _SEND | _SEND_MESSAGE | _OUTSIDE
        return leads or bool({"webhook", "notify"} & set(parts)) or self._names_address(tool.handler)

    def _names_address(self, handler: Fn | None) -> bool:
        """Whether the caller hands in an address."""
        if handler is None:
            return False
        function = self.box.program.function(handler)
        names = {parameter.name for parameter in function.params}
        names |= {b.name for b in function.bindings if _is_argument(function, b.value)}
        names |= {
            v.name for n, v in enumerate(function.values) if isinstance(v, ir.Member) and _is_argument(function, n)
        }
        return any(_URL.match(name) for name in names)

    def _takes_out(self, tool: Candidate) -> bool:
        """Whether a tool that is named for giving something out writes it into a file."""
        if tool.handler is None or _TAKING_OUT.isdisjoint(words(tool.name)):
            return False
        near = self.box.calls.reach([tool.handler], depth=1)
        return any(not _WRITERS.isdisjoint(self._named(fn)) for fn in near)

    def _named(self, fn: Fn) -> Iterator[str]:
        """What a function calls, or hands over to be called: ``to_thread(path.write_text, text)``."""
        yield from (value.name for _, value in self.box.program.of_kind(fn, ir.Member))
        yield from (self.box.origins.name_of(fn.at(call.callee)) for _, call, _ in self.box.program.calls(fn))

    def _reached(self, handler: Fn | None) -> frozenset[Effect]:
        """What the handler's own code and what it calls nearby does."""
        reached = self.box.calls.reach([handler], depth=_NEAR) if handler else {}
        return frozenset(kind for fn in reached for kind in self._called(fn))

    def _takes_address(self, handler: Fn | None) -> bool:
        """Whether the caller names the address that the handler connects to."""
        if handler is None:
            return False
        function = self.box.program.function(handler)
        names = {parameter.name for parameter in function.params}
        names |= {b.name for b in function.bindings if _is_argument(function, b.value)}
        return any(_URL.match(name) for name in names) and Effect.EXTERNAL in self._reached(handler)

    def _called(self, fn: Fn) -> frozenset[Effect]:
        if fn not in self._calls:
            self._calls[fn] = frozenset(self._kinds(fn))
        return self._calls[fn]

    def _kinds(self, fn: Fn) -> Iterator[Effect]:
        for _, call, _ in self.box.program.calls(fn):
            for symbol in self.box.symbols.resolve(fn.at(call.callee)):
                if isinstance(symbol, External):
                    yield from (effect for effect, pattern in _SINKS if pattern.match(symbol.path))


def _is_argument(function: ir.Function, number: int) -> bool:
    """Whether a value is a parameter, or what it is taken apart into."""
    value = function.values[number]
    while isinstance(value, ir.Variable | ir.Member):
        value = function.values[value.value if isinstance(value, ir.Variable) else value.base]
    return isinstance(value, ir.Param)


_SINKS = ((Effect.EXECUTION, _PROCESS), (Effect.MUTATION, _WRITE), (Effect.EXTERNAL, _HTTP))


def _by_hint(hints: tuple[str, ...]) -> Iterator[Effect]:
    if "readOnlyHint" in hints:
        yield Effect.RETRIEVAL
    elif "destructiveHint" in hints:
        yield Effect.MUTATION


def _by_words(parts: tuple[str, ...]) -> Iterator[Effect]:
    """The first verb decides, with what it is done to."""
    for number, part in enumerate(parts):
        verb = part if part in _VERBS else part.rstrip("s")
        if verb == "log" and 0 < number == len(parts) - 1:
            verb = "history"  # ``git_log``: the log of something
        if verb in _VERBS:
            yield from _of_verb(verb, parts[number + 1 :], parts)
            break
    if not _OUTSIDE_NOUNS.isdisjoint(parts):
        yield Effect.EXTERNAL


def _of_verb(verb: str, objects: tuple[str, ...], parts: tuple[str, ...]) -> Iterator[Effect]:
    if verb in _JUDGE and objects and _RUNNABLE.isdisjoint(objects):
        yield Effect.RETRIEVAL
    elif verb == "dispatch" and objects and _RUNNABLE.isdisjoint(objects):
        yield Effect.MUTATION
    elif verb in _RUN:
        reads = objects[-1:] and objects[-1] in _READ_BY_RUNNING
        reads = reads or (not _READ_BY_RUNNING.isdisjoint(objects) and _RUNNABLE.isdisjoint(objects))
        yield Effect.RETRIEVAL if reads else Effect.EXECUTION
    elif verb in _SEND or (verb in _SEND_MESSAGE and not _MESSAGES.isdisjoint(parts)):
        yield Effect.EXTERNAL
    elif verb == "download":
        yield from (Effect.RETRIEVAL, Effect.EXTERNAL)
    elif verb in _OUTSIDE:
        yield Effect.EXTERNAL
    elif verb == "create" and "run" in objects:
        yield Effect.EXECUTION
    else:
        yield Effect.MUTATION if verb in _MUTATION else Effect.RETRIEVAL


_VERBS = _RUN | _SEND | _SEND_MESSAGE | _OUTSIDE | _MUTATION | _RETRIEVAL
