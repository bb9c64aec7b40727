"""A base name, a suffix or a tidied file name has no separator of paths; a shell still finds `;` and `$(…)` in it."""

import os
import re
import subprocess
from pathlib import Path

from mcp.server.fastmcp import FastMCP
from pathvalidate import sanitize_filename

mcp = FastMCP("names")


@mcp.tool()
def size(path: str) -> str:
    return subprocess.getoutput(f"du -h /srv/{os.path.basename(path)}")  # expect: SA602 HIGH


@mcp.tool()
def kind(path: str) -> str:
    stem, suffix = os.path.splitext(path)
    return subprocess.getoutput(f"file -m {suffix}")  # expect: SA602 HIGH


@mcp.tool()
def show(path: str) -> str:
    return subprocess.getoutput("cat " + Path(path).name)  # expect: SA602 HIGH


def tidied(name: str) -> str:
    return name.replace("/", "_")


@mcp.tool()
def count(name: str) -> str:
    return subprocess.getoutput("wc " + tidied(name))  # expect: SA602 HIGH


@mcp.tool()
def pack(name: str) -> str:
    return subprocess.getoutput("zip " + sanitize_filename(name))  # expect: SA602 HIGH


@mcp.tool()
def joined(name: str) -> str:
    return subprocess.getoutput(subprocess.list2cmdline(["ls", name]))  # expect: SA602 HIGH


@mcp.tool()
def tag(name: str) -> str:
    subprocess.run(["git", "tag", os.path.basename(name)], check=True)  # expect: SA602 MEDIUM
    return "tagged"


@mcp.tool()
def label(name: str) -> str:
    return subprocess.getoutput("logger -t " + re.sub(r"[<>:/|?*]", "_", name))  # expect: SA602 HIGH


mcp.run()
