"""What an alert's expression asks, whatever the language: names it compares with, metrics, thresholds, windows."""

import re
from collections.abc import Iterator
from itertools import islice

from skillaudit.alert import Expression, Match, Reads, Wanted
from skillaudit.model import Location

LONGEST = 8_000
"""Characters of an expression that are read."""
MOST = 40
"""Names that are taken from one expression."""

_QUOTED = r"\"(?:[^\"\\]|\\.){0,400}\"|'(?:[^'\\]|\\.){0,400}'|`[^`]{0,400}`"
_COMPARED = re.compile(
    rf"(?<![@$.\w])(?P<key>[@$.\w]{{1,80}}(?:\[\w{{1,40}}\])?)[\"']?\s*"
    rf"(?P<op>=~|!~|!=|==|=|:|\bin~?|\bhas|\bcontains|\blike)\s*\(?\s*"
    rf"(?P<value>(?:{_QUOTED})(?:\s*(?:,|\bor\b|\bOR\b)\s*(?:{_QUOTED})){{0,40}}|[\w.*/-]{{1,200}})",
    re.IGNORECASE,
)
_FILTER = re.compile(rf"(?P<op>\|=|\|~|!=|!~)\s*(?P<value>{_QUOTED})")
_STRING = re.compile(_QUOTED)
_INNER = re.compile(r"[\"']event[\w.]{0,20}[\"']\s*:\s*[\"']([\w.:/-]{1,200})[\"']?", re.IGNORECASE)
_EVENT_KEY = re.compile(
    r"^(?:event|event[_.]?(?:type|name|id|action|code|kind)|evt|eventid|msg|message|log_?message|security[_.]?event"
    r"|log_s|logentry|rendereddescription|textpayload|resultdescription)$",
    re.IGNORECASE,
)
_WHOLE = {"msg", "message", "log_s", "logentry", "rendereddescription", "textpayload", "resultdescription"}
"""Fields that hold a record's whole text."""
_SELECTOR_KEY = re.compile(
    r"^(?:(?:resource\.)?labels\.(?:service|container|configuration)_name|containerappname_s|app|application|service|service[_.]name|job|container|container[_.]name|compose[_.]service|component|logger"
    r"|log[_-]?group(?:[_-]?name)?|index|product|kubernetes\.container[._]name|containername|app_kubernetes_io_name)$",
    re.IGNORECASE,
)
_STATUS_KEY = re.compile(r"(?:^|[._])(?:status|code|status_?code|http_status)$", re.IGNORECASE)
_DENIED = re.compile(r"\b4(?:01|03|29)\b")
_LABELS = re.compile(r"\{[^{}]{0,2000}\}")
_METRIC = re.compile(r"(?<![\w:])[a-zA-Z_:][\w:]{2,200}(?!\w|\s*\(|:)")
_GROUPING = re.compile(r"\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^()]{0,500}\)", re.IGNORECASE)
_WORDS = {"and", "or", "unless", "bool", "offset", "by", "without", "inf", "nan", "on"}
_WINDOW = re.compile(r"\[(\d{1,6}(?:ms|[smhdwy])(?:\d{1,6}[smhd])?)(?::[^\]]{0,20})?\]")
_LEVEL = re.compile(r"(?P<op>>=|>)\s*(?P<value>\d{1,15}(?:\.\d{1,9})?(?:[eE]\+?\d{1,2})?)\s*\)*\s*$")
_RATED = re.compile(r"\bi?rate\s*\(")
_PIPED = re.compile(r"\}\s*(?:\||!=\s*[\"'`]|!~\s*[\"'`])")
_COUNTED = re.compile(r"\b(?:count_over_time|rate|bytes_over_time|bytes_rate|absent_over_time)\s*\(\s*\{")
_UNITS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800, "y": 31_536_000}
_DURATION = re.compile(r"(\d{1,9})\s*(ms|[smhdwy])")
_ISO = re.compile(r"^P(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?$")
_LITERALS = re.compile(r"^[\w .:/-]+(?:\|[\w .:/-]+)*$")


def seconds(text: str) -> int:
    """A duration such as ``30s``, ``1h30m``, ``PT5M`` or ``120``, in seconds; 0 where it is none."""
    held = text.strip()
    if held.isdigit():
        return int(held[:9])
    if iso := _ISO.match(held):
        days, hours, minutes, rest = (int(one or 0) for one in iso.groups())
        return days * 86_400 + hours * 3600 + minutes * 60 + rest
    return int(sum(int(count) * _UNITS[unit] for count, unit in _DURATION.findall(held[:40])))


