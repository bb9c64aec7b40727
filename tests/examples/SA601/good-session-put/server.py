"""What is sent to a service is not what the service answers with."""

import requests
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("pages")
BASE = "https://pages.example.test"


class Api:
    def __init__(self) -> None:
        self.session = requests.Session()

    def move(self, parent: str) -> None:
        self.session.put(f"{BASE}/pages/1", json={"parent": parent})

    def entry(self) -> dict:
        return self.session.get(f"{BASE}/entries/1").json()


api = Api()


@mcp.tool()
def move(parent: str) -> str:
    """Move the page."""
    api.move(parent)
    return "moved"


@mcp.tool()
def load() -> str:
    """Load what the page links to."""
    return api.session.get(api.entry()["parent"]).text


mcp.run(transport="streamable-http")
