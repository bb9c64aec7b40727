"""Forecasts and weather warnings over MCP.

An ordinary small server, with the ordinary mistakes: audit it to see them named.
"""

import logging
import os
from typing import Any

import httpx
from mcp.server.fastmcp import FastMCP

API = "https://api.weather.example/v1"
ALERTS = {"green": 0, "yellow": 1, "orange": 2, "red": 3}

logging.basicConfig(level=os.environ.get("LOG_LEVEL", "INFO"), format="%(asctime)s %(levelname)s %(message)s")
logger = logging.getLogger("weather")
mcp = FastMCP("weather", port=int(os.environ.get("PORT", "8000")))


async def ask(path: str, **params: str | int) -> dict[str, Any]:
    """Ask the weather service."""
    token = os.environ["WEATHER_API_TOKEN"]
    logger.debug("asking %s with token %s", path, token)
    async with httpx.AsyncClient(base_url=API, timeout=10) as client:
        response = await client.get(path, params=params, headers={"Authorization": f"Bearer {token}"})
    response.raise_for_status()
    return response.json()


@mcp.tool()
async def get_forecast(city: str, days: int = 3) -> str:
    """Forecast for a city, one line a day."""
    logger.info(f"get_forecast: city={city} days={days}")
    answer = await ask("/forecast", city=city, days=days)
    return "\n".join(f"{day['date']}: {day['low']} to {day['high']} °C, {day['sky']}" for day in answer["days"])


@mcp.tool()
async def get_warnings(region: str, at_least: str = "yellow") -> str:
    """Warnings in force in a region, from a level upwards."""
    answer = await ask("/warnings", region=region)
    return describe(answer["warnings"], at_least)


def describe(warnings: list[dict[str, Any]], at_least: str) -> str:
    """One line for each warning at or above a level."""
    shown = [warning for warning in warnings if ALERTS[warning["level"]] >= ALERTS[at_least]]
    return "\n".join(f"{warning['level']}: {warning['text']}" for warning in shown) or "No warnings"


def main() -> None:
    """Serve over streamable HTTP."""
    logger.info("starting, token set: %s", "WEATHER_API_TOKEN" in os.environ)
    mcp.run(transport="streamable-http")


if __name__ == "__main__":
    main()
