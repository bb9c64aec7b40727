"""What a check proves of a value, and what that is worth against each danger."""

import re
from collections.abc import Iterable
from enum import Enum

import msgspec
from msgspec.structs import replace

from skillaudit.codeflows import Danger, Guarded, Strength
from skillaudit.linking.flows.taints import Key
from skillaudit.linking.knowledge import patterns
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import Formal
from skillaudit.model import Location


class Proof(Enum):
    """What is known of a value where a check lets it through."""

    MEMBER = "it is one of a closed set"
    CONTAINED = "it lies inside a directory"
    PREFIX = "it begins with a given text"
    SUFFIX = "it ends with a given text"
    INCLUDES = "it holds a given text"
    PATTERN = "it matches a pattern"
    LACKS = "it is none, or holds none, of a list of texts"
    RELATIVE = "it is no absolute path"
    PUBLIC = "its address is no private one"
    NO_DASH = "it does not begin with a dash"
    PLAIN = "its type leaves no room for more than a number or a word"
    UNASKED = "what others are compared with is not set, so that nothing is refused"


class Aspect(Enum):
    """Which part of the value the check looks at."""

    WHOLE = "the value"
    HOST = "the host"
    SCHEME = "the scheme"
    SUFFIX = "the file name's suffix"
    FIRST = "the first word"
    OTHER = "something else"


class Guard(msgspec.Struct, frozen=True):
    """One check that lets a value through.

    Attributes:
        keys: The parameters or sources that were checked.
        normalised: The value was resolved (``..`` taken out) before it was looked at.
        details: The literal texts, prefixes or patterns that it is compared with.
        whole: A prefix ends where a directory or a host ends; a pattern has to match from end to end.
        refusals: The branches, as function and block, that a value goes into which does not pass.
        switch: The parameter, list or setting without which the check is passed over, and its name.
        subject: The value that was looked at: where that value itself is used, all of it was.
    """

    proof: Proof
    keys: frozenset[Key]
    location: Location
    aspect: Aspect = Aspect.WHOLE
    normalised: bool = False
    details: tuple[str, ...] = ()
    whole: bool = False
    refusals: tuple[tuple[Fn, int], ...] = ()
    switch: tuple[Formal | At, str] | None = None
    subject: At | None = None


PROTECTED = (".env", ".git", ".ssh", "/etc", ".github", "cron", "node_modules", ".aws", ".bashrc", "id_rsa", ".npmrc")
"""Names of which a check of protected paths lists some."""

_ENOUGH = (
    *({name} for name in ("is_global", "is_private", "isPrivate", "isPrivateIP", "is_private_ip", "isPrivateIp")),
    {"range unicast"}, {"range private", "range loopback", "range linkLocal"},
    {"IsPrivate", "IsLoopback", "IsLinkLocalUnicast"}, {"IsPrivate", "IsGlobalUnicast"},
)  # fmt: skip
"""Questions that, asked together, leave no address of the own network.

Python's ``is_private`` covers loopback and link-local addresses, Go's ``IsPrivate`` does not, and its
``IsGlobalUnicast`` is true of private ones. Source: the documentation of ``ipaddress``, ``net`` and ipaddr.js.
"""

_PATHLIKE = re.compile(r"[./\\]\w|\w/|id_rsa|passwd|\.\.")
_HOSTLIKE = re.compile(r"localhost|metadata|[.:\d]", re.IGNORECASE)
_NO_SOUND = (Aspect.SCHEME, Aspect.SUFFIX, Aspect.OTHER)


def passed_over(alternatives: Iterable[tuple[Guard, ...]]) -> list[tuple[Guard, ...]]:
    """Several ways, without those that are open only where a list or a setting is empty: it becomes a switch."""
    held = list(alternatives)
    unset = [g for guards in held for g in guards if g.proof is Proof.UNASKED]
    asking = [guards for guards in held if all(g.proof is not Proof.UNASKED for g in guards)]
    if not (unset and asking):
        return held
    sure = frozenset.intersection(*(frozenset(guards) for guards in held if guards not in asking))
    keys = frozenset(key for guard in unset for key in guard.keys)
    return [
        tuple(g if g in sure or g.keys & keys else replace(g, switch=g.switch or unset[0].switch) for g in guards)
        for guards in asking
        if not all(g.keys & keys for g in guards)
    ] or held


def protects(guard: Guard) -> bool:
    """Whether the check refuses paths that lie inside a root and are still nobody's business."""
    texts = [detail.replace("\\", "") for detail in guard.details]
    return guard.proof is Proof.LACKS and any(name in text for text in texts for name in PROTECTED)


def judge(danger: Danger, guards: Iterable[Guard], *, shell: bool = False, behind: bool = False) -> Guarded:
    """The best of the checks that a value passed, against one danger; ``behind``: it stands behind a directory."""
    held = [guard for guard in guards if guard.aspect not in _NO_SOUND]
    together = {guard.proof for guard in held}
    if behind or any(guard.proof is Proof.LACKS and "/" in guard.details for guard in held):
        together.add(Proof.RELATIVE)
    asked = {detail for guard in held if guard.proof is Proof.PUBLIC for detail in guard.details}
    if any(questions <= asked for questions in _ENOUGH):
        together.add(Proof.PUBLIC)
    else:
        together.discard(Proof.PUBLIC)
    naive: Guarded | None = None
    for guard in held:
        bypass = _bypass(danger, guard, together, shell=shell)
        if bypass == "" and guard.switch is not None:
            bypass = f"it is passed over unless `{guard.switch[1]}` is set"
        if bypass == "":
            return Guarded(Strength.SOUND, _named(guard), guard.location)
        if bypass and naive is None:
            naive = Guarded(Strength.NAIVE, bypass, guard.location)
    return naive or Guarded()


