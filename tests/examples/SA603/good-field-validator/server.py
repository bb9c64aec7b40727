"""The model refuses what leads out of the root before the tool runs."""

from pathlib import Path

from mcp.server.fastmcp import FastMCP
from pydantic import BaseModel, field_validator

mcp = FastMCP("files")
ROOT = Path("/srv/data")


class ReadInput(BaseModel):
    path: str

    @field_validator("path")
    @classmethod
    def inside(cls, value: str) -> str:
        if not (ROOT / value).resolve().is_relative_to(ROOT):
            raise ValueError("outside")
        return value


@mcp.tool()
def read(params: ReadInput) -> str:
    """Read a file."""
    return (ROOT / params.path).read_text()


mcp.run(transport="streamable-http")
