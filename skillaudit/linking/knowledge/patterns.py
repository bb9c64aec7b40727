"""What a regular expression of the audited project lets through: tried on short hostile samples, never on its data.

Names of keys are the exception, which only RE2 looks at, in linear time.
"""

import re
import warnings
from functools import lru_cache

import re2

from skillaudit.codeflows import Danger
from skillaudit.linking.knowledge._instances import instance

HOSTILE: dict[Danger, tuple[str, ...]] = {
    Danger.PATH: ("../../a", "/etc/x", "..", "a/../b", "..\\a"),
    Danger.ADDRESS: ("http://127.0.0.1/", "http://a.b/", "https://x@y.z/", "file:///a", "127.0.0.1", "a.b.c"),
    Danger.ADDRESS_PATH: ("../a", "a/../b", "a?b=c", "a/b"),
    Danger.COMMAND: ("a;b", "$(b)", "`b`", "a|b", "a&b", "a\nb", "a b"),
    Danger.ARGUMENT: ("-a", "--a", "-a=b"),
    Danger.CODE: ("a()", "a.b", "{{a}}", "a;b"),
}
"""A few short values that a check against each danger has to refuse."""

_BEGINNING = {Danger.ADDRESS, Danger.ARGUMENT}
"""What only the beginning of a value decides."""

_GOING_ON = (".b.c/", "@b.c/")
"""What makes another host of the beginning of one."""

_LONGEST = 160
_NAMED_GROUP = re.compile(r"\(\?<(?=[A-Za-z_])")
_NESTED = re.compile(r"[+*]\)[+*{]|[+*]\)\)[+*{]")


@lru_cache(maxsize=4096)
def compiled(text: str) -> re.Pattern[str] | None:
    """The expression as Python understands it; None where it does not, or where it might take long."""
    body, flags = text, 0
    if text.startswith("/") and (end := text.rfind("/")) > 0:
        body, flags = text[1:end], re.IGNORECASE if "i" in text[end:] else 0
    if len(body) > _LONGEST or _NESTED.search(body):
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return re.compile(_NAMED_GROUP.sub("(?P<", body).replace("\\/", "/"), flags)
        except (re.error, OverflowError, RecursionError):
            return None


def finds(text: str, key: str) -> bool:
    """Whether an expression finds something in the name of a key; not where RE2 does not understand it."""
    pattern = _linear(text)
    return pattern is not None and pattern.search(key) is not None


@lru_cache(maxsize=1024)
def _linear(text: str) -> re.Pattern[str] | None:
    options = re2.Options()
    options.log_errors = False
    body = text
    if text.startswith("/") and (end := text.rfind("/")) > 0:
        body = f"(?i){text[1:end]}" if "i" in text[end:] else text[1:end]
    if len(body) > _LONGEST:
        return None
    try:
        found: re.Pattern[str] = re2.compile(body.replace("\\/", "/"), options)
    except re2.error:
        return None
    return found


def refuses(text: str, danger: Danger, *, full: bool = False, start: bool = False) -> bool:
    """Whether nothing hostile passes the expression; ``full`` and ``start`` say that the call anchors it itself."""
    pattern = compiled(text)
    if pattern is None:
        return False
    matches = pattern.fullmatch if full else pattern.match if start else pattern.search
    fitting = instance(pattern.pattern)
    around = [f"{sample}{fitting}" for sample in HOSTILE[danger]] if fitting and matches(fitting) else []
    if danger is Danger.ADDRESS and "/" not in fitting.partition("://")[2]:  # the host may go on behind it
        around += [f"{fitting}{sample}" for sample in _GOING_ON if fitting and matches(fitting)]
    if danger not in _BEGINNING:
        around += [f"{fitting}{sample}" for sample in HOSTILE[danger]]
    return not any(matches(sample) for sample in (*HOSTILE[danger], *around))


def takes_out_metacharacters(text: str) -> bool:
    """Whether replacing every match leaves nothing that a shell takes for the end of a word's text or of a command."""
    pattern = compiled(text)
    return pattern is not None and not set(pattern.sub("_", "a;b$(c)`d`|&\n<>'\"")) & set(";$`|&\n<>'\"")


def takes_out_separators(text: str, *, plain: bool) -> bool:
    """Whether replacing every match leaves no separator of paths, so that only a name is left."""
    if plain:
        return text in {"/", "\\"}
    pattern = compiled(text)
    return pattern is not None and "/" not in pattern.sub("_", "../a/b")
