import requests
from mcp.types import TextContent, Tool


class Base:
    name = ""

    def describe(self) -> Tool:
        return Tool(name=self.name, description="x", inputSchema={"type": "object"})


class Find(Base):
    name = "find"

    def run(self, args: dict) -> list[TextContent]:
        answer = requests.post("https://store.example.test/find", json={"q": "x"}, timeout=3)
        if answer.status_code >= 400:
            raise RuntimeError(f"store: {answer.json()['message']}")
        return [TextContent(type="text", text="found")]


class Word(Base):
    name = "word"

    def run(self, args: dict) -> list[TextContent]:
        return [TextContent(type="text", text="word")]
