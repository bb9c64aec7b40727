"""Texts whose places a function fills in."""

import logging
import os
import re

from mcp.server.fastmcp import FastMCP

logging.basicConfig(level=logging.INFO)
log = logging.getLogger(__name__)
mcp = FastMCP("shelf")
TOKEN = os.environ["SHELF_API_TOKEN"]
PLACE = re.compile(r"\$\{\w+\}")


def fill(match: re.Match[str]) -> str:
    """What stands for a place."""
    return os.environ["SHELF_DB_PASSWORD"] if match[0] == "${db}" else ""


def hide(match: re.Match[str]) -> str:
    """Stars as long as what was there."""
    return "*" * len(match[0])


def quote(match: re.Match[str]) -> str:
    """A word in quotes."""
    token = match.group(0)
    return f'"{token}"' if token.isupper() else token


@mcp.tool()
def begin() -> str:
    """Begin."""
    log.info("command %s", re.sub(r"\$\{\w+\}", lambda _: TOKEN, "curl ${token}"))  # expect: SA302
    log.info("connects to %s", PLACE.sub(fill, "db://shelf:${db}@host"))  # expect: SA302
    log.info("command %s", PLACE.sub(lambda m: m[0].lower(), "curl ${TOKEN}"))
    log.info("asked for %s", re.sub(r"[A-Z]+", quote, "OPEN and NEW"))
    log.info("token %s", re.sub(r".", hide, TOKEN))
    return "begun"
