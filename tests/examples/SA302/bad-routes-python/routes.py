"""Credentials that a request brings."""

import logging
from typing import Annotated

import tornado.web
from fastapi import Cookie, FastAPI, Header
from pydantic import BaseModel

log = logging.getLogger(__name__)
app = FastAPI()


class Login(BaseModel):
    name: str
    password: str


@app.get("/a")
async def headers(authorization: Annotated[str, Header()], accept: Annotated[str, Header()]) -> dict:
    log.info("x %s", authorization)  # expect: SA302
    log.info("x %s", accept)
    return {}


@app.get("/b")
async def cookies(who: str = Cookie(default="")) -> dict:
    log.info("x %s", who)  # expect: SA302
    return {}


@app.post("/c")
async def login(form: Login) -> dict:
    log.info("x %s", form.password)  # expect: SA302
    return {}


class Handler(tornado.web.RequestHandler):
    def get(self):
        log.info("x %s", self.get_cookie("who"))  # expect: SA302
