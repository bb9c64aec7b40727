"""What a request cannot put into a line."""

import enum
import logging
import uuid
from typing import Annotated, Literal

from fastapi import Depends, FastAPI, Header, Path, Query
from flask import Flask
from mcp.server.fastmcp import FastMCP
from pydantic import BaseModel

log = logging.getLogger(__name__)
app = FastAPI()
flask = Flask(__name__)
mcp = FastMCP("mini")


class Kind(enum.Enum):
    ONE = "one"


class Order(BaseModel):
    count: int
    kind: Kind


class Store:
    def __init__(self, place: str) -> None:
        self.place = place


def get_store() -> Store:
    return Store("memory")


def fetch(path: str) -> str:
    log.info("x %s", path)
    return path


@app.get("/items/{number}/{key}")
async def read(number: int, key: uuid.UUID, kind: Kind, way: Literal["up", "down"] = "up") -> dict:
    log.info("x %s %s %s %s", number, key, kind, way)
    return {}


@app.get("/words/{word}")
async def word(word: Annotated[str, Path(pattern="^[a-z]+$")], accept: Annotated[str, Header()] = "") -> dict:
    log.info("x %s %s", word, accept)
    return {}


@app.post("/orders")
async def create(order: Order, store: Store = Depends(get_store)) -> dict:
    log.info("x %s %s %s", order.count, order.kind, store.place)
    return {}


@app.get("/quoted")
async def quoted(q: Annotated[str, Query()]) -> dict:
    log.info("x %r %s", q, len(q))
    return {}


@flask.route("/a/<int:number>/<uuid:key>")
def show(number, key):
    log.info("x %s %s", number, key)
    return fetch("/local")


@mcp.tool()
async def go() -> str:
    """Go."""
    log.info("gone")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
