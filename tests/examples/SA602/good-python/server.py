"""Tools that start programs and leave their callers no choice."""

import os
import re
import shlex
import subprocess
import sys
from typing import Literal

import git
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("runner")
ALLOWED = {"ls": ["ls", "-l"], "df": ["df", "-h"]}
HOST = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")


@mcp.tool()
def ping(host: str) -> str:
    """A closed alphabet."""
    if HOST.fullmatch(host) is None:
        raise ValueError("host")
    return subprocess.run(["ping", "-c", "1", host], capture_output=True, text=True).stdout


@mcp.tool()
def count(path: str) -> str:
    """Quoted."""
    return os.popen(f"wc -l -- {shlex.quote(path)}").read()


@mcp.tool()
def listed(name: str) -> str:
    """Looked up."""
    if name not in ALLOWED:
        return "unknown"
    return subprocess.run(ALLOWED[name], capture_output=True, text=True).stdout


@mcp.tool()
def named(name: str) -> str:
    """One of a closed set."""
    if name not in ALLOWED:
        return "unknown"
    return subprocess.run([name, "--version"], capture_output=True, text=True).stdout


@mcp.tool()
def log(path: str) -> str:
    """Behind the separator."""
    return subprocess.run(["git", "log", "--oneline", "--", path], capture_output=True, text=True).stdout


@mcp.tool()
def difference(target: str) -> str:
    """Options are refused."""
    if target.startswith("-"):
        raise ValueError("target")
    return git.Repo(".").git.diff(target)


@mcp.tool()
def show(revision: str, count: int, side: Literal["ours", "theirs"]) -> str:
    """Values of options."""
    return subprocess.run(
        ["git", "log", f"--since={revision}", "--author", revision, f"-n{count}", "-n", str(count), side],
        capture_output=True,
        text=True,
    ).stdout


@mcp.tool()
def given(text: str) -> str:
    """On standard input."""
    return subprocess.run(["wc", "-w"], input=text, capture_output=True, text=True).stdout


def start() -> None:
    """The operator's own words."""
    subprocess.run([sys.argv[1], os.environ["TARGET"]], check=True)
    os.system("echo " + " ".join(sys.argv[2:]))


if __name__ == "__main__":
    start()
    mcp.run()
