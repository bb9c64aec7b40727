"""Tools that run what their callers send."""

import asyncio
import os
import shlex
import subprocess

import git
from fastapi import FastAPI
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("runner")
app = FastAPI()
ALLOWED = ("ls", "cat")


@mcp.tool()
def ping(host: str) -> str:
    """Is a host there?"""
    return os.popen(f"ping -c 1 {host}").read()  # expect: SA602 HIGH


@mcp.tool()
def count(path: str) -> str:
    """Count lines."""
    return subprocess.run("wc -l " + path, shell=True, capture_output=True, text=True).stdout  # expect: SA602 HIGH


@mcp.tool()
async def archive(name: str) -> int:
    """Pack a folder."""
    process = await asyncio.create_subprocess_shell("tar czf out.tgz %s" % name)  # expect: SA602 HIGH
    return await process.wait()


@mcp.tool()
def inner(text: str) -> str:
    """A shell behind a list."""
    return subprocess.check_output(["bash", "-c", f"echo {text} | rev"], text=True)  # expect: SA602 HIGH


@mcp.tool()
def chosen(tool: str) -> str:
    """The program is chosen."""
    return subprocess.check_output([tool, "--version"], text=True)  # expect: SA602 HIGH


@mcp.tool()
def split(line: str) -> str:
    """The whole line is chosen."""
    return subprocess.run(shlex.split(line), capture_output=True, text=True).stdout  # expect: SA602 HIGH


@mcp.tool()
def first(line: str) -> str:
    """Only the first word is looked at."""
    if line.split()[0] not in ALLOWED:
        raise ValueError("command")
    return subprocess.run(line, shell=True, capture_output=True, text=True).stdout  # expect: SA602 MEDIUM


@mcp.tool()
def blocked(line: str) -> str:
    """Some words are refused."""
    if any(word in line for word in ("rm", "sudo", ";")):
        raise ValueError("command")
    return subprocess.run(line, shell=True, capture_output=True, text=True).stdout  # expect: SA602 MEDIUM


@mcp.tool()
def log(revision: str) -> str:
    """An option of git."""
    return execute(["log", "--oneline", revision])


def execute(words: list[str]) -> str:
    return subprocess.run(["git", *words], capture_output=True, text=True).stdout  # expect: SA602 MEDIUM


@mcp.tool()
def search(pattern: str) -> str:
    """An option of grep."""
    words = ["grep", "-r"]
    words.append(pattern)
    return subprocess.run(words, capture_output=True, text=True).stdout  # expect: SA602 MEDIUM


@mcp.tool()
def difference(target: str) -> str:
    """An option of git, by its library."""
    return git.Repo(".").git.diff(target)  # expect: SA602 MEDIUM


@mcp.tool()
def run_command(command: str) -> str:
    """Run a shell command."""
    return subprocess.run(command, shell=True, capture_output=True, text=True).stdout  # expect: SA602 MEDIUM


@app.get("/lookup/{host}")
def lookup(host: str) -> int:
    return os.system("nslookup " + host)  # expect: SA602 HIGH
