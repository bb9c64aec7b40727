"""Settings files that say something of records and secrets: configurations of Python's logging, and ``.env`` files.

Whatever an adversary has put there costs bounded time and memory: small files only, at most so many, and the events of
YAML are counted before anything is built. What cannot be read is a gap. Of a secret only kind and length are kept.
"""

import configparser
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath

import msgspec
import yaml

from skillaudit.inventories.reading import read_text
from skillaudit.inventory import Inventory, SourceFile
from skillaudit.model import Gap, Surface
from skillaudit.secretshapes import shape_of

_LARGEST = 64 << 10
_MOST_FILES = 2_000
_MOST_EVENTS = 5_000
_MOST_ALIASES = 50
_DEEPEST = 30
_LINES = 500
_SUFFIXES = {".json", ".yaml", ".yml", ".toml", ".ini", ".cfg", ".conf"}
_KINDS = {Surface.PRODUCTION, Surface.CLI, Surface.SCRIPT}
_ENV_NAME = re.compile(
    r"^\.env(?:\.(?:production|prod|live|staging|local|development|dev))?$|^(?:production|prod)\.env$"
)
_ENV_LINE = re.compile(r"^\s*(?:export\s+)?(?P<name>[A-Za-z_]\w{0,100})\s*=\s*[\"']?(?P<value>[^\s\"'#]{1,512})")
_STARTED = re.compile(
    r"--log-config(?:[=\s]|\",\s*\")\s*[\"']?(?P<path>[\w./-]{1,200}\.(?:json|ya?ml|ini|conf|cfg|toml))"
)
_SETS_UP = re.compile(r"formatter|[\"']?class[\"']?\s*[:=]\s*[\"']?[\w.]+Handler\b")
_STARTING = re.compile(
    r"(?:^|\.)Dockerfile(?:\..{1,50})?$|^Procfile$|compose.*\.ya?ml$|\.(?:sh|service)$", re.IGNORECASE
)


class LogHandler(msgspec.Struct, frozen=True):
    """A handler that a configuration sets up: its class, and the classes or factories of its formatter.

    ``address`` is where it connects to, as far as the configuration says it in one of the usual settings.
    """

    kind: str
    stream: str
    formatters: tuple[str, ...]
    address: str = ""


class LogFile(msgspec.Struct, frozen=True):
    """A configuration of Python's logging; ``started``: a start command hands it to the server."""

    path: str
    handlers: tuple[LogHandler, ...]
    started: bool = False


class EnvSecret(msgspec.Struct, frozen=True):
    """A variable of a committed ``.env`` file whose value has the shape of a secret."""

    path: str
    line: int
    package: str
    name: str
    kind: str
    length: str
    provider: bool


class SettingsFiles(msgspec.Struct, frozen=True):
    """What the settings files of a tree say."""

    log_files: tuple[LogFile, ...] = ()
    secrets: tuple[EnvSecret, ...] = ()
    gaps: tuple[Gap, ...] = ()


class _HostileError(ValueError):
    """The document is deeper, longer or more tangled than any settings file."""


def read_settings(root: Path, inventory: Inventory) -> SettingsFiles:
    """Read every candidate below ``root`` that the inventory lists, in the order of paths."""
    gaps: list[Gap] = []
    found: list[LogFile] = []
    secrets: list[EnvSecret] = []
    started: set[str] = set()
    for file in list(_candidates(inventory))[:_MOST_FILES]:
        text = read_text(root, file.path, _LARGEST, gaps if _is_env(file.path) else [])
        if text is None:
            continue
        if _is_env(file.path):
            secrets += _secrets(file, text)
        elif _STARTING.search(PurePosixPath(file.path).name):
            started |= {PurePosixPath(match["path"]).name for match in _STARTED.finditer(text)}
        if PurePosixPath(file.path).suffix in _SUFFIXES and "handler" in text and _SETS_UP.search(text):
            found += _log_file(file.path, text, gaps)
    named = (LogFile(one.path, one.handlers, PurePosixPath(one.path).name in started) for one in found)
    return SettingsFiles(tuple(named), tuple(secrets), tuple(gaps))


def _candidates(inventory: Inventory) -> Iterator[SourceFile]:
    for file in inventory.files:
        name = PurePosixPath(file.path).name
        read = PurePosixPath(name).suffix in _SUFFIXES or _STARTING.search(name)
        small = file.size <= _LARGEST and read
        if file.surface in _KINDS and file.digest and (small or _is_env(file.path)):
            yield file


