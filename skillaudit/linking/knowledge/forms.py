"""What a foreign call does to a value that passes through it: keeps it, takes a piece, or leaves nothing of it."""

import re
from enum import Enum


class Effect(Enum):
    """What remains of an argument (or of the receiver) in the result."""

    KEEPS = "keeps"
    PIECE = "piece"
    ESCAPES = "escapes"
    NOTHING = "nothing"
    UNKNOWN = "unknown"


# Methods of a text, container or record that give the receiver back in another dress.
_SAME = {
    "strip", "lstrip", "rstrip", "lower", "upper", "title", "encode", "decode", "format", "join", "copy", "trim",
    "toString", "toLowerCase", "toUpperCase", "concat", "padEnd", "padStart", "get_secret_value", "getSecretValue",
    "model_dump", "model_dump_json", "dict", "json", "to_dict", "asdict", "toJSON", "items", "values", "entries",
    "String", "Bytes", "trimEnd", "trimStart", "text", "read", "tobytes", "valueOf", "getvalue", "casefold", "flat",
    "reverse", "sort", "unwrap", "removeprefix", "removesuffix", "then", "catch", "finally", "Error", "to_json",
    "serialize", "hex", "getOrElse", "repeat", "map", "filter", "Query", "EscapedPath", "RequestURI", "getQuery",
    "result", "Encode", "format_map", "center", "ljust", "rjust", "zfill", "expandtabs", "swapcase", "capitalize",
    "trimLeft", "trimRight", "toLocaleLowerCase", "toLocaleUpperCase", "toWellFormed", "toSorted",
    "toReversed", "_asdict", "geturl",
    "Text", "ReadString", "ReadBytes", "ReadLine",
}  # fmt: skip
_PIECES = {
    "slice", "substring", "substr", "split", "partition", "rpartition", "rsplit", "at", "charAt", "splitlines", "pop",
    "shift",
}  # fmt: skip
_NOTHING_METHODS = {
    "startswith", "endswith", "startsWith", "endsWith", "includes", "has", "is_set", "isEmpty", "keys", "hexdigest",
    "digest", "count", "index", "find", "indexOf", "isdigit", "isnumeric", "test", "search", "match", "exists",
    "equals", "contains", "Len", "IsZero", "hashCode", "some", "every", "is_expired", "isExpired", "findIndex", "size",
    "length", "total_seconds",
}  # fmt: skip
_ESCAPING = {
    "URL", "url.URL",  # the WHATWG parser takes line breaks out
    "repr", "JSON.stringify", "json.dumps", "ascii", "strconv.Quote", "urllib.parse.quote",
    "encodeURIComponent", "orjson.dumps", "encoding/json.Marshal", "util.inspect", "encodeURI",
    "urllib.parse.quote_plus", "ujson.dumps", "simplejson.dumps",
    "msgspec.json.encode", "net/url.QueryEscape", "net/url.PathEscape", "strconv.QuoteToASCII",
    "encoding/json.MarshalIndent", "querystring.escape", "safe-stable-stringify", "fast-safe-stringify",
    "fast-json-stable-stringify", "btoa", "base64.b64encode", "base64.urlsafe_b64encode", "base64.standard_b64encode",
    "binascii.hexlify", "gopkg.in/yaml.v2.Marshal", "gopkg.in/yaml.v3.Marshal", "github.com/goccy/go-yaml.Marshal",
    "sigs.k8s.io/yaml.Marshal", "encoding/xml.Marshal", "encoding/xml.MarshalIndent",
    "github.com/pelletier/go-toml/v2.Marshal",
}  # fmt: skip
_KEEPING = {
    "io.ReadAll", "io/ioutil.ReadAll", "encoding/json.NewDecoder", "encoding/xml.NewDecoder", "bufio.NewReader",
    "bufio.NewScanner", "io.LimitReader", "io.NopCloser", "net/http.MaxBytesReader", "Buffer.concat", "io.TeeReader",
    "ioutil.ReadAll", "urllib.parse.urlparse", "net/url.Parse", "url.parse",
    "shlex.quote", "shlex.join", "validator.escape", "lodash.escape", "he.encode", "he.escape", "escape-html",
    "querystring.parse", "querystring.decode", "qs.parse", "url.resolve", "url.format",
    "str", "dict", "list", "tuple", "set", "sorted", "String", "Buffer.from", "format", "bytes", "bytearray", "vars",
    "Object.assign", "Object.entries", "Object.values", "Object.fromEntries", "structuredClone", "fmt.Sprintf",
    "fmt.Sprint", "fmt.Sprintln", "fmt.Errorf", "errors.New", "json.loads", "JSON.parse", "dataclasses.asdict",
    "copy.copy", "copy.deepcopy", "base64.b64decode", "base64.urlsafe_b64decode", "atob",
    "urllib.parse.unquote", "decodeURIComponent", "decodeURI", "unescape", "textwrap.dedent",
    "Promise.resolve", "Promise.all", "Array.from",
    "Object.freeze", "strings.TrimSpace", "strings.Join", "strings.ToLower", "strings.ToUpper", "strings.TrimPrefix",
    "strings.TrimSuffix", "strings.Replace", "strings.ReplaceAll", "string", "[][]", "[]byte", "append", "max", "min",
    "next", "iter", "reversed", "zip", "map", "filter", "Error", "TypeError", "ValueError", "RuntimeError", "Exception",
    "pprint.pformat", "bytes.NewBuffer", "bytes.NewReader", "util.format", "traceback.format_exc", "inspect.cleandoc",
    "Headers", "Map", "URLSearchParams", "os.path.expandvars", "asyncio.gather", "asyncio.wait_for",
    "enumerate", "bytes.decode", "str.join", "encoding/json.RawMessage", "strings.Trim", "strings.TrimLeft",
    "strings.TrimRight", "strings.Split", "strings.Fields", "strings.ToValidUTF8", "strings.Title", "strings.NewReader",
    "bytes.TrimSpace", "fmt.Append", "fmt.Appendf", "errors.Join", "github.com/pkg/errors.Wrap",
    "github.com/pkg/errors.Wrapf", "html.unescape", "slices.Clone", "maps.Clone", "urllib.parse.unquote_plus",
    "net/url.QueryUnescape", "urllib.parse.parse_qs", "urllib.parse.parse_qsl",
    "html.escape", "markupsafe.escape", "html.EscapeString",
    "base64.b32encode", "base64.encodebytes", "codecs.encode",
    "Promise.allSettled", "Promise.race", "Promise.any", "asyncio.shield",
    "asyncio.create_task", "asyncio.run", "asyncio.ensure_future", "frozenset", "collections.OrderedDict",
    "string.Template().substitute", "string.Template().safe_substitute", "marshmallow.Schema().load",
    "marshmallow.Schema().loads",
    "collections.ChainMap", "types.MappingProxyType", "collections.deque", "collections.UserDict",
    "types.SimpleNamespace", "argparse.Namespace", "itertools.chain", "itertools.islice", "itertools.cycle",
    "itertools.takewhile", "itertools.dropwhile", "itertools.filterfalse", "itertools.zip_longest",
    "contextlib.nullcontext", "contextlib.ExitStack().enter_context",
    "contextlib.AsyncExitStack().enter_async_context", "asyncio.TaskGroup().create_task", "random.choice",
    "secrets.choice", "concurrent.futures.as_completed", "asyncio.as_completed", "Array.of", "Set",
    "strings.SplitN", "strings.SplitAfter", "strings.CutPrefix", "strings.CutSuffix",
    "strings.Cut", "strings.Clone", "strings.Repeat", "strings.SplitSeq", "strings.FieldsSeq", "strings.Lines",
    "slices.Concat", "slices.Collect", "slices.Sorted", "slices.Values", "slices.All", "slices.Backward",
    "mcp.server.auth.provider.construct_redirect_uri",
    "slices.Compact", "slices.Repeat", "maps.Values", "maps.All", "maps.Collect", "fmt.Appendln", "io.MultiReader",
}  # fmt: skip
_NOTHING = re.compile(
    r"^(?:len|bool|int|float|type|isinstance|issubclass|u?int(?:8|16|32|64)|float(?:32|64)|hash|id|hasattr|callable|any|all|sum|round|abs|Boolean|Number|"
    r"parseInt|parseFloat|Symbol|Symbol\.for|isNaN|Object\.keys|Array\.isArray|cap|uuid\.\w+|strconv\.(?:Atoi|Parse\w+)|time\.\w+|range|"
    r"datetime\..*|Date(?:\(\))?.*|Math\..*|Object\.hasOwn|Number\..*|strings\.(?:HasPrefix|HasSuffix|Contains|Count|Index)|"
    r"os\.Getwd|os\.getcwd|process\.cwd|pathlib\.Path\.cwd|os\.path\.(?:exists|isfile|isdir|getsize)|"
    r".*sha(?:1|256|512|3)\w*\b.*|.*\bmd5\b.*|.*createHash.*|.*createHmac.*|hashlib\..*|hmac\..*|"
    r"secrets\.compare_digest|crypto\.(?:timingSafeEqual|createH\w+|subtle\.digest)(?:\(\))?.*|crypto/\w+\..*|"
    r".*bcrypt.*|.*argon2.*)$"
)
_HIDING_NAME = re.compile(
    r"redact|mask|sanit|scrub|obfus|censor|hash|digest|fingerprint|anonymi|strip_?secret|hide_", re.IGNORECASE
)