def fires_from(operator: str, value: float) -> int | None:
    """The least whole number that a comparison takes; None where it asks for few, not for many."""
    match operator.strip().lower():
        case ">" | "gt" | "greaterthan" | "greaterthanthreshold" | "above":
            return int(value) + 1
        case ">=" | "gte" | "ge" | "greaterthanorequaltothreshold" | "greaterthanorequal":
            return -int(-value // 1)
        case _:
            return None


def query(text: str, place: Location) -> Expression:
    """An expression of Prometheus or Loki."""
    text = text[:LONGEST]
    logs = is_logql(text)
    windows = [seconds(one) for one in _WINDOW.findall(text)]
    window = max(windows, default=0)
    level = _LEVEL.search(text)
    least = fires_from(level["op"], float(level["value"])) if level else None
    if level and window and _RATED.search(text):
        least = fires_from(level["op"], round(float(level["value"]) * window, 6))
    if level is None and logs:
        least = 1
    return Expression(
        Reads.LOGS if logs else Reads.METRICS,
        tuple(wanted(text, place)),
        () if logs else tuple(metrics(text)),
        tuple(selectors(text)),
        denials(text),
        least,
        window,
    )


def search(text: str, place: Location) -> Expression:
    """A search over log records, without a threshold: Lucene, KQL, ES|QL, Datadog, CloudWatch, SPL."""
    text = text[:LONGEST]
    return Expression(Reads.LOGS, tuple(wanted(text, place)), (), tuple(selectors(text)), denials(text))


def is_logql(text: str) -> bool:
    """Whether an expression reads log streams: a selector without a metric's name, or one that is piped on."""
    return bool(_PIPED.search(text) or _COUNTED.search(text))


def wanted(text: str, place: Location) -> Iterator[Wanted]:
    """The names that an expression looks for, at most so many; what it excludes is none."""
    return islice(_wanted(text, place), MOST)


def _wanted(text: str, place: Location) -> Iterator[Wanted]:
    seen: set[str] = set()
    bare = text
    for found in _COMPARED.finditer(text):
        if found["op"] in {"!=", "!~"} or not _EVENT_KEY.match(_key(found["key"])):
            continue
        part = found["op"].lower() in {"has", "contains", "like"} or _key(found["key"]) in _WHOLE
        for name in _values(found["value"]):
            if name not in seen:
                seen.add(name)
                yield Wanted(name, Match.TEXT if part else Match.EVENT, place)
        bare = bare.replace(found[0], " ", 1)
    for found in _FILTER.finditer(bare):
        if not found["op"].startswith("|"):
            continue
        inner = _INNER.findall(found["value"].replace("\\", ""))
        for name in inner or _values(found["value"]):
            if name not in seen:
                seen.add(name)
                yield Wanted(name, Match.EVENT if inner else Match.TEXT, place)


def terms(text: str, place: Location) -> Iterator[Wanted]:
    """The quoted or bare words of a search that compares no field."""
    for found in islice(re.finditer(rf"(?<![-\w])(?:{_QUOTED}|[\w.:-]{{4,100}})", text[:LONGEST]), MOST):
        for name in _values(found[0]):
            yield Wanted(name, Match.TEXT, place)


def _key(text: str) -> str:
    """A field's own name: ``@event``, ``$.event``, ``jsonPayload.event`` and ``parsed["event"]`` are ``event``."""
    held = text.strip("@$.").lower().replace("[", ".").rstrip("]")
    tail = held.rpartition(".")[2]
    return tail if _EVENT_KEY.match(tail) or not _EVENT_KEY.match(held) else held


def _values(text: str) -> Iterator[str]:
    """The texts of a value, a list of them, or a pattern that only lists alternatives."""
    for held in _STRING.findall(text) or [text]:
        name = held.strip("\"'`")
        name = re.sub(r"^(?:\(\?i\)|\^|\.\*|\(|\\?\")+|(?:\$|\.\*|\)|\\?\")+$", "", name).strip("%*")
        if name and _LITERALS.match(name.replace("\\.", ".")):
            yield from (one for one in name.replace("\\.", ".").split("|") if one)


def metrics(text: str) -> Iterator[str]:
    """The metrics that a PromQL expression reads."""
    bare = _GROUPING.sub(" ", _STRING.sub(" ", _LABELS.sub(" ", text)))
    bare = re.sub(r"\[[^\]]{0,60}\]", " ", bare)
    yield from dict.fromkeys(one for one in _METRIC.findall(bare) if one.lower() not in _WORDS)


def selectors(text: str) -> Iterator[str]:
    """Values by which a service is selected."""
    for found in _COMPARED.finditer(text):
        key = found["key"].strip("@$.")
        if found["op"] not in {"!=", "!~"} and _SELECTOR_KEY.match(key):
            yield from _values(found["value"])


def denials(text: str) -> bool:
    """Whether it looks for answers that refuse: a status of 401, 403 or 429."""
    return any(
        found["op"] not in {"!=", "!~"} and _STATUS_KEY.search(found["key"]) and _DENIED.search(found["value"])
        for found in _COMPARED.finditer(text)
    )
