"""What names say: which identifiers name a credential and which only mention one.

The words come from the catalogue's "Sensitive data"; the exceptions are the field's most reported false positives (LLM
token counts, page and progress tokens, names, types, expiry, presence).
"""

import re
from functools import lru_cache

_WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")

_CREDENTIALS = {
    "password", "passwd", "passphrase", "secret", "apikey", "token", "jwt", "bearer", "credential",
    "credentials", "cookie", "cookies", "authorization", "dsn", "pat", "accesstoken", "authtoken", "passcode",
    "otp",
}  # fmt: skip
_PAIRS = {
    ("api", "key"), ("access", "key"), ("secret", "key"), ("private", "key"), ("auth", "key"), ("encryption", "key"),
    ("signing", "key"), ("master", "key"), ("account", "key"), ("service", "key"), ("ssh", "key"), ("admin", "key"),
    ("role", "key"), ("subscription", "key"), ("jwt", "key"), ("hmac", "key"), ("openai", "key"),
    ("stripe", "key"),
    ("connection", "string"), ("database", "url"), ("auth", "header"), ("authorization", "header"),
    ("authorization", "code"), ("auth", "code"), ("code", "verifier"), ("conn", "str"), ("mongodb", "uri"),
    ("access", "tokens"), ("refresh", "tokens"), ("auth", "tokens"), ("api", "tokens"), ("bearer", "tokens"),
    ("oauth", "tokens"), ("api", "keys"), ("secret", "value"), ("client", "secrets"), ("basic", "auth"),
    ("mfa", "code"), ("otp", "code"), ("totp", "code"),
    ("recovery", "code"), ("recovery", "codes"), ("backup", "codes"),
}  # fmt: skip
_VARIABLES = {("storage", "key")}
"""Of a variable alone: elsewhere it is what something is stored under."""
_SSH = {("ssh", "key")}
"""Of a variable: mostly the path of one."""
_TRAILING = {"value", "values", "raw", "str", "string", "text", "header", "data", "plain", "decoded", "base", "64", "b"}
_NOT_BEFORE_TOKEN = {
    "next", "page", "paging", "pagination", "prev", "previous", "cancel", "cancellation", "progress", "continuation",
    "continue", "sync", "resume", "max", "min", "total", "prompt", "completion", "input", "output", "num", "n", "count",
    "eos", "bos", "pad", "stop", "special", "lexer", "parser", "syntax", "abort", "change", "delta", "skip", "scroll",
    "marker", "search", "query", "invalid", "no", "missing", "has", "is", "per", "by", "math", "word", "comment",
    "operator", "keyword", "current", "last", "first", "each", "claim", "idempotency", "dedup", "list", "start",
    "resumption",
}  # fmt: skip
_ASKING = {
    "has", "is", "no", "use", "uses", "needs", "requires", "missing", "invalid", "valid", "with", "without", "num",
    "manage", "manages", "allow", "allows", "allowed", "can", "enable", "enables", "disable", "require", "supports",
    "should",
}  # fmt: skip
_ACCOUNTS = {
    "db", "database", "user", "admin", "root", "smtp", "mail", "email", "imap", "ftp", "sftp", "ssh", "ldap", "mysql",
    "pg", "postgres", "postgresql", "redis", "mongo", "rabbitmq", "proxy", "login", "account", "auth", "sudo",
}  # fmt: skip
"""Before `pass`: whose it is."""

_ACTIONS = {
    "get", "list", "create", "delete", "revoke", "rotate", "remove", "validate", "generate", "issue", "fetch",
}  # fmt: skip
"""How the name of an action begins; `refresh`, `reset`, `verify` and `set` also begin names of values."""

_PUBLIC = {"sentry", "public", "publishable", "client", "bugsnag"}
"""Before `dsn` or `key`: made to be embedded in what everybody can read."""

