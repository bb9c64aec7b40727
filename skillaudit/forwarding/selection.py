"""Which containers and programs an agent takes in: by name, by label, by the file that holds their output."""

import re
from collections.abc import Iterable, Iterator

import re2

from skillaudit.configuration import List, Node, at, pairs, raw
from skillaudit.environment import environment_of
from skillaudit.forward import ChainLink, Stage
from skillaudit.forwarding.parts import Input, Selection, Workload, broken
from skillaudit.model import Location

CONTAINER_FILES = "/var/log/containers/"


def any_of(location: Location, of: str, key: str, patterns: Iterable[str], *, takes: bool = True) -> Selection | None:
    """A selection by any of several patterns; None where there is none."""
    held = "|".join(f"(?:{one})" for one in patterns if one)
    return Selection(location, of, key, held, takes) if held else None


def wild(pattern: str) -> str:
    """A pattern in which ``*`` stands for anything, as an expression."""
    return ".*".join(re.escape(part) for part in pattern.split("*"))


def labelled(location: Location, written: Iterable[str]) -> Iterator[Selection]:
    """Selections by ``key`` or ``key=value``."""
    for one in written:
        key, _, value = one.partition("=")
        yield Selection(location, "label", key, re.escape(value) if value else ".*")


def left_out(source: Input, workload: Workload) -> ChainLink | None:
    """Why an input does not take a workload in; None where it does, or that is not known."""
    for one in source.selections:
        values = _values(workload, one)
        pattern = _pattern(one.pattern)
        if values is None or pattern is None:
            continue
        fits = any(pattern.fullmatch(value) is not None for value in values)
        if fits is not one.takes:
            what = f"{one.of} {one.key}".strip()
            wanted = f"only a {what} like {one.pattern}" if one.takes else f"no {what} like {one.pattern}"
            return broken(one.location, Stage.AGENT, "the agent's selection", f"it takes {wanted}")
    return None


def _pattern(text: str) -> re.Pattern[str] | None:
    options = re2.Options()
    options.log_errors = False
    try:
        found: re.Pattern[str] = re2.compile(text, options)
    except re2.error:
        return None
    return found


def _values(workload: Workload, one: Selection) -> tuple[str, ...] | None:
    """What a workload is called, or bears as a label; None where the tree does not say."""
    match workload.platform, one.of:
        case "compose", "name":
            name = raw(workload.body, "container_name")
            return (name,) if name and "$" not in name else None
        case "compose", "label":
            return _held(at(workload.body, "labels"), one.key)
        case "kubernetes", "label" | "annotation" as of:
            template = at(workload.body, "spec", "template", "metadata") or at(workload.body, "metadata")
            return _held(at(template, f"{of}s"), one.key)
        case "kubernetes", "file":
            return _files(workload)
        case "systemd", "program":
            return _programs(workload)
        case _:
            return None


def _held(labels: Node | None, key: str) -> tuple[str, ...] | None:
    named = dict(environment_of(labels)) if isinstance(labels, List) else dict(pairs(labels))
    if any("$" in name for name in named):
        return None
    before, star, after = key.partition("*")
    fitting = [name for name in named if name == key or (star and name.startswith(before) and name.endswith(after))]
    return tuple(raw(named[name]) for name in fitting)


def _files(workload: Workload) -> tuple[str, ...] | None:
    """The file that the runtime keeps of a container, with made-up ends of the pod's and the container's names."""
    pod, _, container = workload.name.partition("/")
    space = raw(workload.body, "metadata", "namespace")
    if not space or "$" in f"{space}{pod}{container}":
        return None
    return (f"{CONTAINER_FILES}{pod}-0_{space}_{container}-0.log",)


def _programs(workload: Workload) -> tuple[str, ...] | None:
    named = raw(workload.body, "service", "SyslogIdentifier")
    return (named,) if named else (workload.name,) if workload.name else None
