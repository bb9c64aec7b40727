import logging

from mcp.server.fastmcp import FastMCP

logging.basicConfig(level=logging.INFO)
log = logging.getLogger(__name__)
mcp = FastMCP("weather")


@mcp.tool()
def weather(city: str) -> str:
    answer = open(city).read()
    log.info("weather answered")
    return answer


mcp.run()
