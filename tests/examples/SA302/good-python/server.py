"""What mentions a credential and is none."""

import hashlib
import hmac
import logging
import os
import sys

from mcp.server.fastmcp import Context, FastMCP
from pydantic import BaseModel, SecretStr
from pydantic_settings import BaseSettings
from starlette.requests import Request

log = logging.getLogger("report")
mcp = FastMCP("report")


class Settings(BaseSettings):
    api_key: SecretStr = SecretStr("")
    region: str = "eu"


class Usage(BaseModel):
    max_tokens: int = 0
    total_tokens: int = 0
    token_type: str = "bearer"


settings = Settings()


def mask(value: str) -> str:
    if not value:
        return "unset"
    return "****" + value[-4:]


def tail(value: str) -> str:
    return f"{value[:2]}…{value[-2:]}"


def fingerprint(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()[:12]


def formatted_token(value: str) -> str:
    """Sounds like a leak and is a digest."""
    return fingerprint(value)


def describe(value: str) -> str:
    return "set" if value else "unset"


def get_token_count(text: str) -> int:
    return len(text.split())


@mcp.tool()
async def report(topic: str, page_token: str, max_tokens: int, ctx: Context) -> str:
    """Report."""
    v = os.environ.get("REPORT_API_KEY", "")
    token = v
    log.info("present %s", bool(token))
    log.info("present %s", token is not None)
    log.info("present %s", "yes" if token else "no")
    log.info("length %d", len(token))
    log.info("mask %s", mask(token))
    log.info("mask %s", tail(token))
    log.info("hash %s", fingerprint(token))
    log.info("hash %s", formatted_token(token))
    log.info("hash %s", hmac.new(b"k", token.encode(), "sha256").hexdigest())
    log.info("state %s", describe(token))
    log.info("type %s", type(token).__name__)
    log.info("stars %s", "*" * len(token))
    log.info("settings %s", settings)
    log.info("region %s", settings.region)
    usage = Usage(max_tokens=max_tokens, total_tokens=get_token_count(topic))
    log.info("tokens %s of %s", usage.total_tokens, max_tokens)
    log.info("type %s", usage.token_type)
    log.info("usage %s", usage.model_dump())
    next_page_token = page_token + "1"
    log.info("cursor %s", next_page_token)
    log.info("progress", extra={"progress_token": ctx.request_id})
    log.warning("Invalid token: password expired or API key missing")
    log.info("file %s", os.environ.get("TOKEN_FILE"))
    log.info("on %s:%s at %s", os.environ["HOST"], os.getenv("PORT"), os.getenv("LOG_LEVEL"))
    log.info("names %s", [name for name in os.environ if name.startswith("REPORT_")])
    log.info("names %s", sorted(os.environ))
    log.info("set %s", "REPORT_API_KEY" in os.environ)
    token_id, token_expiry, token_name = "t1", 3600, "report"
    log.info("token %s %s %s", token_id, token_expiry, token_name)
    if not token:
        log.error("REPORT_API_KEY is not set")
    print("lexer token:", topic.split()[0], file=sys.stderr)
    for lexeme_token in topic.split():
        log.info("parsed %s", lexeme_token)
    password_ok = hmac.compare_digest(token, "x")
    log.info("ok %s", password_ok)
    return topic


async def gate(request: Request) -> None:
    header = request.headers.get("authorization", "")
    scheme = header.split(" ")[0]
    log.info("scheme %s", scheme)
    log.info("session %s", request.headers.get("mcp-session-id"))
    if not header:
        log.warning("no credentials from %s", request.client)
    log.info("has header %s", "authorization" in request.headers)


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
