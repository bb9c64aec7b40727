"""What a tool can do to the world: by its declared hints, its name, and the calls its handler reaches."""

from collections.abc import Iterator

from skillaudit.facts import Effect
from skillaudit.linking.vocabulary import words

_EXECUTION = {
    "exec",
    "execute",
    "run",
    "eval",
    "shell",
    "command",
    "script",
    "bash",
    "terminal",
    "sql",
    "python",
    "code",
    "evaluate",
    "spawn",
}
_EXTERNAL = {
    "fetch",
    "browse",
    "crawl",
    "scrape",
    "download",
    "webhook",
    "http",
    "url",
    "web",
    "navigate",
    "visit",
    "internet",
}
_MUTATION = {
    "create", "update", "delete", "remove", "write", "set", "add", "insert", "edit", "move", "rename", "copy", "patch", "put",
    "post", "send", "upload", "modify", "append", "replace", "drop", "clear", "reset", "merge", "commit", "push", "assign",
    "enable", "disable", "start", "stop", "restart", "deploy", "cancel", "approve", "reject", "close", "open", "transition",
    "publish", "unpublish", "archive", "restore", "import", "apply", "save", "store", "upsert", "link", "unlink", "pin", "join",
    "leave", "grant", "revoke", "rotate", "register", "unregister", "attach", "detach", "transfer", "make", "generate", "setup",
    "configure", "install", "uninstall", "scale", "rollback", "trigger", "resume", "pause", "reply", "draft", "broadcast", "log",
    "increment", "rebase", "init", "checkout", "stash", "tag", "cherry", "fork", "invite", "kill", "terminate", "flush", "expire",
    "format", "unmerge", "share", "lock", "unlock", "schedule", "submit", "mark", "complete", "chat", "toggle", "change", "provision",
}  # fmt: skip
_RETRIEVAL = {
    "get", "list", "search", "read", "find", "query", "show", "describe", "view", "lookup", "count", "check", "inspect", "status",
    "info", "summarize", "analyze", "analyse", "validate", "explain", "diff", "compare", "retrieve", "tree", "stat", "head", "tail",
    "ask", "recommend", "calculate", "convert", "verify", "select", "scan", "translate", "history", "watch", "help", "ping", "health",
}  # fmt: skip


def effects_of(name: str, description: str, hints: tuple[str, ...]) -> tuple[Effect, ...]:
    """The effect classes of a tool, the main one first; retrieval where nothing speaks for another."""
    found = dict.fromkeys(_by_hint(hints))
    found.update(dict.fromkeys(_by_words(words(name))))
    if not found or set(found) == {Effect.RETRIEVAL}:
        found.update(dict.fromkeys(_by_words(words(description.partition(".")[0])[:6])) if not found else {})
    if "readOnlyHint" in hints:
        found.pop(Effect.MUTATION, None)
    return tuple(found) or (Effect.RETRIEVAL,)


def _by_hint(hints: tuple[str, ...]) -> Iterator[Effect]:
    if "readOnlyHint" in hints:
        yield Effect.RETRIEVAL
    elif "destructiveHint" in hints:
        yield Effect.MUTATION


def _by_words(parts: tuple[str, ...]) -> Iterator[Effect]:
    """The first verb decides; a word for execution or the outside adds its class."""
    for part in parts:
        verb = next((e for e, held in _VERBS if part in held or part.rstrip("s") in held), None)
        if verb is not None:
            yield verb
            break
    if not _EXTERNAL.isdisjoint(parts):
        yield Effect.EXTERNAL


_VERBS = (
    (Effect.EXECUTION, _EXECUTION - {"code", "python", "sql", "url"}),
    (Effect.EXTERNAL, {"fetch", "browse", "crawl", "scrape", "download", "navigate", "visit"}),
    (Effect.MUTATION, _MUTATION),
    (Effect.RETRIEVAL, _RETRIEVAL),
)