_ANSWERS = re.compile(
    r"(?:^|[./])(?:TextContent|CallToolResult|ToolResult|EmbeddedResource|TextResourceContents|ReadResourceContents|"
    r"ReadResourceResult|GetPromptResult|PromptMessage|NewToolRes(?:ult|ponse)\w*|New(?:Prompt|Resource)Response|NewTextContent|NewResourceContents\w*|ToolError|"
    r"McpError|UserError|UserMessage|AssistantMessage)$"
)
"""What MCP's kits make of an answer's text."""


_FIELDS = re.compile(
    r"^(?:log/slog|golang\.org/x/exp/slog)\.(?:String|Any|Group|StringValue|AnyValue|GroupValue)$|"
    r"^github\.com/go-kit/(?:kit/)?log\.With(?:Prefix|Suffix)?$|"
    r"^go\.uber\.org/zap\.(?:String|Any|Reflect|ByteString|Strings|Stringer|Object|Inline|Dict|Errors?|NamedError)$"
)
"""Go: fields of records, made before they are logged."""


def of_call(path: str) -> Effect:
    """What a foreign function does to its arguments, by its dotted path."""
    if _ANSWERS.search(path):
        return Effect.KEEPS
    if path in _ESCAPING:
        return Effect.ESCAPES
    if path in _KEEPING or _FIELDS.match(path):
        return Effect.KEEPS
    if _NOTHING.match(path) or _HIDING_NAME.search(path.rpartition(".")[2]):
        return Effect.NOTHING
    return Effect.UNKNOWN


