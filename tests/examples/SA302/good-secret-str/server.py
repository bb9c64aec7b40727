"""SecretStr."""

import logging

from mcp.server.fastmcp import FastMCP
from pydantic import SecretStr
from pydantic_settings import BaseSettings

mcp = FastMCP("mini")
log = logging.getLogger(__name__)

class Settings(BaseSettings):
    api_key: SecretStr = SecretStr("")


settings = Settings()


@mcp.tool()
async def go() -> str:
    """Go."""
    log.info("key %s", settings.api_key)
    log.info("key %r", settings.api_key)
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
