"""Which containers and programs an agent takes in: by name, by label, by the file that holds their output."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

import re2

from skillaudit.configuration import Document, List, Node, at, children, pairs, raw
from skillaudit.environment import environment_of
from skillaudit.forward import ChainLink, Stage
from skillaudit.forwarding.parts import Input, Selection, Workload, broken
from skillaudit.model import Location

CONTAINER_FILES = "/var/log/containers/"
_FOLDERS = (CONTAINER_FILES, "/var/log/pods/")
_UNIT = "_SYSTEMD_UNIT"
_DISCOVERED = re.compile(r"\W")
"""What discovery replaces by an underscore in the names of labels."""


def any_of(location: Location, of: str, key: str, patterns: Iterable[str], *, takes: bool = True) -> Selection | None:
    """A selection by any of several patterns; None where there is none."""
    held = "|".join(f"(?:{one})" for one in patterns if one)
    return Selection(location, of, key, held, takes) if held else None


def wild(pattern: str) -> str:
    """A pattern in which ``*`` stands for anything, as an expression."""
    return ".*".join(re.escape(part) for part in pattern.split("*"))


def by_files(document: Document, taken: Node | None, left: Node | None) -> Iterator[Selection]:
    """Files of containers by the patterns that are read, and by those that are left out; texts may hold several."""
    read = _patterns(taken)
    if read and all(one.startswith(_FOLDERS) for one in read):
        found = any_of(document.at(taken), "file", "", map(wild, read))
        yield from (found,) if found is not None else ()
    found = any_of(document.at(left), "file", "", map(wild, _patterns(left)), takes=False)
    yield from (found,) if found is not None else ()


def _patterns(node: Node | None) -> list[str]:
    return [part.strip() for one in children(node) for part in raw(one).split(",") if part.strip()]


def by_units(location: Location, names: Iterable[str], *, takes: bool = True) -> Iterator[Selection]:
    """Entries of the journal by the unit that they come from, whose suffix may be left out."""
    patterns = (f"{re.escape(one.removesuffix('.service'))}(?:\\.service)?" for one in names if one)
    found = any_of(location, "unit", "", patterns, takes=takes)
    yield from (found,) if found is not None else ()


def by_matches(location: Location, written: Iterable[str]) -> Iterator[Selection]:
    """Entries of the journal by ``FIELD=value``, where all of them ask for the unit."""
    held = [one.strip().partition("=") for one in written]
    if held and all(field == _UNIT for field, _, _ in held):
        yield from by_units(location, (value for _, _, value in held))


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
    read = _VALUES.get((workload.platform, one.of))
    return read(workload, one) if read is not None else None


def _known(*names: str) -> tuple[str, ...] | None:
    return names if all(name and "$" not in name for name in names) else None


def _composed_name(workload: Workload, one: Selection) -> tuple[str, ...] | None:
    found = _known(raw(workload.body, "container_name"))
    return tuple(f"/{name}" for name in found) if found is not None and one.key else found


def _composed_label(workload: Workload, one: Selection) -> tuple[str, ...] | None:
    if one.key.replace(".", "_").startswith("com_docker_compose_"):
        return (workload.name,) if one.key.endswith("service") else None
    return _held(at(workload.body, "labels"), one.key)


def _pod_label(workload: Workload, one: Selection) -> tuple[str, ...] | None:
    template = at(workload.body, "spec", "template", "metadata") or at(workload.body, "metadata")
    return _held(at(template, f"{one.of}s"), one.key)


def _held(labels: Node | None, key: str) -> tuple[str, ...] | None:
    named = dict(environment_of(labels)) if isinstance(labels, List) else dict(pairs(labels))
    if any("$" in name for name in named):
        return None
    before, star, after = key.partition("*")
    fitting = [
        name
        for name in named
        if key in {name, _DISCOVERED.sub("_", name)} or (star and name.startswith(before) and name.endswith(after))
    ]
    return tuple(raw(named[name]) for name in fitting)


def _files(workload: Workload, __: Selection) -> tuple[str, ...] | None:
    """The file that the runtime keeps of a container, with made-up ends of the pod's and the container's names."""
    pod, _, container = workload.name.partition("/")
    space = raw(workload.body, "metadata", "namespace")
    if not space or "$" in f"{space}{pod}{container}":
        return None
    return (f"{CONTAINER_FILES}{pod}-0_{space}_{container}-0.log", f"/var/log/pods/{space}_{pod}-0_0/{container}/0.log")


def _programs(workload: Workload, _: Selection) -> tuple[str, ...] | None:
    named = raw(workload.body, "service", "SyslogIdentifier")
    return (named,) if named else (workload.name,) if workload.name else None


def _unit(workload: Workload, _: Selection) -> tuple[str, ...] | None:
    name = workload.location.path.rpartition("/")[2]
    return (name,) if name.endswith(".service") and "@" not in name else None


_VALUES: Mapping[tuple[str, str], Callable[[Workload, Selection], tuple[str, ...] | None]] = {
    ("compose", "name"): _composed_name,
    ("compose", "label"): _composed_label,
    ("kubernetes", "label"): _pod_label,
    ("kubernetes", "annotation"): _pod_label,
    ("kubernetes", "namespace"): lambda workload, _: _known(raw(workload.body, "metadata", "namespace")),
    ("kubernetes", "container"): lambda workload, _: _known(workload.name.partition("/")[2]),
    ("kubernetes", "file"): _files,
    ("systemd", "program"): _programs,
    ("systemd", "unit"): _unit,
}
