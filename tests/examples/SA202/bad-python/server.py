"""Files for agents; the log is text."""

import logging
import sys

import httpx
from mcp.server.fastmcp import Context, FastMCP
from starlette.requests import Request

from wrappers import Talker, deeper, shallow

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
log = logging.getLogger(__name__)
mcp = FastMCP("files")
talker = Talker()


class FileError(Exception):
    pass


def clean(text: str) -> str:
    """Sounds safe and strips blanks only."""
    return text.strip()


@mcp.tool()
async def read(path: str, ctx: Context) -> str:
    """Read a file."""
    log.info(f"reading {path}")  # expect: SA202 MEDIUM
    log.info("reading %s" % path)  # expect: SA202
    log.info("reading {}".format(path))  # expect: SA202
    log.info("reading " + path)  # expect: SA202
    log.info("reading %s", path)  # expect: SA202
    log.info(path)  # expect: SA202
    print(f"reading {path}", file=sys.stderr)  # expect: SA202
    print("reading", path, file=sys.stderr)  # expect: SA202
    sys.stderr.write("reading " + path + "\n")  # expect: SA202
    log.debug("reading %s", path)  # expect: SA202 LOW
    v1 = path.lower()
    log.warning("reading %s", v1)  # expect: SA202
    log.warning("reading %s", clean(path))  # expect: SA202
    log.warning("reading %s", path[:200])  # expect: SA202
    message = "reading "
    message += path
    log.error(message)  # expect: SA202
    shallow(path)  # expect: SA202
    deeper(path)  # expect: SA202
    talker.tell(f"reading {path}")  # expect: SA202
    try:
        return open(path).read()
    except OSError as error:
        log.error("cannot read %s: %s", path, error)  # expect: SA202
        raise FileError(path) from error


@mcp.tool()
async def fetch(url: str) -> str:
    """Fetch a page."""
    async with httpx.AsyncClient() as client:
        answer = await client.get("https://example.test/")
    log.info("answer %s", answer.text)  # expect: SA304 MEDIUM
    log.info("title %s", answer.json()["title"])  # expect: SA202 LOW
    return answer.text


@mcp.resource("file://{name}")
def file(name: str) -> str:
    log.info("resource %s", name)
    return name


@mcp.prompt()
def explain(topic: str) -> str:
    log.info("prompt %s", topic)  # expect: SA202
    return topic


@mcp.custom_route("/health", methods=["GET"])
async def health(request: Request):
    log.info("address %s", request.url)  # expect: SA202
    log.info(f"who {request.query_params['who']}")  # expect: SA202


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
