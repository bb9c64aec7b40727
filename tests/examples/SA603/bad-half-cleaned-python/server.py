"""What takes a suffix off, reads a literal or quotes for an address leaves the path as it was."""

import ast
import os
import shlex
import urllib.parse
from pathlib import Path

import joblib
import torch
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("files")
ROOT = "/srv/data/"


@mcp.tool()
def stem(path: str) -> str:
    base, _ = os.path.splitext(path)
    return open(base + ".json").read()  # expect: SA603


@mcp.tool()
def literal(text: str) -> str:
    return "".join(open(name).read() for name in ast.literal_eval(text))  # expect: SA603


@mcp.tool()
def quoted(name: str) -> str:
    return open(ROOT + urllib.parse.quote(name)).read()  # expect: SA603


@mcp.tool()
def word(name: str) -> str:
    return Path(ROOT, shlex.quote(name)).read_text()  # expect: SA603


@mcp.tool()
def keep(path: str) -> None:
    joblib.dump({"a": 1}, path)  # expect: SA603
    torch.save({"a": 1}, path)  # expect: SA603


mcp.run()
