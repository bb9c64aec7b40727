"""Routes whose parameters are declared."""

import logging
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, File, Form, Path, Query, UploadFile, WebSocket
from pydantic import BaseModel

log = logging.getLogger(__name__)
app = FastAPI()
router = APIRouter(prefix="/x")


class Order(BaseModel):
    title: str
    count: int


class Filters(BaseModel):
    text: str = ""


def common(q: str = "", skip: int = 0) -> dict:
    return {"q": q, "skip": skip}


class Paging:
    def __init__(self, term: str = "") -> None:
        self.term = term


def current(name: Annotated[str, Query()]) -> str:
    return name


Current = Annotated[str, Depends(current)]


@app.get("/items/{name}")
async def read(name: str, number: int, q: str | None = None) -> dict:
    log.info("x %s", name)  # expect: SA202
    log.info("x %s", number)
    log.info(f"x {q}")  # expect: SA202
    return {}


@app.post("/orders")
async def create(order: Order) -> dict:
    log.info("x %s", order.title)  # expect: SA202
    log.info("x %s", order.count)
    return {}


@router.put("/raw/{key}")
def raw(payload: dict, key: Annotated[str, Path()]) -> dict:
    log.info("x %s", payload["name"])  # expect: SA202
    log.info("x %s", key)  # expect: SA202
    return {}


@app.get("/dep")
async def dep(
    given: dict = Depends(common),
    paging: Paging = Depends(),
    filters: Annotated[Filters, Query()] = None,
    who: Current = "",
) -> dict:
    log.info("x %s", given["q"])  # expect: SA202
    log.info("x %s", paging.term)  # expect: SA202
    log.info("x %s", filters.text)  # expect: SA202
    log.info("x %s", who)  # expect: SA202
    return {}


@app.post("/form")
async def form(name: str = Form(), file: UploadFile = File()) -> dict:
    log.info("x %s", name)  # expect: SA202
    log.info("x %s", file.filename)  # expect: SA202
    return {}


@app.websocket("/ws/{room}")
async def listen(socket: WebSocket, room: str) -> None:
    log.info("x %s", room)  # expect: SA202


def setup(web) -> None:
    @web.delete("/items/{name}")
    async def drop(name: str) -> dict:
        log.info("x %s", name)  # expect: SA202
        return {}


def late(name: str) -> dict:
    log.info("x %s", name)  # expect: SA202
    return {}


app.add_api_route("/late/{name}", late)
app.include_router(router)
