"""What is quoted for a shell, or has only letters left, is one word of it."""

import os
import re
import shlex
import subprocess

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("names")


@mcp.tool()
def size(path: str) -> str:
    return subprocess.getoutput(f"du -h /srv/{shlex.quote(os.path.basename(path))}")


@mcp.tool()
def tag(name: str) -> str:
    subprocess.run(["git", "tag", "--", os.path.basename(name)], check=True)
    subprocess.run(["git", "notes", "list", f"refs/{os.path.basename(name)}"], check=True)
    return "tagged"


@mcp.tool()
def label(name: str) -> str:
    return subprocess.getoutput("logger -t " + re.sub(r"[^A-Za-z0-9_]", "_", name))


mcp.run()
