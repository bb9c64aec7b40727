"""Files that were made to break a parser, fill the memory or confuse a path: each costs only itself."""

import os
import socket
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from audits import audit_changing, write_tree
from commandline import CommandLine, Ran

from skillaudit.collect import CollectOptions
from skillaudit.pool import Limits
from skillaudit.report import Report

LEAK = '''import logging
import os

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("shop")
log = logging.getLogger(__name__)


@mcp.tool()
def price(item: str) -> str:
    """Look a price up."""
    log.info("key %s", os.environ["SHOP_API_KEY"])
    return item


if __name__ == "__main__":
    mcp.run()
'''
LEAK_LINE = 13
LEAK_JS = """import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
const server = new McpServer({ name: 'shop', version: '1.0.0' });
server.tool('price', {}, async () => {
  console.error('key ' + process.env.SHOP_API_KEY);
  return { content: [] };
});
"""
LEAK_GO = """package main

import (
	"log"
	"os"
)

func main() {
	log.Printf("key %s", os.Getenv("SHOP_API_KEY"))
}
"""
SERVER = {
    "pyproject.toml": '[project]\nname = "shop"\nversion = "1"\ndependencies = ["mcp"]\n',
    "shop/__init__.py": "",
    "shop/server.py": LEAK,
}
THE_LEAK = ("SA302", "shop/server.py", LEAK_LINE)


@pytest.fixture
def line(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    write_tree(folder, SERVER)
    return folder


def unharmed(ran: Ran) -> None:
    assert ran.code == 0, ran.err
    assert THE_LEAK in ran.findings


def test_the_server_alone_has_its_leak_and_no_unseen_code(line: CommandLine, tree: Path) -> None:
    ran = line.audit(tree)
    unharmed(ran)
    assert [gap["path"] for gap in ran.report["gaps"] if gap["lines"]] == []


UNREADABLE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a JavaScript file of 50 MB": ("shop/huge.js", lambda: b"console.log(1);\n" * 3_200_000),
    "parentheses in Python": ("shop/a.py", lambda: b"import logging\nx = " + b"(" * 9000 + b")" * 9000),
    "lists in Python": ("shop/a.py", lambda: b"import logging\nx = " + b"[" * 50_000 + b"]" * 50_000),
    "lambdas in Python": ("shop/a.py", lambda: b"import logging\nx = " + b"lambda: " * 20_000 + b"1"),
    "unary operators in Python": ("shop/a.py", lambda: b"import logging\nx = " + b"not " * 60_000 + b"1"),
    "an and-chain in Python": ("shop/a.py", lambda: b"import logging\nx = " + b" and ".join([b"y"] * 60_000)),
}
"""Beyond what the parsers can do: a gap, and production lines that were not seen."""


IMPATIENT = CollectOptions(use_cache=False, limits=Limits(seconds=3))


def impatient(tree: Path) -> Report:
    """An audit that gives a file three seconds; it has found the leak all the same."""
    report = audit_changing(tree, IMPATIENT)
    assert THE_LEAK in {(one.check.id, one.finding.location.path, one.finding.location.line) for one in report.findings}
    return report


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_no_parser_can_read_is_a_gap(tree: Path, case: str) -> None:
    path, make = UNREADABLE[case]
    (tree / path).write_bytes(make())
    report = impatient(tree)
    assert [gap for gap in report.gaps if gap.path == path]


def _nested(opening: str, closing: str, depth: int, middle: str = "1") -> str:
    return opening * depth + middle + closing * depth


