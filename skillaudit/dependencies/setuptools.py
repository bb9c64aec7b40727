"""Read what ``setup.cfg`` and ``setup.py`` declare; the latter is never run, only its literal lists are found."""

import configparser
import re
from collections.abc import Iterator

from skillaudit.dependencies._python import is_development, name_lines, requirement
from skillaudit.dependency import Document, Requirement, UnreadableError

_LIST = re.compile(r"\b(install_requires|tests_require)\s*=\s*\[([^\]]{0,20000})\]")
_STRING = re.compile(r"""["']([^"'\n]{1,300})["']""")


def read(document: Document) -> tuple[Requirement, ...]:
    """Read a manifest of setuptools.

    Raises:
        UnreadableError: it is malformed.
    """
    found = _of_program(document.text) if document.path.endswith(".py") else _of_configuration(document.text)
    lines = name_lines(document.text)
    return tuple(
        Requirement(one.name, one.wanted, one.version, lines.get(one.name, 1), one.development, False, one.unchecked)  # noqa: FBT003
        for one in found
    )


def _of_configuration(text: str) -> Iterator[Requirement]:
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(text)
    except configparser.Error as error:
        raise UnreadableError(f"not readable as INI ({type(error).__name__})") from error
    yield from _lines(parser.get("options", "install_requires", fallback=""), development=False)
    if parser.has_section("options.extras_require"):
        for extra, wanted in parser.items("options.extras_require"):
            yield from _lines(wanted, development=is_development(extra))


def _lines(text: str, *, development: bool) -> Iterator[Requirement]:
    for line in text.splitlines():
        wanted = line.partition(" #")[0].strip()
        if wanted and not wanted.startswith(("#", "file:")):
            yield requirement(wanted, 1, development=development)


def _of_program(text: str) -> Iterator[Requirement]:
    for found in _LIST.finditer(text):
        for wanted in _STRING.findall(found[2]):
            yield requirement(wanted, 1, development=found[1] != "install_requires")
