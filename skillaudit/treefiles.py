"""The project's own files as text and trees, each read once, for whoever looks at single files by name."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from skillaudit.configuration import Node, UnreadableError
from skillaudit.configurations._events import read_events
from skillaudit.inventories.reading import read_text
from skillaudit.inventory import Inventory, SourceFile
from skillaudit.model import Gap, Location, Surface

MAX_BYTES = 512 << 10
"""A longer workflow, policy or manifest is a gap."""

_JSON_COMMENT = re.compile(r'("(?:[^"\\\n]|\\.)*+"?)|//[^\n]*|/\*.*?(?:\*/|\Z)', re.DOTALL)
_TRAILING_COMMA = re.compile(r'("(?:[^"\\\n]|\\.)*+"?)|,(?=\s*[}\]])')
_LONG_KEY = re.compile(r"(?:\.[ \t]*[\w\"'-]{1,200}[ \t]*){24}")
_GAP: Final = "upkeep"


@dataclass(slots=True)
class Files:
    """The project's own files as the readers see them; what cannot be read becomes a gap once."""

    root: Path
    inventory: Inventory
    gaps: list[Gap] = field(default_factory=list)
    known: Mapping[str, SourceFile] = field(init=False)
    texts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Leave out what is not the project's own, or could not be read."""
        self.known = {
            file.path: file for file in self.inventory.files if file.digest and file.surface is not Surface.VENDORED
        }

    def matching(self, pattern: re.Pattern[str]) -> Iterator[SourceFile]:
        """The files whose whole path matches, sorted by path."""
        return (file for path, file in self.known.items() if pattern.fullmatch(path))

    def text(self, path: str) -> str:
        """A file's text; empty where there is none or it cannot be read."""
        if path not in self.texts:
            held = read_text(self.root, path, MAX_BYTES, self.gaps) if path in self.known else None
            self.texts[path] = held or ""
        return self.texts[path]

    def tree(self, path: str) -> Node | None:
        """The first document of a YAML file or of JSON with comments; None where there is none."""
        text = self.text(path)
        if not path.endswith((".yml", ".yaml")):
            text = plain_json(text)
        try:
            return next(read_events(text, strict=False), None) if text else None
        except (UnreadableError, RecursionError) as error:
            self.gaps.append(Gap(_GAP, path, str(error) or "nested too deeply"))
            return None

    def toml(self, path: str) -> Mapping[str, Any]:
        """A TOML file as a mapping, empty where it cannot be read."""
        text = self.text(path)
        if not text:
            return {}
        try:
            return {} if _LONG_KEY.search(text) else tomllib.loads(text)
        except (ValueError, RecursionError):
            self.gaps.append(Gap(_GAP, path, "no valid TOML"))
            return {}

    def json(self, path: str) -> Mapping[str, Any]:
        """A JSON object, empty where there is none."""
        try:
            held = json.loads(self.text(path) or "{}")
        except (ValueError, RecursionError):
            self.gaps.append(Gap(_GAP, path, "no valid JSON"))
            return {}
        return held if isinstance(held, dict) else {}

    def line_of(self, path: str, pattern: str) -> Location:
        """Where a pattern first holds in a file, line 1 where it does not."""
        text = self.text(path)
        found = re.search(pattern, text, re.MULTILINE)
        return Location(path, text.count("\n", 0, found.start()) + 1 if found else 1)


def plain_json(text: str) -> str:
    """JSON without comments and trailing commas, each line where it was."""
    if "//" in text or "/*" in text:
        text = _JSON_COMMENT.sub(lambda found: found[1] or "\n" * found[0].count("\n"), text)
    return _TRAILING_COMMA.sub(lambda found: found[1] or "", text)