def of_method(name: str) -> Effect:
    """What a method of an unknown object leaves of its receiver."""
    if name in _SAME:
        return Effect.KEEPS
    if name in _PIECES:
        return Effect.PIECE
    if name in _NOTHING_METHODS or _HIDING_NAME.search(name):
        return Effect.NOTHING
    return Effect.UNKNOWN


_PARSING = {
    "decodeURIComponent",
    "decodeURI",
    "unescape",
    "JSON.parse",
    "json.loads",
    "yaml.safe_load",
    "orjson.loads",
    "yaml.parse",
    "YAML.parse",
}
_GETTER = re.compile(r"^Get[A-Z]\w*$")


def getter(name: str) -> str:
    """Go: the field that a method gives out by its name, as those of protocol buffers do: ``GetUrl()``."""
    return name.removeprefix("Get") if _GETTER.match(name) else ""


def parses(path: str) -> bool:
    """Whether a foreign function reads or decodes a text: line breaks that it was written without are back."""
    return path in _PARSING


def hides(name: str) -> bool:
    """Whether a function of this name takes secrets out of what it is given."""
    return bool(_HIDING_NAME.search(name))


_WORDS = ("redacted", "REDACTED", "hidden", "HIDDEN", "masked", "MASKED", "filtered", "FILTERED", "scrubbed", "secret")
PLACEHOLDERS = ("*", "REDACTED", "xxx", "…", "...", *(f"{opened}{word}" for opened in "[<(" for word in _WORDS))
"""How a text begins that stands where a secret was."""

REPLACING = {"sub", "subn", "replace", "replaceAll"}
"""Methods that put one text in the place of others."""


def stands_in(text: str, *, inside: bool) -> bool:
    """Whether a text is a placeholder, or, where it takes the place of something, holds one."""
    return text.startswith(PLACEHOLDERS) or (inside and any(one in text for one in PLACEHOLDERS))


GO_REPLACING = {"Replace", "ReplaceAll"}
"""Go: functions that put their third argument where the second was."""

HARMLESS_VERBS = frozenset("dTtbcfFgGeEopU")
"""Conversions that leave a number, a truth or a type: nothing that could forge or betray."""

QUOTING_VERBS = frozenset("qraxX")
"""Conversions that leave the text, but no line break of it: quoted, or as hexadecimal digits."""

_CONVERSION = re.compile(r"%[-+# 0]*(?:\d+|\*)?(?:\.\d+)?([a-zA-Z%])")


