"""Lines that a library takes apart at its spaces, with no shell between."""

import docker
import pexpect
from mcp.server.fastmcp import FastMCP
from pexpect.popen_spawn import PopenSpawn

mcp = FastMCP("lines")


@mcp.tool()
def log(path: str) -> str:
    return pexpect.run(f"git log {path}")  # expect: SA602 MEDIUM


@mcp.tool()
def start(line: str) -> None:
    PopenSpawn(line)  # expect: SA602 HIGH


@mcp.tool()
def listed(path: str) -> None:
    pexpect.spawn("ls", ["--", path])


@mcp.tool()
def inside(path: str) -> str:
    box = docker.from_env().containers.get("web")
    box.exec_run(f"cat {path}")  # expect: SA602 MEDIUM
    return box.exec_run(f"bash -lc 'cat {path}'")  # expect: SA602 HIGH


mcp.run()
