import logging

from mcp.server.fastmcp import FastMCP

logging.basicConfig(level=logging.INFO)
log = logging.getLogger(__name__)
mcp = FastMCP("weather")


@mcp.tool()
def weather(city: str) -> str:  # expect: SA110 LOW
    try:
        return forecast(city)
    except OSError as error:
        log.exception("weather failed")
        raise RuntimeError("weather failed") from error


def forecast(city: str) -> str:
    return open(city).read()


log.info("starting")
mcp.run()
