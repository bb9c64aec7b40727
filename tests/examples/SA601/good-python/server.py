"""Tools whose addresses are the operator's, or are checked."""

import ipaddress
import os
import re
import socket
import sys
from enum import Enum
from typing import Annotated, Any, Literal
from urllib.parse import quote, urlencode, urlparse, urlsplit

import httpx
import requests
from mcp.server.fastmcp import FastMCP
from pydantic import Field

mcp = FastMCP("fetcher")
BASE = os.environ.get("API_BASE", "https://api.example.com")
HOSTS = frozenset({"api.example.com", "docs.example.com"})
NAME = re.compile(r"^[a-z0-9-]+$")


class Kind(Enum):
    A = "a"
    B = "b"


@mcp.tool()
def search(query: str) -> Any:
    """Tool data in parameters only."""
    return requests.get(f"{BASE}/search", params={"q": query}).json()


@mcp.tool()
def again(query: str) -> Any:
    """Tool data in an encoded query."""
    return requests.get(f"{BASE}/search?" + urlencode({"q": query})).json()


@mcp.tool()
def sent(text: str) -> Any:
    """Tool data in the body."""
    return httpx.post(sys.argv[1], json={"text": text}).json()


@mcp.tool()
def page(where: str) -> str:
    """A list of hosts."""
    if urlparse(where).hostname not in HOSTS:
        raise ValueError("host")
    return requests.get(where).text


@mcp.tool()
def other(where: str) -> str:
    """The same in a helper that raises."""
    check_host(where)
    return requests.get(where).text


def check_host(where: str) -> None:
    host = urlsplit(where).hostname or ""
    if host in HOSTS or host.endswith(".example.com"):
        return
    raise PermissionError(host)


@mcp.tool()
def third(where: str) -> str:
    """The same in a helper that answers."""
    if not allowed(where):
        return "refused"
    return requests.get(where).text


def allowed(where: str) -> bool:
    parsed = urlparse(where)
    if parsed.scheme != "https":
        return False
    return any(parsed.hostname == host for host in HOSTS)


@mcp.tool()
def fourth(where: str) -> str:
    """The result of a helper is used."""
    target = safe(where)
    if target is None:
        return "refused"
    return requests.get(target).text


def safe(where: str) -> str | None:
    if where.startswith("https://api.example.com/"):
        return where
    return None


@mcp.tool()
def public(where: str) -> str:
    """Scheme and address are looked at."""
    parsed = urlparse(where)
    if parsed.scheme not in ("http", "https"):
        raise ValueError("scheme")
    for info in socket.getaddrinfo(parsed.hostname, 443):
        if ipaddress.ip_address(info[4][0]).is_private:
            raise ValueError("private")
    if not is_public(parsed.hostname):
        raise ValueError("private")
    return requests.get(where).text


def is_public(host: str) -> bool:
    return ipaddress.ip_address(socket.gethostbyname(host)).is_global


@mcp.tool()
def one(key: str) -> Any:
    """Encoded."""
    return requests.get(f"{BASE}/items/{quote(key, safe='')}").json()


@mcp.tool()
def two(key: str) -> Any:
    """A closed alphabet."""
    if not NAME.fullmatch(key):
        raise ValueError("key")
    return requests.get(f"{BASE}/items/{key}").json()


@mcp.tool()
def three(number: int, kind: Kind, side: Literal["left", "right"]) -> Any:
    """Types that leave no choice."""
    return requests.get(f"{BASE}/{kind.value}/{side}/{number}").json()


@mcp.tool()
def four(period: str) -> Any:
    """A closed list."""
    if period not in ("daily", "weekly"):
        return {"error": "period"}
    return requests.get(f"{BASE}/periods/{period}").json()


@mcp.tool()
def five(key: Annotated[str, Field(pattern=r"^[A-Z]+-\d+$")]) -> Any:
    """A declared pattern."""
    return requests.get(f"{BASE}/issues/{key}").json()


@mcp.tool()
def six(name: str) -> Any:
    """The address is looked up."""
    addresses = {"docs": "https://docs.example.com", "api": "https://api.example.com"}
    return requests.get(addresses[name]).json()


@mcp.tool()
def seven(path: str) -> Any:
    """Dots are refused."""
    if ".." in path:
        raise ValueError("path")
    return requests.get(f"{BASE}/files/{path}").json()


@mcp.tool()
def eight() -> Any:
    """An address out of an answer."""
    first = requests.get(f"{BASE}/latest").json()
    return requests.get(first["download"]).content
