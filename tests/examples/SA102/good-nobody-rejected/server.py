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


@mcp.tool()
def share(station: str, role: str) -> str:
    if not role:
        raise ValueError("role is required and must not be empty")
    if not station:
        raise ValueError("the role's station parameter is required")
    answer = requests.post("https://api.example.org/share", json={"station": station, "role": role})
    return answer.text


mcp.run()
