import requests
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("weather")


@mcp.tool()
def weather(city: str) -> str:
    response = requests.get("https://api.example.org/weather", params={"city": city})
    if response.status_code == 401:
        raise PermissionError("Permission denied. Check your API key.")
    if response.status_code == 429:
        return "Error: rate limit exceeded, too many requests"
    return response.text


mcp.run()
