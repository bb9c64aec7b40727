"""Weather for agents."""

import base64
import json
import logging
import os
from os import environ, getenv

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("weather")
log = logging.getLogger(__name__)

SETTINGS = {"region": "eu", "key": os.environ["WEATHER_API_KEY"]}

def unchanged(value: str) -> str:
    return value


async def fetch_setting() -> str:
    return os.environ["WEATHER_PASSWORD"]


@mcp.tool()
async def forecast(city: str) -> str:
    """Tell the weather."""
    a = os.getenv("WEATHER_API_KEY")
    b = environ["SMTP_PASSWORD"]
    c = environ.get("SLACK_TOKEN") or "none"
    log.info("one %s", a)  # expect: SA302 HIGH
    log.info(f"two {b}")  # expect: SA302
    log.info("three " + c)  # expect: SA302
    log.info("four {}".format(getenv("PRIVATE_KEY")))  # expect: SA302
    log.info("five %(x)s" % {"x": a})  # expect: SA302
    log.info("six", extra={"x": a})  # expect: SA302
    d = {"x": {"y": a}}
    log.info("seven %s", d["x"]["y"])  # expect: SA302
    log.info("eight %s", json.dumps(d))  # expect: SA302
    log.info("nine %r", SETTINGS)  # expect: SA302
    e, f = city, b
    log.info("ten %s", f)  # expect: SA302
    g = [c]
    g.append("x")
    log.info("eleven %s", g[0])  # expect: SA302
    log.info("twelve %s", unchanged(a))  # expect: SA302
    log.info("thirteen %s", await fetch_setting())  # expect: SA302
    log.info("fifteen %s", a if a else "unset")  # expect: SA302
    log.info("sixteen %s", base64.b64encode(a.encode()).decode())  # expect: SA302
    log.info("seventeen %s", repr(a))  # expect: SA302
    log.info("eighteen %s", {**d, "z": 1})  # expect: SA302
    log.info("nineteen %s", str(a).strip().lower())  # expect: SA302
    h = "key=" + a
    h += "&x=1"
    log.info(h)  # expect: SA302
    log.debug("twenty %s", a)  # expect: SA302 MEDIUM
    if (i := os.environ["DB_PASSWORD"]) != "":
        log.error("twenty-one %s", i)  # expect: SA302
    for j in (a, b):
        log.info("twenty-two %s", j)  # expect: SA302
    log.info("twenty-three %s", [k for k in (a, b)])  # expect: SA302
    log.info("twenty-four %s", ", ".join([a, city]))  # expect: SA302
    log.info("twenty-five %s", os.environ["DATABASE_URL"])  # expect: SA302
    try:
        raise RuntimeError("x")
    except RuntimeError:
        log.exception("twenty-six %s", b)  # expect: SA302
    return e


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
