"""Tools that keep the files which their callers name inside a root."""

import functools
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Literal

from mcp.server.fastmcp import FastMCP
from werkzeug.utils import secure_filename

mcp = FastMCP("files")
ROOT = Path(os.environ.get("ROOT", "/srv/data")).resolve()
NAME = re.compile(r"^[\w-]+$")


def guarded(function):
    @functools.wraps(function)
    def inner(name: str) -> str:
        if not (ROOT / name).resolve().is_relative_to(ROOT):
            raise ValueError("outside")
        return function(name)

    return inner


class Base:
    root = ROOT

    def resolve_inside(self, name: str) -> Path:
        target = (self.root / name).resolve()
        target.relative_to(self.root)
        return target


class Store(Base):
    def load(self, name: str) -> str:
        return self.resolve_inside(name).read_text()


store = Store()


def validate(path: str) -> str:
    real = os.path.realpath(path)
    for root in (str(ROOT), tempfile.gettempdir()):
        if real == root or real.startswith(root + os.sep):
            return real
    raise PermissionError(path)


def is_inside(path: Path) -> bool:
    try:
        path.resolve().relative_to(ROOT)
    except ValueError:
        return False
    return True


def common(path: str) -> None:
    if os.path.commonpath([ROOT, os.path.abspath(path)]) != str(ROOT):
        raise ValueError("outside")


@mcp.tool()
def one(name: str) -> str:
    """Inline."""
    target = (ROOT / name).resolve()
    if not target.is_relative_to(ROOT):
        raise ValueError("outside")
    return target.read_text()


@mcp.tool()
def two(name: str) -> str:
    """A method that raises."""
    return store.load(name)


@mcp.tool()
def three(name: str) -> str:
    """A helper's result."""
    with open(validate(name)) as file:
        return file.read()


@mcp.tool()
def four(name: str) -> str:
    """A helper's answer."""
    target = ROOT / name
    if not is_inside(target):
        return "refused"
    return target.read_text()


@mcp.tool()
def five(name: str) -> str:
    """A helper that raises."""
    target = os.path.join(ROOT, name)
    common(target)
    return open(target).read()


@mcp.tool()
def six(name: str) -> str:
    """Only the last part is used."""
    return (ROOT / os.path.basename(name)).read_text() + (ROOT / Path(name).name).read_text()


@mcp.tool()
def seven(name: str) -> str:
    """Made harmless."""
    (ROOT / secure_filename(name)).write_text("x")
    return (ROOT / re.sub(r"[^\w.-]", "_", name)).read_text()


@mcp.tool()
def eight(name: str) -> str:
    """A closed alphabet."""
    if not NAME.match(name):
        raise ValueError("name")
    return (ROOT / f"{name}.txt").read_text()


@mcp.tool()
def nine(kind: Literal["a", "b"], number: int) -> str:
    """Types that leave no choice."""
    return (ROOT / kind / str(number)).read_text()


@mcp.tool()
@guarded
def ten(name: str) -> str:
    """A decorator."""
    return (ROOT / name).read_text()


@mcp.tool()
def eleven(name: str) -> str:
    """A name that the server knows."""
    known = [path.name for path in ROOT.iterdir()]
    if name not in known:
        raise ValueError("unknown")
    return (ROOT / name).read_text()


@mcp.tool()
def twelve(content: str) -> str:
    """The server's own names."""
    with tempfile.NamedTemporaryFile("w", delete=False) as file:
        file.write(content)
    Path(file.name).unlink()
    with open(ROOT / "log.txt", "a") as log:
        log.write(content)
    return "done"


@mcp.tool()
def thirteen(names: list[str]) -> str:
    """Each of several."""
    for name in names:
        if not (ROOT / name).resolve().is_relative_to(ROOT):
            raise ValueError("outside")
    return "".join((ROOT / name).read_text() for name in names)


if __name__ == "__main__":
    open(sys.argv[1]).close()
    mcp.run()