def conversions(text: str) -> tuple[str, ...]:
    """The conversion letters of a format text, in order: ``"%s: %d"`` has ``s`` and ``d``."""
    return tuple(letter for letter in _CONVERSION.findall(text) if letter != "%")


_LENGTH = re.compile(r"%[-+# 0]*(?:\d+|\*)?(?:\.(?P<most>\d+))?[a-zA-Z%]")
_SPECIFIED = re.compile(r"\.(?P<most>\d+)s?$")


def lengths_of(text: str) -> tuple[int, ...]:
    """How many characters each conversion of Python or Go shows, 0 for all: ``"%.8s of %s"`` has 8 and 0."""
    return tuple(int(found["most"] or 0) for found in _LENGTH.finditer(text) if not found[0].endswith("%"))


def length_of_spec(text: str) -> int:
    """The same for what follows the colon in a replacement field of Python's: ``{token:.8}``."""
    found = _SPECIFIED.search(text)
    return int(found["most"]) if found else 0


class Verb(Enum):
    """What a conversion in a format text leaves of its argument."""

    WHOLE = "whole"
    QUOTED = "quoted"
    NOTHING = "nothing"


def verbs_of(text: str) -> tuple[Verb, ...]:
    """The conversions of Python and Go: ``%d`` leaves a number, ``%r`` and ``%q`` take line breaks out."""
    letters = conversions(text)
    return tuple(
        Verb.NOTHING if letter in HARMLESS_VERBS else Verb.QUOTED if letter in QUOTING_VERBS else Verb.WHOLE
        for letter in letters
    )


_FIELD = re.compile(r"\{(?P<name>\d*)(?:!(?P<quoted>[rsa]))?(?::[^{}]*?(?P<letter>[a-zA-Z%])?)?\}")


def verbs_of_fields(text: str) -> tuple[Verb, ...]:
    """The same for the replacement fields of texts that a logger formats: ``"{} of {!r}"`` has one quoted."""
    return tuple(
        Verb.QUOTED
        if found["quoted"] in {"r", "a"}
        else Verb.NOTHING if (found["letter"] or "s") in HARMLESS_VERBS else Verb.WHOLE
        for found in _FIELD.finditer(text)
    )  # fmt: skip


_NAMED_CONVERSION = re.compile(r"%\((?P<name>\w+)\)[-+# 0]*\d*(?:\.\d+)?(?P<letter>[a-zA-Z])")


def named_verbs(text: str) -> dict[str, Verb]:
    """The conversions that name what they write: ``"%(user)s"``, by that name."""
    return {found["name"]: verbs_of("%" + found["letter"])[0] for found in _NAMED_CONVERSION.finditer(text)}


_SCRIPT_CONVERSION = re.compile(r"%([sdifjoOc%])")


def verbs_of_script(text: str) -> tuple[Verb, ...]:
    """The conversions of Node's consoles and loggers: ``%d`` leaves a number, ``%j`` and ``%o`` quote what is there."""
    letters = (letter for letter in _SCRIPT_CONVERSION.findall(text) if letter != "%")
    return tuple(
        Verb.NOTHING if letter in "difc" else Verb.QUOTED if letter in "joO" else Verb.WHOLE for letter in letters
    )


_NEWLINES = re.compile(r"\\x00-|\\u0000-|\\[rn]|[\r\n]|\\s|\\x0[ad]|\\u000[ad]|[\x00-\x09]-|\\p\{C", re.IGNORECASE)


_SCRIPT = re.compile(r"/(?P<body>.+)/(?P<flags>[dgimsuvy]*)", re.DOTALL)
_CHARACTERS = re.compile(
    r"^(?:\((?:\?:)?)?(?:(?:\[(?:[^\]\\]|\\.)*\]|\\[rnstvfWD]|\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|\\p\{\w+\}|[\x00-\x20]|\|)"
    r"[+*?]*(?:\{[\d,]+\})?)+\)?[+*?]*$",
    re.IGNORECASE,
)
"""A pattern of nothing but single characters and classes, in any number."""


def strips_newlines(pattern: str) -> bool:
    """Whether replacing what ``pattern`` matches takes line breaks out: it names them, or all but some characters.

    ECMAScript's ``/…/`` replaces the first match alone unless it is global.
    """
    if (script := _SCRIPT.fullmatch(pattern)) is not None:
        if "g" not in script["flags"]:
            return False
        pattern = script["body"]
    if pattern.startswith("[^"):
        return not _NEWLINES.search(pattern)
    return bool(_NEWLINES.search(pattern) and _CHARACTERS.match(pattern))
