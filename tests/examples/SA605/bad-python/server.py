"""Secrets in the source."""

import hmac
import os

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
SERVICE_API_KEY = "WKbsDE5kGZoDiPCFdcERFmdD5nHQrroDnobDQCm7"  # expect: SA605 HIGH
session_secret = os.environ.get("SESSION_SECRET", "49d439536b3216fdaeeb975729fae923d5a4fd12aabfe228")  # expect: SA605
DATABASE = "postgresql://app:gvtEDxvVsnu5eU@db.prod.hosting-c7.net/app"  # expect: SA605


class Client:
    access_token: str = "wa9tYBfYLqHhDP2UJyRbb8hFLebmT9J5"  # expect: SA605

    def connect(self, make):
        return make(password="d8mTwcYu9aQKFMKQtQAh")  # expect: SA605


@mcp.tool()
def unlock(token: str) -> str:
    """Unlock."""
    if token == "open-sesame-2024":  # expect: SA605
        return "unlocked"
    return "locked"


@mcp.tool()
def lock(api_key: str) -> bool:
    """Lock."""
    return hmac.compare_digest(api_key, "shut-sesame-77")  # expect: SA605


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
