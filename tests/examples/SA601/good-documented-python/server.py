"""Entries of what a page gave out, files that a pool's own host is asked for: no address."""

from mcp.server.fastmcp import FastMCP
from playwright.async_api import async_playwright
from selenium import webdriver
from urllib3 import HTTPConnectionPool

mcp = FastMCP("documented")
POOL = HTTPConnectionPool("files.example.test")


@mcp.tool()
async def entry(key: str) -> str:
    async with async_playwright() as p:
        page = await (await p.chromium.launch()).new_page()
        await page.goto("https://example.test/")
        held = await page.evaluate("() => window.state")
        return str(held.get(key))


@mcp.tool()
async def cookie(key: str) -> str:
    driver = webdriver.Chrome()
    driver.get("https://example.test/")
    return str(driver.execute_script("return window.state").get(key))


mcp.run()