_HARMLESS_VARIABLES = re.compile(
    r"(?:_FILE|_PATH|_NAME|_ID|_TTL|_EXPIRY|_EXPIRES(?:_IN)?|_ENABLED|_TYPE|_LENGTH|_ALGORITHM|_ISSUER|_AUDIENCE|"
    r"_ENDPOINT|_URI|_URL|_HOST|_PORT|_LIMIT|_TIMEOUT|_ROTATION|_HEADER|_PREFIX|_SCOPES?|_MODE|_DAYS|_SECONDS)$|"
    r"SECURE_?COOKIES?$|COOKIES?_?(?:(?:IS_?)?SECURE|SAME_?SITE|HTTP_?ONLY|DOMAIN|MAX_?AGE|AGE|LIFETIME|CONSENT|POLICY|DAYS)$"
)
_SECRET_VARIABLES = re.compile(
    r"TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIAL|CONNECTION_?STRING|"
    r"DATABASE_URL|(?:^|_)DSN$|COOKIE|BEARER|(?:^|_)PAT$|_PWD$|"
    r"AUTH_?KEY|ENCRYPTION_?KEY|SIGNING_?KEY|WEBHOOK_URL$|(?<!BY)(?:^|_)PASS$"
)
_CONNECTING = re.compile(
    r"(?:DATABASE|REDIS|MONGO(?:DB)?|POSTGRES(?:QL)?|WEBHOOK|MYSQL|MARIADB|MSSQL|AMQP|RABBITMQ)_UR[IL]$|(?:^|_)(?:DB|PG)_UR[IL]$"
)
_EMBEDDED = re.compile(r"SENTRY(?:_\w+)?_DSN$|SENTRY_DSN")
"""Made to be embedded in what everybody can read."""

_DIRECTORIES = {"PWD", "OLDPWD", "INIT_CWD"}
_COUNTS = re.compile(
    r"(?:MAX|MIN|TOTAL|NUM|PROMPT|INPUT|OUTPUT|COMPLETION|CONTEXT)_?TOKENS?|TOKENS$|TOKEN_?(?:LIMIT|COUNT|BUDGET)"
)


@lru_cache(maxsize=65536)
def words(name: str) -> tuple[str, ...]:
    """An identifier's words in lower case: ``refreshTokenURL`` has ``refresh``, ``token``, ``url``."""
    return tuple(word.lower() for word in _WORDS.findall(name))


_PLAIN_KEYS = {
    "idempotency", "cache", "partition", "routing", "sort", "surrogate", "public", "row", "object", "primary", "dedup",
    "deduplication", "shard", "group", "lookup",
}  # fmt: skip
"""Before ``key`` in a header's name: what is looked up or kept apart by it."""


@lru_cache(maxsize=65536)
def names_credential(name: str) -> bool:
    """Whether what has this name holds a credential itself, not its id, type, count or presence."""
    parts = list(words(name))
    if name.isupper() and "_" in name:
        return names_secret_variable(name)
    while len(parts) > 1 and parts[-1] in _TRAILING and tuple(parts[-2:]) not in _PAIRS:
        parts.pop()
    if not parts or parts[0] in _ASKING or (len(parts) > 1 and parts[0] in _ACTIONS):
        return False
    if (parts[-1] == "dsn" and not _PUBLIC.isdisjoint(parts)) or tuple(parts) == ("secure", "cookie"):
        return False
    header = parts[0] == "x" and parts[-1] == "key" and parts[1:-1] and _PLAIN_KEYS.isdisjoint(parts)
    if header or tuple(parts[-2:]) in _PAIRS:
        return True
    if parts[-1] == "token" and len(parts) > 1 and parts[-2] in _NOT_BEFORE_TOKEN:
        return False
    alone = len(parts) == 1  # `pwd` is the working directory then
    short = not alone and (parts[-1] == "pwd" or (parts[-1] == "pass" and parts[-2] in _ACCOUNTS))
    return short or parts[-1] in _CREDENTIALS


_NO_SECRETS = re.compile(
    r"^\s*(?:unique\s+)?symbol\b|\b(?:Injection|Service|Provider)(?:Token|Identifier|Key)\b|"
    r"\bCancell?(?:ation)?Token\b|\bAbortSignal\b|^\s*(?:bool|boolean|int|number|float)\s*$"
)


def types_secret(type_text: str) -> bool:
    """Whether a parameter of this declared type may hold a secret in clear text: no key of an injected service."""
    return "SecretStr" not in type_text and not _NO_SECRETS.search(type_text)


