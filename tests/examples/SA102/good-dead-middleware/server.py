import logging

from mcp.server.fastmcp import FastMCP

log = logging.getLogger(__name__)
mcp = FastMCP("gate")


class AuthMiddleware:
    def __init__(self, tokens):
        self.tokens = tokens

    def validate_token(self, token):
        if token not in self.tokens:
            raise PermissionError("invalid bearer token")


@mcp.tool()
def ping() -> str:
    return "pong"


mcp.run()