DIFFICULT: dict[str, tuple[str, str]] = {
    "parentheses in JavaScript": ("shop/a.js", f"console.log({_nested('(', ')', 50_000)});"),
    "functions in JavaScript": ("shop/a.js", f"console.log({_nested('() => [', ']', 20_000)});"),
    "templates in TypeScript": ("shop/a.ts", f"console.log({_nested('`${', '}`', 5_000)});"),
    "blocks in TypeScript": ("shop/a.ts", f"console.log(1);{_nested('if (x) {', '}', 20_000, 'f();')}"),
    "types in TypeScript": ("shop/a.ts", f"console.log(1); type A = {_nested('Array<', '>', 20_000, 'B')};"),
    "elements in TSX": ("shop/a.tsx", f"console.log(1); const a = {_nested('<a>', '</a>', 5_000)};"),
    "a sum in JavaScript": ("shop/a.js", f"console.log({' + '.join(['x'] * 60_000)});"),
    "calls in JavaScript": ("shop/a.js", f"console.log(x{'.f()' * 30_000});"),
    "an else-chain in JavaScript": ("shop/a.js", f"console.log(1);{' else '.join(['if (x) { f(); }'] * 20_000)}"),
    "conditions in JavaScript": ("shop/a.js", f"console.log({'x ? y : ' * 20_000}1);"),
    "parentheses in Go": ("shop/a.go", f'package a\nimport "log"\nvar x = {_nested("(", ")", 50_000)}\n'),
    "literals in Go": ("shop/a.go", f'package a\nimport "log"\nvar x = {_nested("[]any{", "}", 20_000)}\n'),
    "functions in Go": ("shop/a.go", f'package a\nimport "log"\nvar x = {_nested("func() { ", " }", 9_000)}\n'),
    "a manifest of lists": ("package.json", _nested("[", "]", 100_000)),
    "a manifest of objects": ("package.json", _nested('{"a":', "}", 100_000)),
    "a manifest of tables": ("other/pyproject.toml", f"[project]\nname = {_nested('[', ']', 50_000)}\n"),
    "a manifest of one key": ("other/pyproject.toml", f"[{'.'.join(['a'] * 50_000)}]\n"),
    "a module file without end": ("go.mod", "module a\n" + "require a v1\n" * 100_000),
    "blocks in Python": (
        "shop/a.py",
        "import logging\n" + "".join(f"{' ' * n}if x:\n" for n in range(99)) + " " * 99 + "f()",
    ),
    "attributes in Python": ("shop/a.py", f"import logging\nlogging.info(x{'.a' * 20_000})\n"),
    "a sum in Python": ("shop/a.py", f"import logging\nlogging.info({' + '.join(['x'] * 9_000)})\n"),
    "calls in Python": ("shop/a.py", f"import logging\nlogging.info(x{'.f()' * 2_000})\n"),
    "an else-chain in Python": ("shop/a.py", "import logging\nif x:\n f()\n" + "elif x:\n f()\n" * 5_000),
    "strings in Python": ("shop/a.py", "import logging\nlogging.info(" + '"a" ' * 20_000 + ")\n"),
    "one line of 400 KB": ("shop/a.py", f"import logging\nx = [{'1, ' * 130_000}]\n"),
}
"""Hard, but nobody says how hard: parsed or a gap, never the end of the audit."""


@pytest.mark.parametrize("case", DIFFICULT)
def test_nesting_costs_only_its_own_file(tree: Path, case: str) -> None:
    path, text = DIFFICULT[case]
    write_tree(tree, {path: text})
    assert {gap.path for gap in impatient(tree).gaps if gap.kind != "dependencies"} <= {"", path}


def _doubling(count: int) -> str:
    return "x0 = os.environ['A']\n" + "".join(f"x{n + 1} = x{n} + x{n}\n" for n in range(count))


