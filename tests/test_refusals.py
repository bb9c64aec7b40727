import pytest
from linked import facts_of

CONTAINED = """
from pathlib import Path
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("files")
ROOT = Path("/srv/files")


@mcp.tool()
def look(name: str) -> str:
    target = (ROOT / name).resolve()
    try:
        TRIED
    except ValueError:
        raise ValueError(f"{name} is outside the allowed folder")
    return target.read_text()
"""


@pytest.mark.parametrize(("tried", "refused"), [("target.relative_to(ROOT)", 1), ("target = parse(name)", 0)])
def test_an_error_of_the_check_of_a_path_is_a_refusal(tried: str, refused: int) -> None:
    """``relative_to`` says by an error what others answer; any other error is only passed on."""
    assert len(facts_of({"server.py": CONTAINED.replace("TRIED", tried)}).rejections) == refused
