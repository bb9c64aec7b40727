import logging
import sys

from mcp.server.fastmcp import FastMCP

root = logging.getLogger()
root.handlers = [logging.StreamHandler(sys.stderr)]
root.setLevel("INFO")
log = logging.getLogger("shelf")
mcp = FastMCP("shelf")


@mcp.tool()
def read(key: str) -> str:  # expect: SA105
    print("read")
    return key


if __name__ == "__main__":
    mcp.run()