TANGLED: dict[str, dict[str, str]] = {
    "a text that grows in Python": {"shop/a.py": "import logging\nx = ''\n" + "x += y\n" * 900 + "logging.info(x)\n"},
    "a text that grows in TypeScript": {"src/a.ts": "let x = '';\n" + "x += y;\n" * 900 + "console.log(x);\n"},
    "values that double": {"shop/a.py": f"import logging\nimport os\n{_doubling(200)}logging.info(x200)\n"},
    "branches that double": {
        "shop/a.py": "import logging\nimport os\nx = os.environ['A']\n"
        + "if y:\n    x = x + 'a'\nelse:\n    x = x + 'b'\n" * 200
        + "logging.info(x)\n"
    },
    "calls that double": {
        "shop/a.py": "import logging\nimport os\n\ndef f0(x):\n    logging.info(x)\n"
        + "".join(f"\ndef f{n + 1}(x):\n    f{n}(x)\n    f{n}(x)\n" for n in range(60))
        + "\nf60(os.environ['A_TOKEN'])\n"
    },
    "answers that double": {
        "shop/a.py": "import logging\nimport os\n\ndef f0():\n    return os.environ['A_TOKEN']\n"
        + "".join(f"\ndef f{n + 1}():\n    return f{n}() + f{n}()\n" for n in range(60))
        + "\nlogging.info(f60())\n"
    },
    "functions in a ring": {
        "shop/a.py": "import logging\n"
        + "".join(f"\ndef f{n}(x):\n    logging.info(x)\n    return f{(n + 1) % 50}(x)\n" for n in range(50))
    },
    "classes in a ring": {
        "shop/a.py": "import logging\n"
        + "".join(f"\nclass C{n}(C{(n + 1) % 50}):\n    def log(self, x):\n        self.log(x)\n" for n in range(50))
    },
    "modules in a ring": {
        f"shop/m{n}.py": "import logging\n{0} import *\n{0} import log\nlog.info(1)\n".format(
            f"from shop.m{(n + 1) % 30}"
        )
        for n in range(30)
    },
    "exports in a ring": {
        f"src/m{n}.ts": "export * {0};\nimport {{ log }} {0};\nlog.info(1);\n".format(f"from './m{(n + 1) % 30}'")
        for n in range(30)
    },
    "names of names": {
        "shop/a.py": "import logging\na0 = logging.getLogger('a')\n"
        + "".join(f"a{n + 1} = a{n}\n" for n in range(3000))
        + "a3000.info('x')\n"
    },
    "a name of itself": {
        "shop/a.py": "import logging\nlog = log\nlog.log = log.log.log\nlog.info(log)\nx = lambda: x()\n"
    },
    "wrappers of wrappers": {
        "shop/a.py": "import logging\n\ndef w0(m):\n    logging.info(m)\n"
        + "".join(f"\ndef w{n + 1}(m):\n    w{n}(m)\n" for n in range(1500))
        + "\nw1500('x')\n"
    },
    "a decorator of itself": {
        "shop/a.py": "import logging\n\n@d\ndef d(f):\n"
        "    @d\n    def g(*a):\n        logging.info(f(*a))\n        return g\n    return d(g)\n"
    },
    "many calls in one function": {
        "shop/a.py": "import logging\n\ndef f(x):\n" + "    logging.info('%s', x)\n" * 5000,
    },
    "many leaks of one value": {
        "shop/server.py": LEAK.replace("\nlog =", '\nkey = os.environ["SHOP_API_KEY"]; log =').replace(
            '    log.info("key %s", os.environ["SHOP_API_KEY"])\n', '    log.info("key %s", key)\n' * 5000
        ),
    },
    "many callers of one wrapper": {
        "shop/a.py": "import logging\n\ndef w(m):\n    logging.info(m)\n\n" + "w('x')\n" * 5000,
    },
}
"""Small trees whose flows could be followed without end, or twice as often with every line."""


@pytest.mark.parametrize("case", TANGLED)
def test_tangled_flows_end(line: CommandLine, tree: Path, case: str) -> None:
    write_tree(tree, TANGLED[case])
    unharmed(line.audit(tree, seconds=30))


ENCODED: dict[str, bytes] = {
    "byte order mark": b"\xef\xbb\xbf" + LEAK.encode(),
    "CRLF": LEAK.replace("\n", "\r\n").encode(),
    "form feed": b"\x0c" + LEAK.encode(),
    "invalid UTF-8 in a comment": LEAK.encode() + b"# caf\xe9\n",
    "a coding line": b"# -*- coding: latin-1 -*-\n# caf\xe9\n" + LEAK.encode(),
    "NUL after the code": LEAK.encode() + b"# \x00\n",
    "no line end": LEAK.rstrip("\n").encode(),
}


@pytest.mark.parametrize("case", ENCODED)
def test_the_leak_is_found_or_the_file_is_a_gap(tree: Path, case: str) -> None:
    (tree / "shop/coded.py").write_bytes(ENCODED[case])
    report = impatient(tree)
    places = [one.finding.location for one in report.findings if one.check.id == "SA302"]
    lines = [place.line for place in places if place.path == "shop/coded.py"]
    gaps = [gap for gap in report.gaps if gap.path == "shop/coded.py"]
    assert bool(lines) != bool(gaps)
    if case in {"byte order mark", "CRLF", "form feed", "no line end"}:
        assert lines == [LEAK_LINE]


FOREIGN = {
    "UTF-16": LEAK.encode("utf-16"),
    "NUL first": b"\x00" + LEAK.encode(),
    "carriage returns only": LEAK.replace("\n", "\r").encode(),
    "an archive": b"PK\x03\x04" + bytes(range(256)) * 40,
}


@pytest.mark.parametrize("case", FOREIGN)
def test_no_bytes_stop_the_audit(tree: Path, case: str) -> None:
    paths = {f"shop/foreign{suffix}" for suffix in (".py", ".ts", ".js", ".go")}
    for path in paths:
        (tree / path).write_bytes(FOREIGN[case])
    assert {gap.path for gap in impatient(tree).gaps if gap.kind != "dependencies"} <= {"", *paths}


