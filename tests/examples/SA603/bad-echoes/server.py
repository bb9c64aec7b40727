"""One defect is told once: where the file is written, not at its directory, nor where it is read again."""

import os
import zipfile

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")


@mcp.tool()
def unpack(name: str, data: str) -> list[str]:
    """Unpack an archive."""
    path = os.path.join("/srv/archives", name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:  # expect: SA603
        file.write(bytes.fromhex(data))
    with zipfile.ZipFile(path, "r") as archive:
        return archive.namelist()


@mcp.tool()
def extend(name: str, line: str) -> str:
    """Add a line: what was there comes back too."""
    path = os.path.join("/srv/notes", name)
    with open(path, "a") as file:  # expect: SA603
        file.write(line)
    with open(path) as file:  # expect: SA603
        return file.read()


@mcp.tool()
def keep(name: str, line: str = "") -> str:
    """Write only where there is something to write."""
    path = os.path.join("/srv/notes", name)
    if line:
        with open(path, "w") as file:  # expect: SA603
            file.write(line)
    with open(path) as file:  # expect: SA603
        return file.read()


@mcp.tool()
def prepare(name: str) -> str:
    """Make a directory."""
    os.makedirs(os.path.join("/srv/notes", name))  # expect: SA603
    return name
