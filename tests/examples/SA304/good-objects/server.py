"""Objects that hide what they hold."""

import logging
from dataclasses import dataclass, field

from mcp.server.fastmcp import FastMCP
from pydantic import BaseModel, Field, SecretStr

mcp = FastMCP("mini")
log = logging.getLogger(__name__)

@dataclass
class Options:
    region: str
    api_key: str = field(default="", repr=False)


class Settings(BaseModel):
    api_key: SecretStr
    token: str = Field(default="", exclude=True, repr=False)


class Client:
    def __init__(self, token: str) -> None:
        self.token = token


@dataclass
class Spoken:
    token: str

    def __repr__(self) -> str:
        return "Spoken()"


class Login(BaseModel):
    user: str
    password: str
    max_tokens: int = 0


@mcp.tool()
async def go() -> str:
    """Go."""
    log.info("went")
    log.info("options %s", Options("eu"))
    log.info("settings %s", Settings(api_key=SecretStr("")))
    log.info("client %s", Client(""))
    log.info("spoken %s", Spoken(""))
    log.info("login %s", Login(user="a", password="").model_dump(exclude={"password"}))
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
