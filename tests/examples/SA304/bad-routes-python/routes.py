"""Bodies of requests."""

import logging
from typing import Annotated, Any

import tornado.web
from fastapi import Body, FastAPI
from pydantic import BaseModel
from starlette.endpoints import HTTPEndpoint
from starlette.routing import Route

log = logging.getLogger(__name__)
app = FastAPI()


class Order(BaseModel):
    title: str
    count: int


@app.post("/orders")
async def create(order: Order, extra: Annotated[str, Body()]) -> dict:
    log.info("x %s", order)  # expect: SA304
    log.info("x %s", order.model_dump())  # expect: SA304
    log.info("x %s", extra)  # expect: SA304
    log.info("x %s", order.count)
    return {}


@app.post("/events")
async def event(payload: dict[str, Any]) -> dict:
    log.info("x %s", payload)  # expect: SA304
    log.info("x %s", len(payload))
    return {}


async def star(incoming):
    body = await incoming.json()
    log.info("x %s", body)  # expect: SA304


class End(HTTPEndpoint):
    async def post(self, request):
        form = await request.form()
        log.info("x %s", form)  # expect: SA304


class Handler(tornado.web.RequestHandler):
    def post(self):
        log.info("x %s", self.request.body)  # expect: SA304


routes = [Route("/x", star, methods=["POST"]), Route("/y", End)]
