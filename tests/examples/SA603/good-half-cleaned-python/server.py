"""Names without a separator, and what is written to a path of the server's own."""

import os
import re
import urllib.parse
from pathlib import Path

import joblib
import torch
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("files")
ROOT = "/srv/data/"


@mcp.tool()
def base(path: str) -> str:
    return open(os.path.join(ROOT, os.path.basename(path))).read() + Path(ROOT, Path(path).name).read_text()


@mcp.tool()
def ending(path: str) -> str:
    _, suffix = os.path.splitext(path)
    return open(ROOT + "page" + suffix).read()


@mcp.tool()
def quoted(name: str) -> str:
    return open(ROOT + urllib.parse.quote(name, safe="")).read() + open(ROOT + re.sub(r"[\\/]", "_", name)).read()


@mcp.tool()
def keep(value: str) -> None:
    joblib.dump(value, ROOT + "value")
    torch.save(value, ROOT + "value.pt")


mcp.run()