@lru_cache(maxsize=4096)
def names_secret_variable(name: str) -> bool:
    """Whether an environment variable of this name holds a secret."""
    upper = name.upper()
    if _COUNTS.search(upper) or upper in _DIRECTORIES or _EMBEDDED.search(upper):
        return False
    if _CONNECTING.search(upper) or words(upper)[-2:] in (_PAIRS | _VARIABLES) - _SSH:
        return True
    return bool(_SECRET_VARIABLES.search(upper)) and not _HARMLESS_VARIABLES.search(upper)


_SWITCHES = {
    "feature", "features", "flag", "flags", "ff", "lc", "lang", "locale", "tz", "term", "color", "xdg", "enable",
    "disable", "toggle", "experiment", "language", "public",
}  # fmt: skip


@lru_cache(maxsize=4096)
def names_switches(beginning: str) -> bool:
    """Whether environment variables that begin so switch something on or tell a language: ``FEATURE_``, ``LC_``."""
    parts = words(beginning)
    return bool(parts) and parts[-1] in _SWITCHES


_REFERENCES = {
    "path", "file", "filename", "dir", "directory", "folder", "url", "name", "id", "type", "count", "length", "arn",
    "endpoint",
}  # fmt: skip


_CONNECTED = {
    "db", "database", "redis", "mongo", "mongodb", "postgres", "postgresql", "pg", "mysql", "sql", "amqp", "rabbitmq",
    "broker", "webhook", "connection", "conn",
}  # fmt: skip
"""What is connected to by addresses that hold a password."""


@lru_cache(maxsize=65536)
def names_reference(name: str) -> bool:
    """Whether a variable of this name tells where a secret lies, or something about it, and not the secret."""
    parts = words(name)
    if len(parts) > 1 and parts[-1] == "token" and parts[-2] in _NOT_BEFORE_TOKEN:
        return True
    holds = len(parts) > 1 and parts[-1] == "url" and parts[-2] in _CONNECTED
    return len(parts) > 1 and parts[-1] in _REFERENCES and parts[-2:] not in _PAIRS and not holds


_IDENTIFIERS = {
    "id", "ids", "key", "number", "status", "code", "type", "version", "sha", "hash", "count", "total", "uuid", "index",
    "kind",
}  # fmt: skip
_WHEN = {"expires", "expiry", "expiration"}


@lru_cache(maxsize=65536)
def names_identifier(name: str) -> bool:
    """Whether a field of an upstream answer is a number or an opaque identifier, which cannot hold a line break."""
    parts = words(name)
    return bool(parts) and (parts[-1] in _IDENTIFIERS or parts[0] in _WHEN)


_CONSTANTS = re.compile(
    r"^(?!(?:AWS|GCP|S3|DB|SMTP|IMAP|LDAP|SSO|OIDC|S?FTP)$)[A-Z][A-Z0-9_]+$|"
    r"^[A-Z]\w*(?:Ids?|Events?|Codes?|Types?|Kinds?|Names|Keys|Errors|Fields|Messages|Actions)$"
)


@lru_cache(maxsize=65536)
def names_constants(name: str) -> bool:
    """Whether an object of this name is a table of constants or descriptions: ``LogId.tokenRefreshed``."""
    return bool(_CONSTANTS.match(name))


_SECRECY = {"secret", "sensitive", "private", "confidential", "masked", "hidden", "redacted", "password"}
_FLAGS = {"is", "mask", "hide", "redact", "should"}


@lru_cache(maxsize=4096)
def names_secrecy(name: str) -> bool:
    """Whether a truth of this name says that a value is secret: ``is_secret``, ``sensitive``, ``hideValue``."""
    parts = words(name)
    if parts in {("secret",), ("sensitive",), ("masked",), ("hidden",), ("redact",), ("mask",)}:
        return True
    return len(parts) > 1 and parts[0] in _FLAGS and (parts[-1] in _SECRECY or parts[0] in {"mask", "hide", "redact"})


_BAGS = {
    "params", "args", "arguments", "payload", "kwargs", "options", "opts", "body", "data", "input", "parameters",
    "request", "json",
}  # fmt: skip


@lru_cache(maxsize=4096)
def names_bag(name: str) -> bool:
    """Whether a parameter of this name takes whatever there is, in one record."""
    parts = words(name)
    return bool(parts) and parts[-1] in _BAGS


