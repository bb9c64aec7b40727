"""A server whose logging is set up by a document."""

import logging.config
from pathlib import Path

import yaml
from mcp.server.fastmcp import FastMCP

log = logging.getLogger(__name__)
mcp = FastMCP("document")


@mcp.tool()
def go() -> str:
    """Go."""
    log.info("go")
    return "gone"


def main() -> None:
    with (Path(__file__).parent / "records.yaml").open() as held:
        logging.config.dictConfig(yaml.safe_load(held))  # expect: SA204
    mcp.run()


if __name__ == "__main__":
    main()
