"""Tools that touch the files which their callers name."""

import asyncio
import os
import shutil
import zipfile
from pathlib import Path

import aiofiles
import openpyxl
import pandas as pd
from fastapi import FastAPI, UploadFile
from mcp.server.fastmcp import FastMCP
from mcp.server.lowlevel import Server

mcp = FastMCP("files")
low = Server("low")
app = FastAPI()
ROOT = Path(os.environ.get("ROOT", "/srv/data")).resolve()


class Store:
    def __init__(self, root: Path) -> None:
        self.root = root

    def place(self, name: str) -> Path:
        return self.root / f"{name}.json"

    def load(self, name: str) -> str:
        return self.place(name).read_text()  # expect: SA603 HIGH

    def drop(self, name: str) -> None:
        os.remove(self.place(name))  # expect: SA603 HIGH


store = Store(ROOT)


@mcp.tool()
def read(name: str) -> str:
    """Read a file."""
    with open(os.path.join(ROOT, name)) as file:  # expect: SA603 HIGH
        return file.read()


@mcp.tool()
def write(name: str, content: str) -> str:
    """Write a file."""
    target = ROOT / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(content)  # expect: SA603 HIGH
    return "done"


@mcp.tool()
def load(name: str) -> str:
    """Load a record."""
    return store.load(name)


@mcp.tool()
def drop(name: str) -> str:
    """Drop a record."""
    store.drop(name)
    return "done"


@mcp.tool()
def move(old: str, new: str) -> str:
    """Move a file."""
    shutil.move(ROOT / old, ROOT / new)  # expect: SA603 HIGH
    return "done"


@mcp.tool()
def names(folder: str) -> list[str]:
    """List a folder."""
    return os.listdir(folder)  # expect: SA603 HIGH


@mcp.tool()
async def later(name: str) -> str:
    """Without waiting."""
    async with aiofiles.open(name) as file:  # expect: SA603 HIGH
        return await file.read()


@mcp.tool()
async def thread(name: str) -> str:
    """In a thread."""
    return await asyncio.to_thread(slurp, name)


def slurp(name: str) -> str:
    return Path(name).expanduser().read_text()  # expect: SA603 HIGH


@mcp.tool()
def table(name: str) -> str:
    """By a library."""
    book = openpyxl.load_workbook(name)  # expect: SA603 HIGH
    book.save(name)  # expect: SA603 HIGH
    return pd.read_csv(name).to_json()  # expect: SA603 HIGH


@mcp.tool()
def began(name: str) -> str:
    """The text is compared before it is resolved."""
    target = os.path.join(ROOT, name)
    if not target.startswith("/srv/data/"):
        raise ValueError("outside")
    return open(target).read()  # expect: SA603 MEDIUM


@mcp.tool()
def beside(name: str) -> str:
    """The root is compared without its separator."""
    target = os.path.realpath(os.path.join(ROOT, name))
    if not target.startswith(str(ROOT)):
        raise ValueError("outside")
    return open(target).read()  # expect: SA603 MEDIUM


@mcp.tool()
def dots(name: str) -> str:
    """Only dots are refused."""
    if ".." in name:
        raise ValueError("outside")
    return open(name).read()  # expect: SA603 MEDIUM


@mcp.tool()
def there(name: str) -> str:
    """That it exists is no check, nor is its suffix."""
    if not os.path.exists(name) or not name.endswith(".txt"):
        raise ValueError("missing")
    return open(name).read()  # expect: SA603 HIGH


@mcp.tool()
def late(name: str) -> str:
    """The check comes too late."""
    text = (ROOT / name).read_text()  # expect: SA603 HIGH
    if not (ROOT / name).resolve().is_relative_to(ROOT):
        raise ValueError("outside")
    return text


@mcp.tool()
def unused(name: str) -> str:
    """What the check says is not heard."""
    inside(ROOT / name)
    return (ROOT / name).read_text()  # expect: SA603 HIGH


def inside(path: Path) -> bool:
    return path.resolve().is_relative_to(ROOT)


@mcp.tool()
def unpack(archive: str) -> str:
    """The archive is chosen."""
    with zipfile.ZipFile(archive) as packed:  # expect: SA603 HIGH
        packed.extractall(ROOT)
    return "done"


@mcp.resource("notes://{name}")
def note(name: str) -> str:
    """A resource's name."""
    return Path("notes", name).read_text()  # expect: SA603 HIGH


@low.call_tool()
async def call_tool(name: str, arguments: dict) -> list:
    if name == "show":
        return [show(arguments["file"])]
    return []


def show(file: str) -> str:
    return open(file).read()  # expect: SA603 HIGH


@app.post("/upload")
async def upload(name: str, file: UploadFile) -> dict:
    with open(f"/srv/uploads/{name}", "wb") as target:  # expect: SA603 HIGH
        target.write(await file.read())
    return {}
