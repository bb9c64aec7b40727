import subprocess

from mcp.server.fastmcp import FastMCP
from pydantic import EmailStr, IPvAnyAddress

mcp = FastMCP("mail")


@mcp.tool()
def send(address: EmailStr) -> str:
    subprocess.run(f"sendmail {address} < /srv/letter.txt", shell=True)  # expect: SA602 HIGH
    return "sent"


@mcp.tool()
def ping(address: IPvAnyAddress) -> str:
    subprocess.run(f"ping -c 1 {address}", shell=True)
    return "sent"
