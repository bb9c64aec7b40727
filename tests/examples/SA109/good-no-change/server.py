from mcp.server.fastmcp import FastMCP

mcp = FastMCP("desk")
_config = None


def config():
    global _config
    if _config is None:
        _config = {"limit": 3}
    return _config


@mcp.tool()
def update_ticket(number: int, limit: int) -> str:
    ticket = {"config": {}}
    ticket["config"]["limit"] = limit
    return str(ticket | config())


mcp.run()