def _named(guard: Guard) -> str:
    return f"{guard.proof.value} ({guard.aspect.value} is checked)"


def _bypass(danger: Danger, guard: Guard, together: set[Proof], *, shell: bool) -> str | None:  # noqa: PLR0911 - one case per kind
    """How the check is got round; empty where it holds, None where it says nothing about the danger."""
    if guard.proof is Proof.PLAIN:
        return ""
    if guard.proof is Proof.MEMBER:
        return _of_member(danger, guard, shell=shell)
    if guard.proof is Proof.PATTERN:
        anchored = any(
            patterns.refuses(text, danger, full=guard.whole, start=guard.normalised) for text in guard.details
        )
        return "" if anchored else None
    match danger:
        case Danger.PATH:
            return _of_path(guard, together)
        case Danger.ADDRESS:
            return _of_address(guard, together)
        case Danger.ADDRESS_PATH:
            dots = guard.proof is Proof.LACKS and any(text in {"..", "/", "../"} for text in guard.details)
            return "" if dots or guard.proof is Proof.CONTAINED else None
        case Danger.ARGUMENT:
            dashes = guard.proof is Proof.LACKS and "-" in guard.details
            return "" if guard.proof in {Proof.NO_DASH, Proof.CONTAINED} or dashes else None
        case Danger.COMMAND | Danger.CODE:
            return _of_command(guard)


def _of_member(danger: Danger, guard: Guard, *, shell: bool) -> str | None:
    if guard.aspect is Aspect.HOST:
        return "" if danger in {Danger.ADDRESS, Danger.ADDRESS_PATH} else None
    if guard.aspect is Aspect.FIRST:
        if (danger is Danger.COMMAND and not shell) or danger is Danger.ARGUMENT:
            return ""
        return "only the first word is checked: `allowed; other` passes" if danger is Danger.COMMAND else None
    return ""


def _of_path(guard: Guard, together: set[Proof]) -> str | None:  # noqa: PLR0911 - one case per kind
    match guard.proof:
        case Proof.PREFIX if guard.details and not any(
            "/" in text.partition("://")[2] or text.startswith("/") for text in guard.details
        ):
            return None
        case Proof.CONTAINED | Proof.PREFIX if not guard.normalised and not _lacks_dots(guard, together):
            return "`..` is not resolved before the comparison: `<root>/../../etc/passwd` passes"
        case Proof.PREFIX if not guard.whole:
            return "the root is compared without a separator at its end: `<root>-other/file` passes"
        case Proof.CONTAINED | Proof.PREFIX:
            return ""
        case Proof.LACKS if ".." in guard.details or "../" in guard.details:
            relative = Proof.RELATIVE in together or Proof.CONTAINED in together
            return "" if relative or Proof.PREFIX in together else "only `..` is refused: an absolute path passes"
        case Proof.INCLUDES if not guard.details or any("/" in text for text in guard.details):
            return "the root may stand anywhere in the path: `/elsewhere<root>/file` passes"
        case Proof.LACKS if any(_PATHLIKE.search(text) for text in guard.details):
            return "only the paths on a list are refused: every other file of the host passes"
        case _:
            return None


def _lacks_dots(guard: Guard, together: set[Proof]) -> bool:
    return guard.proof is Proof.PREFIX and Proof.LACKS in together


def _of_address(guard: Guard, together: set[Proof]) -> str | None:  # noqa: PLR0911 - one case per kind
    match guard.proof:
        case Proof.PUBLIC if Proof.PUBLIC in together:
            return ""
        case Proof.PUBLIC:
            return "only some addresses of the own network are refused: private or link-local ones pass"
        case Proof.PREFIX if any(_names_scheme_only(text) for text in guard.details):
            return None
        case Proof.PREFIX:
            return "" if guard.whole else "the prefix does not end the host: `https://allowed.example.evil.test` passes"
        case Proof.SUFFIX if guard.aspect is Aspect.HOST:
            return "" if guard.whole else "the suffix does not begin with a dot: `evilexample.com` passes"
        case Proof.SUFFIX:
            return None
        case Proof.INCLUDES:
            return "the text may stand anywhere in the address: `https://evil.test/?allowed.example` passes"
        case Proof.LACKS if any(_HOSTLIKE.search(text) for text in guard.details if not text.startswith("about:")):
            return "hosts are refused by a list: other spellings of an address, and names that resolve to it, pass"
        case _:
            return None


def _names_scheme_only(text: str) -> bool:
    return text.rstrip("/").lower() in {"http:", "https:", "http", "https", "file:", "data:", "ftp:"}


def _of_command(guard: Guard) -> str | None:
    match guard.proof:
        case Proof.LACKS if guard.details:
            return "words or characters are refused by a list: what is not on it passes"
        case Proof.PREFIX:
            return "only the beginning is checked: what follows it runs too"
        case Proof.INCLUDES:
            return "the text may stand anywhere in the command"
        case _:
            return None
