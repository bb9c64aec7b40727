"""Loggers that a framework provides."""

import logging
import os
from typing import Annotated

from fastapi import Depends, FastAPI

app = FastAPI()


def get_out() -> logging.Logger:
    return logging.getLogger("app")


def get_bare():
    return logging.getLogger("bare")


def yielded():
    out = logging.getLogger("bare")
    yield out


Out = Annotated[logging.Logger, Depends(get_out)]


@app.get("/a")
async def first(out: logging.Logger = Depends(get_out)):
    out.info("x %s", os.environ["MINI_API_KEY"])  # expect: SA302
    return {}


@app.get("/b")
async def second(out: Out):
    out.info("x %s", os.environ["MINI_API_KEY"])  # expect: SA302
    return {}


@app.get("/c")
async def third(out=Depends(get_bare)):
    out.info("x %s", os.environ["MINI_API_KEY"])  # expect: SA302
    return {}


@app.get("/d")
async def fourth(out=Depends(yielded)):
    out.info("x %s", os.environ["MINI_API_KEY"])  # expect: SA302
    return {}
