"""Words for checks that libraries offer: membership, patterns, types, conversions that raise."""

import re
from collections.abc import Iterable

HAS = {"includes", "has", "contains", "__contains__", "hasOwnProperty", "Has", "Contains", "containsKey", "get", "Load"}
"""Methods of a container that ask whether it holds, or give, what they are told."""

INDEXES = {"indexOf", "findIndex", "IndexOf", "Index", "findLastIndex"}
"""Those that answer with a position, below zero where there is none."""

SERVICES = re.compile(r"client|session|http|axios|api|request|fetch|conn|redis|\\bdb|database|service", re.IGNORECASE)
"""Objects whose ``get`` asks another system, which may know any text."""

CONTAINS = {
    "slices.Contains", "Object.hasOwn", "Object.prototype.hasOwnProperty.call", "Reflect.has", "lodash.has",
    "lodash.includes", "golang.org/x/exp/slices.Contains", "slices.Index", "github.com/samber/lo.Contains", "hasattr",
    "operator.contains",
}  # fmt: skip
"""Functions that ask whether the first argument holds the second."""

FINDING = {"next", "any", "find", "some", "filter", "list", "ContainsFunc", "findLast", "first"}
"""Functions that look for the elements which a condition holds for."""

ASKING = {"isdigit", "isdecimal", "isnumeric", "isalnum", "isalpha", "isidentifier", "isprintable"}
"""Methods of a text that say it holds nothing but certain characters."""

BROAD = {"isprintable"}
"""Those of them that let free text through, but no line break."""

BREAKS = re.compile(r"[\r\n]")
"""What a text that is written into one line must not hold."""

CONVERTING = {
    "int", "float", "uuid.UUID", "UUID", "datetime.datetime.strptime", "datetime.strptime", "time.strptime",
    "datetime.datetime.fromisoformat", "datetime.fromisoformat", "datetime.date.fromisoformat", "date.fromisoformat",
    "ipaddress.ip_address", "ipaddress.ip_network", "decimal.Decimal", "strconv.Atoi", "strconv.ParseInt",
    "strconv.ParseFloat", "strconv.ParseBool", "strconv.ParseUint", "time.Parse", "time.ParseDuration",
    "github.com/google/uuid.Parse", "net/netip.ParseAddr", "BigInt", "complex",
}  # fmt: skip
"""Functions that fail where their first argument is not the text of a number, a date, an address or an id."""

NOT_TEXT = {"int", "float", "bool", "complex", "Decimal", "datetime", "date", "UUID", "Enum", "timedelta", "NoneType"}
"""Types whose values hold no text of a client's."""

GUARDING_TYPES = {"dict", "list", "tuple", "set", "frozenset", "Mapping", "Sequence", "bytes"}
"""Types whose text form quotes the texts inside."""

SAME_TEXT = {
    "lower", "upper", "strip", "casefold", "trim", "toLowerCase", "toUpperCase", "toString", "lstrip", "rstrip",
    "String", "get", "title", "capitalize", "GetString", "RequireString", "Query", "Param", "FormValue", "PathValue",
    "GetHeader", "Header", "header", "query", "param", "Get", "QueryParam", "PostFormValue",
    "TrimSpace", "ToLower", "ToUpper", "trimStart", "trimEnd", "get_json", "json", "form", "formData",
    "parseBody",
}  # fmt: skip
"""Methods that leave a text's characters, save for letters' cases and margins, or give out a part of a request."""

_LETS_THROUGH = re.compile(r"\\s|\\W|\\D|\[\^(?![^\]]*(?:\\n|\\s|\\r))|\\n|\\r|\(\?[a-z]*s")


_SCRIPT = re.compile(r"/(?P<body>.+)/(?P<flags>[dgimsuvy]*)", re.DOTALL)


def body(text: str) -> str:
    """What stands between the slashes of an ECMAScript pattern; nothing of one whose anchors mean lines."""
    found = _SCRIPT.fullmatch(text)
    return text if found is None else "" if "m" in found["flags"] else found["body"]


def excludes_line_breaks(pattern: str, *, whole: bool) -> bool:
    """Whether a text that the pattern matches has no line break inside: anchored, and no class that holds one."""
    anchored = whole or (pattern.startswith(("^", r"\A")) and pattern.rstrip(")").endswith(("$", r"\Z", r"\z")))
    return anchored and not _LETS_THROUGH.search(pattern)


_BODIES = {"json", "data", "params", "headers", "content", "files", "cookies"}


def sends(method: str, holder: str, named: Iterable[str] = ()) -> bool:
    """Whether a method that puts things into containers sends them away here: ``session.put(url, json=…)``.

    ``holder`` is how the object is called, ``named`` are the names that the call gives its arguments.
    """
    return method == "put" and (bool(SERVICES.search(holder)) or not _BODIES.isdisjoint(named))