def _is_env(path: str) -> bool:
    return bool(_ENV_NAME.match(PurePosixPath(path).name))


def _secrets(file: SourceFile, text: str) -> Iterator[EnvSecret]:
    for number, line in enumerate(text.splitlines()[:_LINES], 1):
        held = _ENV_LINE.match(line)
        shape = shape_of(held["value"]) if held else None
        if held is not None and shape is not None:
            yield EnvSecret(file.path, number, file.package, held["name"], shape.kind, shape.length, shape.provider)


# --- configurations of logging


def _log_file(path: str, text: str, gaps: list[Gap]) -> Iterator[LogFile]:
    """The configuration that a file holds, if it is one: ``dictConfig``'s shape, or ``fileConfig``'s sections."""
    suffix = PurePosixPath(path).suffix
    try:
        if suffix in {".ini", ".cfg", ".conf"}:
            handlers = tuple(_sections(text))
        else:
            handlers = tuple(_dictionary(_READERS[suffix](text)))
    except (ValueError, RecursionError, yaml.YAMLError, configparser.Error) as error:
        gaps.append(Gap("settings", path, f"no settings can be read from it: {type(error).__name__.strip('_')}"))
        return
    if handlers:
        yield LogFile(path, handlers)


def _yaml(text: str) -> object:
    depth = aliases = 0
    for number, event in enumerate(yaml.parse(text, Loader=yaml.SafeLoader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        aliases += isinstance(event, yaml.AliasEvent)
        if depth > _DEEPEST or aliases > _MOST_ALIASES or number > _MOST_EVENTS:
            raise _HostileError
    return yaml.safe_load(text)


_READERS: Mapping[str, Callable[[str], object]] = {
    ".json": json.loads, ".toml": tomllib.loads, ".yaml": _yaml, ".yml": _yaml,
}  # fmt: skip


def _table(value: object) -> dict[str, object]:
    return {str(key): item for key, item in value.items()} if isinstance(value, dict) else {}


def _dictionary(document: object) -> Iterator[LogHandler]:
    """``dictConfig``'s handlers, at the top or under one key such as ``logging``."""
    for held in (document, *_table(document).values()):
        formatters, handlers = _table(_table(held).get("formatters")), _table(_table(held).get("handlers"))
        for handler in (_table(one) for name, one in handlers.items() if name in _used(_table(held))):
            named = _table(formatters.get(str(handler.get("formatter", ""))))
            made = tuple(str(named[key]) for key in ("()", "class") if named.get(key))
            kind = str(handler.get("class") or handler.get("()") or "")
            yield LogHandler(kind, str(handler.get("stream", "")), made, _address(handler))


def _used(document: dict[str, object]) -> set[str]:
    """Handlers that a logger has, or another handler hands records to; all where no logger says which."""
    every = _table(document.get("handlers"))
    loggers = [_table(document.get("root")), *map(_table, _table(document.get("loggers")).values())]
    named = [one.get("handlers") for one in (*loggers, *map(_table, every.values()))]
    found = {str(name) for names in named if isinstance(names, list | tuple) for name in names}
    found |= {str(one["target"]) for one in map(_table, every.values()) if isinstance(one.get("target"), str)}
    return found if any(one.get("handlers") for one in loggers) else set(every)


def _address(handler: dict[str, object]) -> str:
    """The URL, or the host and port, that a handler is given; a path of a socket is one of this host."""
    held = handler.get("address") or handler.get("url") or handler.get("host") or ""
    parts = [str(one) for one in held] if isinstance(held, list | tuple) else [str(held)]
    port = str(handler.get("port", "")) if len(parts) == 1 else ""
    whole = ":".join(part for part in (*parts, port) if part)
    return f"unix://{whole}" if whole.startswith("/") else whole


def _sections(text: str) -> Iterator[LogHandler]:
    """``fileConfig``'s handlers that some logger uses."""
    parser = configparser.RawConfigParser(strict=False)
    parser.read_string(text)
    loggers = (parser[name] for name in parser.sections() if name.startswith("logger_"))
    used = {name.strip() for logger in loggers for name in logger.get("handlers", "").split(",")}
    for name in parser.sections():
        if name.startswith("handler_") and name.removeprefix("handler_") in used:
            section = parser[name]
            formatter = f"formatter_{section.get('formatter', '').strip()}"
            made = (parser[formatter].get("class", ""),) if parser.has_section(formatter) else ()
            yield LogHandler(section.get("class", ""), section.get("args", ""), tuple(filter(None, made)))
