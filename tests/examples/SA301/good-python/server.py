"""Says about its environment what may be said."""

import logging
import os
import subprocess

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("env")
log = logging.getLogger(__name__)
ALLOWED = ("LANG", "TZ", "PORT")
SECRETS = ("TOKEN", "KEY")


def subset() -> dict[str, str | None]:
    return {name: os.environ.get(name) for name in ALLOWED}


@mcp.tool()
def where() -> str:
    """Say where this runs."""
    log.info("names %s", list(os.environ))
    log.info("names %s", sorted(os.environ.keys()))
    log.info("count %d", len(os.environ))
    log.info("settings %s", subset())
    log.info("port %s at %s", os.environ.get("PORT", "8080"), os.environ["HOST"])
    log.info("has key %s", "API_KEY" in os.environ)
    for name in os.environ:
        log.info("variable %s", name)
    child = dict(os.environ)
    child["LANG"] = "C"
    done = subprocess.run(["true"], env=child, check=False)
    log.info("exit %d", done.returncode)
    log.info("the environment os.environ was copied")
    return "here"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