NAMES = {
    "-rf.py": "-rf.py",
    "--config=x.py": "--config=x.py",
    "new\nline.py": "new\\x0aline.py",
    "esc\x1b[31m.py": "esc\\x1b[31m.py",
    "rtl\u202etxt.py": "rtl\\u202etxt.py",
    "zero\u200bwidth.py": "zero\\u200bwidth.py",
    "$(touch owned).py": "$(touch owned).py",
    "`touch owned`;'\".py": "`touch owned`;'\".py",
    "[bold]x[y].py": "[bold]x[y].py",
    "back\\slash.py": "back\\slash.py",
    "::set-output name=x::y.py": "::set-output name=x::y.py",
    "%n%s{0}.py": "%n%s{0}.py",
    " leading and trailing .py": " leading and trailing .py",
    "日本語.py": "日本語.py",
    f"{'n' * 252}.py": f"{'n' * 252}.py",
}


def test_a_leak_is_found_whatever_its_file_is_called(line: CommandLine, tree: Path) -> None:
    for name in NAMES:
        (tree / name).write_text(LEAK)
    ran = line.audit(tree)
    unharmed(ran)
    assert {path for check, path, _ in ran.findings if check == "SA302"} == {THE_LEAK[1], *NAMES.values()}
    assert list(line.home.iterdir()) == []


def test_a_name_that_is_no_text_is_kept_apart(line: CommandLine, tree: Path) -> None:
    Path(os.fsdecode(os.fsencode(tree) + b"/caf\xe9.py")).write_text(LEAK)
    ran = line.audit(tree)
    unharmed(ran)
    assert any("caf" in path for _, path, _ in ran.findings) or any("caf" in gap for gap in ran.gaps())


def test_options_and_line_breaks_in_names_reach_no_engine(line: CommandLine, tree: Path) -> None:
    sources = {".js": (LEAK_JS, 4), ".mjs": (LEAK_JS, 4), ".ts": (LEAK_JS, 4), ".go": (LEAK_GO, 9)}
    for suffix, (text, _) in sources.items():
        write_tree(tree, {f"--config-{suffix[1:]}{suffix}": text, f"two\n{suffix[1:]}{suffix}": text})
    ran = line.audit(tree)
    unharmed(ran)
    for suffix, (_, at) in sources.items():
        assert {
            ("SA302", f"--config-{suffix[1:]}{suffix}", at),
            ("SA302", f"two\\x0a{suffix[1:]}{suffix}", at),
        } <= ran.findings


def _fifo(tree: Path) -> None:
    os.mkfifo(tree / "shop/odd.py")


def _socket(tree: Path) -> None:
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(os.path.relpath(tree / "shop/odd.py"))


def _device(tree: Path) -> None:
    os.mknod(tree / "shop/odd.py", stat.S_IFCHR | 0o600, os.makedev(1, 5))


def _link(target: str) -> Callable[[Path], None]:
    return lambda tree: (tree / "shop/odd.py").symlink_to(target)


ODD: dict[str, Callable[[Path], None]] = {
    "a pipe": _fifo,
    "a socket": _socket,
    "a device": _device,
    "a link to itself": _link("odd.py"),
    "a link to the folder above": _link(".."),
    "a link to a secret of the machine": _link("/etc/passwd"),
    "a link to a device": _link("/dev/zero"),
}


@pytest.mark.parametrize("case", ODD)
def test_what_is_no_file_is_a_gap(line: CommandLine, tree: Path, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree)  # a socket's address is short
    try:
        ODD[case](tree)
    except PermissionError:
        pytest.skip("making such a file needs rights that this user has not")
    ran = line.audit(tree, seconds=20)
    unharmed(ran)
    assert [gap for gap in ran.gaps() if gap.startswith("shop/odd.py: ")]
    assert "root:" not in ran.out


def test_a_file_that_may_not_be_read_is_a_gap(line: CommandLine, tree: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    (tree / "shop/odd.py").write_text(LEAK)
    (tree / "shop/odd.py").chmod(0)
    ran = line.audit(tree)
    unharmed(ran)
    assert [gap for gap in ran.gaps("unreadable") if gap.startswith("shop/odd.py: ")]


def test_five_thousand_small_files_take_seconds(line: CommandLine, tree: Path) -> None:
    write_tree(tree, {f"shop/part{n % 50}/m{n}.py": f"VALUE = {n}\n" for n in range(5000)})
    before = time.monotonic()
    unharmed(line.audit(tree))
    assert time.monotonic() - before < 20


def test_folders_below_folders_are_cut_with_a_gap(line: CommandLine, tree: Path) -> None:
    deep = tree.joinpath(*["d"] * 200)
    deep.mkdir(parents=True)
    (deep / "server.py").write_text(LEAK)
    ran = line.audit(tree)
    unharmed(ran)
    assert [gap for gap in ran.gaps() if gap.startswith("d/")]
