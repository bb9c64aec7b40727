"""The ``.env`` beside a compose file, whose variables compose fills into it before anything is read."""

import re
from collections.abc import Mapping
from typing import Final

from skillaudit.configuration import Source
from skillaudit.secretshapes import shape_of

_SERVICES: Final = re.compile(r"^services:", re.MULTILINE)
_LINE = re.compile(
    r"^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w{0,100})[ \t]*=[ \t]*"
    r"(?:'([^'\n]{0,500})'|\"([^\"\\$\n]{0,500})\"|([^\s\"'#$]{0,500}))[ \t]*(?:\s#.*)?$",
    re.MULTILINE,
)
_PLAIN = re.compile(r"^[\w/](?:[\w./:@%+,=-]*[\w/=])?$")
"""What means the same in YAML wherever it stands."""
_PLACE = re.compile(r"(?<!\$)\$(?:\{([A-Za-z_]\w{0,100})(?:(:?[-+?])([^{}$\n]{0,500}))?\}|([A-Za-z_]\w{0,100}))")


def with_variables(source: Source) -> str:
    """A compose file's text with the values that ``.env`` holds; secrets, and what it does not hold, stay open."""
    if "$" not in source.text or not _SERVICES.search(source.text):
        return source.text
    folder = source.path.rpartition("/")[0]
    text = source.sibling(f"{folder}/.env".lstrip("/"))
    if text is None:
        return source.text
    held = _assignments(text)
    return _PLACE.sub(lambda place: _filled(place, held), source.text)


def _assignments(text: str) -> Mapping[str, str]:
    found = {one[1]: one[2] or one[3] or one[4] or "" for one in _LINE.finditer(text)}
    return {name: value for name, value in found.items() if _PLAIN.match(value) and shape_of(value) is None}


def _filled(place: re.Match[str], held: Mapping[str, str]) -> str:
    value = held.get(place[1] or place[4])
    if value is None:
        return place[0]
    return place[3] if (place[2] or "").endswith("+") else value
