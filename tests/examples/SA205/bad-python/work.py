"""What the tools hand their work to."""

import httpx


def look_up(city: str) -> str:
    return httpx.get("https://api.example.test/" + city).text


def fetch_all(cities: list[str]) -> list[str]:
    found = []
    for city in cities:
        try:
            found.append(look_up(city))
        except httpx.RequestError:
            continue
    return found