_FREE_TEXT = {
    "query", "text", "message", "messages", "content", "contents", "body", "prompt", "command", "sql", "question",
    "input", "data", "payload", "code", "script", "answer", "answers", "comment", "statement", "html", "markdown",
    "document", "note", "notes", "search", "expression", "instruction", "instructions", "request", "args", "arguments",
    "params", "values", "fields", "cmd", "config", "configuration", "argv", "commandline", "cmdline", "stdin",
    "snippet", "thought", "thoughts", "transcript", "feedback", "conversation", "utterance", "parameters",
    "description", "queries", "commands", "prompts", "comments", "statements", "scripts", "yaml", "xml",
}  # fmt: skip


@lru_cache(maxsize=65536)
def names_free_text(name: str) -> bool:
    """Whether a tool argument of this name holds what a person or an agent wrote, and not a path, an id or a choice."""
    parts = words(name)
    return bool(parts) and (parts[-1] in _FREE_TEXT or "".join(parts[-2:]) in _FREE_TEXT)


_PLAIN = {
    "id", "ids", "uuid", "name", "names", "key", "keys", "path", "paths", "file", "type", "kind", "status", "state",
    "number", "count", "limit", "offset", "page", "size", "index", "version", "date", "time", "timestamp", "timeout",
    "start", "end", "since", "until", "region", "zone", "project", "workspace", "branch", "tag", "format", "language",
    "locale", "sort", "order", "level", "mode", "depth", "width", "height", "enabled", "force", "server", "tool",
    "identifier", "identifiers", "user", "username", "account", "owner", "repo", "repository", "group", "organization",
    "cursor", "model", "unit", "units", "currency", "country", "max", "min", "latitude", "longitude", "lat", "lon",
}  # fmt: skip


@lru_cache(maxsize=65536)
def names_plain(name: str) -> bool:
    """Whether a tool argument of this name is an id, a name, a place, a number or a choice."""
    parts = words(name)
    return bool(parts) and parts[-1] in _PLAIN


_LOG_WORDS = {
    "log", "logger", "logging", "debug", "info", "warn", "warning", "error", "trace", "verbose", "audit", "emit",
    "print", "notice", "fatal", "critical", "security", "event", "stderr", "console", "slog", "report", "record",
}  # fmt: skip
_NOT_LOGGERS = re.compile(
    r"dialog|catalog|blog|changelog|backlog|prolog|analog|login|logout|logic|logo|logit", re.IGNORECASE
)
_LOGGER_NAME = re.compile(r"^_*(?:\w*logger|\w*_log|log|\w+Log|logging|LOG|LOGGER|slog)_*$", re.IGNORECASE)


_WORKING = {
    "get", "fetch", "list", "find", "load", "read", "update", "set", "save", "delete", "query", "search", "describe",
    "parse", "is", "has", "count", "build", "make", "create", "extract", "download", "upload",
}  # fmt: skip
"""How a function's name begins that works with what is called an event, an error, a report or an info."""


def names_logging(name: str) -> bool:
    """Whether a function of this name presents itself as one that writes records."""
    parts = words(name.removesuffix("f"))
    told = bool(parts) and parts[0] not in _WORKING and not _LOG_WORDS.isdisjoint((parts[0], parts[-1]))
    return told and not _NOT_LOGGERS.search(name)


_OFFICES = {
    "service", "controller", "repository", "store", "manager", "client", "server", "router", "module", "resolver",
    "gateway", "builder", "tool", "provider", "generator", "dto", "model", "processor", "api",
}  # fmt: skip
_RECORDING = {"log", "logger", "logging", "logs", "audit", "trace", "console", "debug"}


def names_recorder(name: str) -> bool:
    """Whether a class of this name presents itself as one that writes records; an ``EventStore`` does not."""
    parts = words(name)
    return names_logging(name) and not (parts[-1] in _OFFICES and _RECORDING.isdisjoint(parts))


def names_logger(name: str) -> bool:
    """Whether an object of this name presents itself as a logger."""
    return bool(_LOGGER_NAME.match(name)) and not _NOT_LOGGERS.search(name)


def names_logger_class(name: str) -> bool:
    """Whether a class of this name presents itself as a logger: ``LoggerBase``, ``BaseLogger``, ``AuditLog``."""
    parts = words(name)
    named = bool(parts) and not {"logger", "logging", "log"}.isdisjoint((parts[0], parts[-1]))
    return (named or names_logger(name)) and not _NOT_LOGGERS.search(name)
