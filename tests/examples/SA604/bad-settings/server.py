"""Settings as a whole, as an answer; what a tool made for its caller is none."""

import os
from dataclasses import asdict, dataclass, field

from mcp.server.fastmcp import FastMCP
from pydantic import BaseModel
from pydantic_settings import BaseSettings

mcp = FastMCP("settings")


class Settings(BaseSettings):
    """Settings."""

    region: str = "eu"
    api_key: str = ""


@dataclass
class StoreConfig:
    """Where shelves are kept."""

    host: str
    password: str


class Made(BaseModel):
    """What a caller asked for."""

    name: str
    token: str


@dataclass
class State:
    """What the server was started with."""

    name: str
    token: str = field(default_factory=lambda: os.environ["STATE_TOKEN"])


settings, state = Settings(), State("shelves")
store = StoreConfig(os.environ["STORE_HOST"], os.environ["STORE_PASSWORD"])


@mcp.tool()
def show() -> dict:
    """Show."""
    return settings.model_dump()  # expect: SA604


@mcp.tool()
def show_store() -> dict:
    """Show."""
    return asdict(store)  # expect: SA604


@mcp.tool()
def show_part() -> dict:
    """Show."""
    return settings.model_dump(exclude={"api_key"})


@mcp.tool()
def show_state() -> str:
    """Show."""
    return repr(state)  # expect: SA604


@mcp.tool()
def make(name: str) -> Made:
    """Make."""
    return Made(name=name, token=name)


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
