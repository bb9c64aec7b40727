"""Tools that send requests to addresses which their callers choose."""

import asyncio
import functools
import ipaddress
import urllib.request
from typing import Any
from urllib.parse import urljoin, urlparse

import aiohttp
import flask
import httpx
import requests
from fastapi import FastAPI, Request
from mcp.server.fastmcp import FastMCP
from playwright.async_api import async_playwright
from pydantic import BaseModel

mcp = FastMCP("fetcher")
app = FastAPI()
old = flask.Flask("old")
BASE = "https://api.example.com"
BLOCKED = {"localhost", "127.0.0.1", "169.254.169.254"}


class Api:
    def __init__(self, base: str) -> None:
        self.base = base
        self.session = requests.Session()

    def get(self, path: str) -> Any:
        return self.session.get(f"{self.base}/{path}").json()  # expect: SA601 LOW


class Job(BaseModel):
    callback: str
    name: str


api = Api(BASE)


@mcp.tool()
def summary(address: str) -> str:
    """Sum up what stands at an address."""
    return requests.get(address, timeout=5).text  # expect: SA601 HIGH


@mcp.tool()
async def title(where: str) -> str:
    """The title of a page."""
    async with httpx.AsyncClient() as client:
        answer = await client.get(where)  # expect: SA601 HIGH
        return answer.text


@mcp.tool()
async def size(link: str) -> int:
    """The size of what stands at a link."""
    async with aiohttp.ClientSession() as session:
        async with session.get(link) as answer:  # expect: SA601 HIGH
            return len(await answer.read())


@mcp.tool()
def head(where: str) -> str:
    """The first line."""
    return urllib.request.urlopen(urllib.request.Request(where)).readline().decode()  # expect: SA601 HIGH


@mcp.tool()
def joined(page: str) -> str:
    """Joining with a base does not keep the host."""
    return requests.get(urljoin(BASE, page)).text  # expect: SA601 HIGH


@mcp.tool()
def shop(name: str) -> str:
    """The host is put together."""
    return requests.get("https://" + name + ".example.com/info").text  # expect: SA601 HIGH


@mcp.tool()
def schemed(where: str) -> str:
    """Only the scheme is asked for."""
    if not where.startswith(("http://", "https://")):
        raise ValueError("scheme")
    return requests.get(where).text  # expect: SA601 HIGH


@mcp.tool()
def listed(where: str) -> str:
    """Some hosts are refused by name."""
    if urlparse(where).hostname in BLOCKED:
        raise ValueError("blocked")
    return requests.get(where).text  # expect: SA601 MEDIUM


@mcp.tool()
def anywhere(where: str) -> str:
    """The allowed host may stand anywhere."""
    if "api.example.com" not in where:
        raise ValueError("host")
    return requests.get(where).text  # expect: SA601 MEDIUM


@mcp.tool()
def began(where: str) -> str:
    """The host goes on behind the prefix."""
    if not where.startswith("https://api.example.com"):
        raise ValueError("host")
    return requests.get(where).text  # expect: SA601 MEDIUM


@mcp.tool()
def optional(where: str) -> str:
    """Checked where the operator wants it only."""
    checked(where, None)
    return requests.get(where).text  # expect: SA601 HIGH


def checked(where: str, allowed: set[str] | None) -> None:
    if allowed is None:
        return
    if urlparse(where).hostname not in allowed:
        raise ValueError("host")


@mcp.tool()
def item(key: str) -> Any:
    """A fixed host."""
    return api.get(f"items/{key}")


@mcp.tool()
async def later(where: str) -> str:
    """In a thread."""
    return await asyncio.to_thread(load, where)


def load(where: str) -> str:
    return read(functools.partial(pull, where))


def read(job: Any) -> str:
    return job()


def pull(where: str) -> str:
    return httpx.get(where).text  # expect: SA601 HIGH


@mcp.tool()
async def fetch_page(url: str) -> str:
    """Fetch the content of a URL."""
    async with httpx.AsyncClient() as client:
        return (await client.get(url)).text  # expect: SA601 MEDIUM


@mcp.tool()
async def shoot(site: str) -> bytes:
    """A picture of a site."""
    async with async_playwright() as p:
        browser = await p.chromium.launch()
        page = await browser.new_page()
        await page.goto(site)  # expect: SA601 HIGH
        return await page.screenshot()


@mcp.resource("remote://{host}/status")
def status(host: str) -> str:
    """A resource's address."""
    return requests.get(f"http://{host}/status").text  # expect: SA601 HIGH


@app.post("/jobs")
def jobs(job: Job) -> dict:
    requests.post(job.callback, json={"name": job.name})  # expect: SA601 HIGH
    return {}


@app.get("/proxy")
async def proxy(request: Request) -> str:
    target = request.query_params["target"]
    return requests.get(target).text  # expect: SA601 HIGH


@old.route("/old")
def through() -> str:
    return requests.get(flask.request.args.get("to")).text  # expect: SA601 HIGH


def is_number_private(text: str) -> bool:
    return ipaddress.ip_address(text).is_private
