"""Addresses that stand where the libraries' documentation says: behind a factory, under a keyword, in a pair."""

import asyncio

import asyncssh
import curl_cffi
import gitlab
from fastmcp import Client
from hishel.httpx import AsyncCacheClient
from markitdown import MarkItDown
from mcp.server.fastmcp import FastMCP
from openai import OpenAI
from playwright.async_api import async_playwright
from pypsrp.client import Client as Remote
from weasyprint import HTML

mcp = FastMCP("documented")


@mcp.tool()
async def shell(host: str) -> str:
    connection, _ = await asyncssh.create_connection(asyncssh.SSHClient, host)  # expect: SA601
    return str(connection)


@mcp.tool()
async def datagram(host: str) -> str:
    loop = asyncio.get_running_loop()
    await loop.create_datagram_endpoint(asyncio.DatagramProtocol, remote_addr=(host, 53))  # expect: SA601
    await loop.create_datagram_endpoint(asyncio.DatagramProtocol, local_addr=("127.0.0.1", 53))
    return "sent"


@mcp.tool()
async def project(url: str) -> str:
    return str(gitlab.Gitlab(url).projects.list())  # expect: SA601


@mcp.tool()
async def model(url: str) -> str:
    return str(OpenAI(base_url=url).models.list())  # expect: SA601


@mcp.tool()
async def cached(url: str) -> str:
    async with AsyncCacheClient() as client:
        return (await client.get(url)).text  # expect: SA601


@mcp.tool()
async def fetched(url: str) -> str:
    return curl_cffi.get(url).text  # expect: SA601


@mcp.tool()
async def other(url: str) -> str:
    async with Client(url) as client:  # expect: SA601
        return str(await client.list_tools())


@mcp.tool()
async def converted(url: str) -> str:
    HTML(url).write_pdf("/tmp/page.pdf")  # expect: SA601
    return MarkItDown().convert_uri(uri=url).text_content  # expect: SA601


@mcp.tool()
async def machine(host: str) -> str:
    return Remote(host).execute_cmd("hostname")[0]  # expect: SA601


@mcp.tool()
async def browsed(url: str) -> str:
    async with async_playwright() as p:
        requests = await p.request.new_context()
        return await (await requests.get(url)).text()  # expect: SA601


mcp.run()
