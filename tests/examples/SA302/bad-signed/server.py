"""Tokens that the server signs itself, and what it reads out of others'."""

import logging
import os

import jwt
from mcp.server.auth.provider import construct_redirect_uri
from mcp.server.fastmcp import FastMCP

logging.basicConfig(level=logging.INFO)
log = logging.getLogger(__name__)
mcp = FastMCP("shelf")
KEY = os.environ["SHELF_SIGNING_KEY"]


def _packed(text: bytes) -> str:
    return jwt.api_jws.encode(text, KEY)


@mcp.tool()
def lend(title: str, ticket: str) -> str:
    """Lend a book."""
    slip = jwt.encode({"title": title}, KEY, algorithm="HS256")
    log.info("slip %s", slip)  # expect: SA302
    log.info("sent on to %s", construct_redirect_uri("https://shelf.example", code=_packed(b"lent")))  # expect: SA302
    log.info("sent on to %s", construct_redirect_uri("https://shelf.example", state="lent"))
    claims = jwt.decode(ticket, KEY, algorithms=["HS256"])
    log.info("read a ticket of %d claims", len(claims))
    log.info("ticket issued at %s", jwt.decode(ticket, KEY, algorithms=["HS256"]).get("iat"))
    return slip[:0] + "lent"
