"""A name that the server itself puts together is nobody's."""

import logging

from mcp.server.fastmcp import FastMCP

logging.basicConfig(level=logging.INFO)
log = logging.getLogger(__name__)
mcp = FastMCP("store")


class Store:
    def __init__(self, client_id: str) -> None:
        self.client_id = client_id

    def entry(self) -> str:
        return f"oauth-{self.client_id}"

    def save(self) -> None:
        username = self.entry()
        log.info("saved under %s", username)


@mcp.tool()
def save(client_id: str) -> str:
    Store(client_id).save()
    return "saved"


mcp.run()
