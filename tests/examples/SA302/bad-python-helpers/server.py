"""Mail for agents. Helpers are judged by what they give back, not by their names."""

import logging
import os

from mcp.server.fastmcp import FastMCP

log = logging.getLogger("mail")
mcp = FastMCP("mail")


def mask_secret(value: str) -> str:
    """Promises more than it does."""
    return f"<{value}>"


def redact(value: str) -> str:
    return value.strip()


def hash_token(value: str) -> str:
    return value


def sanitize(fields: dict) -> dict:
    return {k: v for k, v in fields.items() if v}


def format_header(value: str) -> str:
    return "Bearer " + value


def headers() -> dict:
    return {"Authorization": f"Bearer {os.environ['MAIL_TOKEN']}", "Accept": "json"}


class Client:
    def __init__(self) -> None:
        self.secret = os.environ["MAIL_CLIENT_SECRET"]

    def describe(self) -> str:
        return f"Client({self.secret})"


@mcp.tool()
def send(to: str) -> str:
    """Send a mail."""
    v = os.environ["MAIL_TOKEN"]
    log.info("masked %s", mask_secret(v))  # expect: SA302
    log.info("redacted %s", redact(v))  # expect: SA302
    log.info("hashed %s", hash_token(v))  # expect: SA302
    log.info("clean %s", sanitize({"v": v}))  # expect: SA302
    log.info("header %s", format_header(v))  # expect: SA302
    log.info("headers %s", headers())  # expect: SA302
    log.info("header %s", headers()["Authorization"])  # expect: SA302
    client = Client()
    log.info("client %s", client.describe())  # expect: SA302
    log.info("client %s", client.secret)  # expect: SA302
    log.info("rest %s", format_header(v)[7:])  # expect: SA302
    log.info("rest %s", format_header(v).split(" ")[1])  # expect: SA302
    log.info("rest %s", format_header(v).removeprefix("Bearer "))  # expect: SA302
    return to


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
