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


GATE = """
import express from "express";
import winston from "winston";

const logger = winston.createLogger({});
const app = express();
app.use((req, res, next) => {
  if (!req.headers.authorization) {
    LOGGED
    res.status(401).end();
    return;
  }
  next();
});
app.listen(3000);
"""


@pytest.mark.parametrize(
    ("logged", "records", "hushed"),
    [("logger.warn('refused');", 1, None), ("logger.debug('refused');", 0, 9), ("", 0, None)],
)
def test_a_record_that_nobody_sees_by_default_is_named(logged: str, records: int, hushed: int | None) -> None:
    (found,) = facts_of({"gate.js": GATE.replace("LOGGED", logged), "package.json": "{}"}).rejections
    assert (len(found.records), found.hushed and found.hushed.line) == (records, hushed)
