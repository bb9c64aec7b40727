"""The model looks at another field."""

from pathlib import Path

from mcp.server.fastmcp import FastMCP
from pydantic import BaseModel, field_validator

mcp = FastMCP("files")
ROOT = Path("/srv/data")


class ReadInput(BaseModel):
    path: str
    title: str

    @field_validator("title")
    @classmethod
    def inside(cls, value: str) -> str:
        if not (ROOT / value).resolve().is_relative_to(ROOT):
            raise ValueError("outside")
        return value


@mcp.tool()
def read(params: ReadInput) -> str:
    """Read a file."""
    return (ROOT / params.path).read_text()  # expect: SA603


mcp.run(transport="streamable-http")
