"""What stands behind an option of a command, and guards that look names up on the event loop."""

import pytest
from linked import facts_of

from skillaudit.codeflows import Danger, Strength

_HEAD = "import asyncio, ipaddress, subprocess\nimport httpx\nfrom fastmcp import FastMCP\nmcp = FastMCP('shelf')\n"
_RUN = "@mcp.tool()\nasync def look(name: str):\n    subprocess.run([{}])\n"


@pytest.mark.parametrize(
    ("words", "taken"),
    [
        ('"journalctl", "-u", name', False),
        ('"ffmpeg", "-i", name, "out.mp4"', False),
        ('"git", "-C", name, "log"', False),
        ('"ls", "-l", name', True),
        ('"git", "push", "-u", name', True),
        ('"docker", "logs", "-f", name', True),
    ],
)
def test_value_of_an_option_is_none_itself(words: str, taken: bool) -> None:  # noqa: FBT001
    """Which options take one differs from program to program."""
    flows = facts_of({"server.py": _HEAD + _RUN.format(words)}).code_flows
    assert [flow.danger for flow in flows] == [Danger.ARGUMENT] * taken


@pytest.mark.parametrize("loop", ["asyncio.get_running_loop()", "asyncio.get_event_loop()"])
@pytest.mark.parametrize(("asked", "strength"), [("is_global", Strength.SOUND), ("version", Strength.NONE)])
def test_names_looked_up_on_the_event_loop(loop: str, asked: str, strength: Strength) -> None:
    """A check of the addresses that a name has is one of the name."""
    text = f"""
async def check(url):
    for *_, address in await {loop}.getaddrinfo(httpx.URL(url).host, 443):
        if not ipaddress.ip_address(address[0]).{asked}:
            raise ValueError("refused")

@mcp.tool()
async def look(url: str):
    await check(url)
    async with httpx.AsyncClient() as client:
        return (await client.get(url)).text
"""
    [flow] = [f for f in facts_of({"server.py": _HEAD + text}).code_flows if f.danger is Danger.ADDRESS]
    assert flow.guarded.strength is strength
