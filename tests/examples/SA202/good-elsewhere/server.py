"""What is looked up by a key is not the key, wherever the look-up runs."""

import asyncio
import logging

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)
ACCOUNTS: dict[str, dict] = {"a": {"plan": "free"}}


def account_of(email: str, strict: bool = False) -> dict | None:
    held = ACCOUNTS.get(email)
    if held is None and strict:
        raise KeyError
    return held


@mcp.tool()
async def show(email: str) -> str:
    """Show an account."""
    account = await asyncio.to_thread(account_of, email, strict=True)
    log.info("plan %s", account["plan"])
    loop = asyncio.get_running_loop()
    again = await loop.run_in_executor(None, account_of, email)
    log.info("plan %s", again["plan"])
    log.info("plan %s", await asyncio.to_thread(lambda: ACCOUNTS[email]["plan"]))
    return "shown"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
