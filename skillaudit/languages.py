"""The language of a file, from its extension or its shebang."""

import re
from pathlib import PurePosixPath

from skillaudit.model import Language

_EXTENSIONS = {
    Language.PYTHON: ".py .pyi .pyw",
    Language.TYPESCRIPT: ".ts .tsx .mts .cts",
    Language.JAVASCRIPT: ".js .jsx .mjs .cjs",
    Language.GO: ".go",
    Language.RUST: ".rs",
    Language.CSHARP: ".cs",
    Language.JAVA: ".java",
    Language.KOTLIN: ".kt .kts",
    Language.SWIFT: ".swift",
    Language.RUBY: ".rb",
    Language.PHP: ".php",
    Language.C: ".c .h",
    Language.CPP: ".cc .cpp .cxx .hh .hpp .hxx",
    Language.SCALA: ".scala",
    Language.ELIXIR: ".ex .exs",
    Language.DART: ".dart",
    Language.LUA: ".lua",
    Language.SHELL: ".sh .bash .zsh .ksh",
    Language.SVELTE: ".svelte",
    Language.VUE: ".vue",
}
_BY_EXTENSION = {extension: language for language, all_of_it in _EXTENSIONS.items() for extension in all_of_it.split()}

_INTERPRETERS = {
    "python": Language.PYTHON,
    "uv": Language.PYTHON,
    "node": Language.JAVASCRIPT,
    "bun": Language.TYPESCRIPT,
    "deno": Language.TYPESCRIPT,
    "tsx": Language.TYPESCRIPT,
    "ts-node": Language.TYPESCRIPT,
    "sh": Language.SHELL,
    "bash": Language.SHELL,
    "zsh": Language.SHELL,
    "dash": Language.SHELL,
    "ksh": Language.SHELL,
    "ruby": Language.RUBY,
    "php": Language.PHP,
    "lua": Language.LUA,
}
_BYTES_A_LINE = 40
_SHEBANG = re.compile(rb"#![ \t]*(\S{1,200})(?:[ \t]+(?:-S[ \t]+)?(\S{1,200}))?")
_VERSION = re.compile(r"[\d.]+$")


def estimated_lines(path: str, size: int) -> int:
    """How many lines a file of ``size`` bytes that cannot be read may hold: 0 where no front end would read it."""
    language = language_of(path, b"")
    return lines_of_unknown(size) if language is not None and language.supported else 0


def lines_of_unknown(size: int) -> int:
    """How many lines of code ``size`` bytes may hold, at least one."""
    return max(1, size // _BYTES_A_LINE)


def language_of(path: str, head: bytes) -> Language | None:
    """The language of the file at ``path`` that begins with ``head``, None where it is no source code.

    An extension decides alone, except that ``.ts`` is also a video and a translation format; a file without any
    extension is judged by its shebang.
    """
    suffix = PurePosixPath(path).suffix.lower()
    if suffix:
        foreign = suffix == ".ts" and (head.lstrip().startswith(b"<?xml") or (head[:1] == b"G" and b"\0" in head))
        return None if foreign else _BY_EXTENSION.get(suffix)
    shebang = _SHEBANG.match(head)
    if shebang is None:
        return None
    program = PurePosixPath(shebang[1].decode("ascii", "replace")).name
    if program == "env" and shebang[2]:
        program = PurePosixPath(shebang[2].decode("ascii", "replace")).name
    return _INTERPRETERS.get(_VERSION.sub("", program))
