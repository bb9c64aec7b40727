"""What has no effect outside the process: foreign functions by path, methods by name."""

import re

PURE_ROOTS = re.compile(
    r"^(?:"
    r"Array|Boolean|Buffer|Date|Error|JSON|Map|Math|Number|Object|RegExp|Set|String|all|any|append|bool|"
    r"cap|collections|console|copy|crypto|dataclasses|datetime|delete|dict|encoding/json|enumerate|errors|"
    r"float|fmt|frozenset|functools|getattr|github\.com/(?:sirupsen/logrus|rs/zerolog\S*)|"
    r"github\.com/mark3labs/mcp-go/mcp|github\.com/modelcontextprotocol/go-sdk/mcp|go\.uber\.org/zap|"
    r"hasattr|hashlib|hmac|inspect|int|isinstance|itertools|json|len|list|log|log/slog|logging|loguru|make|"
    r"math|max|mcp\.types|min|msgspec|new|panic|performance|pino|print|process|pydantic|range|re|repr|set|"
    r"sorted|str|strconv|strings|structlog|sum|super|textwrap|time|traceback|tuple|type|typing|uuid|z|zip|"
    r"zod|parseInt|parseFloat|(?:en|de)codeURI(?:Component)?|structuredClone|atob|btoa|isNaN|isFinite|BigInt|Symbol|URL|"
    r"URLSearchParams|path|posixpath|os\.path|util\.(?:format|inspect)|Intl|Text(?:En|De)coder"
    r")(?:$|[.(])"
)
_LOOKED_UP = re.compile(
    r"^(?:(?:dict|Map|WeakMap|collections\.\w+)\(\)\.(?:get|pop|setdefault)|getattr|next)\(\)(?P<inside>.?)"
)
_ERRORS = re.compile(r"(?:Error|Exception)$")
PURE_METHODS = {
    "BindArguments", "Debug", "Err", "Error", "GetArguments", "GetBool", "GetFloat", "GetInt", "GetString", "Info",
    "Milliseconds", "Msg", "RequireBool", "RequireFloat", "RequireInt", "RequireString", "Seconds", "Since", "Str",
    "String", "Sub", "Warn", "With", "WithField", "WithFields", "add", "append", "concat", "copy", "debug",
    "decode", "dict", "digest", "encode", "endsWith", "endswith", "entries", "error", "every", "exception",
    "extend", "filter", "find", "flat", "flatMap", "forEach", "format", "from", "get", "has", "hexdigest", "inc",
    "includes", "info", "isoformat", "items", "join", "json", "keys", "labels", "lower", "map", "match",
    "model_dump", "model_dump_json", "model_validate", "monotonic", "now", "observe", "padEnd", "padStart", "parse",
    "perf_counter", "pop", "push", "reduce", "replace", "report_progress", "safeParse", "set", "setAttribute",
    "set_attribute", "setdefault", "slice", "some", "sort", "split", "startsWith", "startswith", "strftime",
    "strip", "test", "text", "time", "toFixed", "toISOString", "toLowerCase", "toString", "toUpperCase",
    "total_seconds", "trim", "update", "upper", "values", "warn", "warning"
}  # fmt: skip


def is_pure(path: str, *, awaited: bool) -> bool:
    """Whether a foreign call has no effect: not what is run of something that was looked up."""
    found = _LOOKED_UP.match(path)
    if found is not None and (awaited or found["inside"]):
        return False
    return PURE_ROOTS.match(path) is not None or _ERRORS.search(path) is not None
