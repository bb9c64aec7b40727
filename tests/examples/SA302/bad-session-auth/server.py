import logging
import os

import requests
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("desk")
logger = logging.getLogger(__name__)


class Desk:
    def __init__(self, base: str, api_token: str) -> None:
        self.base = base
        self.session = requests.Session()
        self.session.auth = ("desk", api_token)

    def get(self, name: str) -> dict:
        answer = self.session.get(f"{self.base}/{name}")
        if not answer.ok:
            logger.error("desk refused %s", self.session.auth)  # expect: SA302
        return answer.json()


desk = Desk(os.environ["DESK_URL"], os.environ["DESK_API_TOKEN"])


@mcp.tool()
def open_tickets() -> dict:
    """Count open tickets."""
    return desk.get("tickets")


if __name__ == "__main__":
    mcp.run()
