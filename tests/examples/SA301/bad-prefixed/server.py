import json
import logging
import os

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("environments")
log = logging.getLogger(__name__)

PREFIX = "SHELF_"
TOKEN = os.environ.get("SHELF_API_TOKEN", "")


def settings() -> dict:
    return {k: v for k, v in os.environ.items() if k.startswith(PREFIX)}


def names() -> list:
    return [k for k in os.environ if k.startswith(PREFIX)]


@mcp.tool()
def show() -> str:
    """Show."""
    return json.dumps(settings())  # expect: SA604 HIGH


@mcp.tool()
def show_names() -> str:
    """Names."""
    return json.dumps(names())


@mcp.tool()
def show_lengths() -> str:
    """Lengths."""
    return json.dumps({k: len(v) for k, v in os.environ.items() if k.startswith("SHELF_")})


def start() -> None:
    log.info("settings %s", settings())  # expect: SA301 HIGH
    log.info("names %s", names())
    log.info("names %s", list(settings()))
    log.info("names %s", sorted(settings().keys()))
    for k, v in os.environ.items():
        if k.startswith("SHELF_"):
            log.info("%s=%s", k, v)  # expect: SA301 HIGH
    for k, v in os.environ.items():
        if k.startswith("SHELF_"):
            log.info("set: %s", k)
    log.info("locale %s", {k: v for k, v in os.environ.items() if k.startswith("LC_")})
    picked = {}
    for k in os.environ:
        if k.startswith("SHELF_"):
            picked[k] = os.environ[k]
    log.info("picked %s", picked)  # expect: SA301 HIGH
    log.info("hidden %s", {k: "***" for k, v in os.environ.items() if k.startswith("SHELF_")})
    log.info("region %s", settings().get("SHELF_REGION"))
    log.info("safe %s", {k: v for k, v in os.environ.items() if k.startswith("SHELF_") and "TOKEN" not in k})


if __name__ == "__main__":
    start()
    mcp.run(transport="streamable-http")
