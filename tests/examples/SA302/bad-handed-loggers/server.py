"""Loggers that are handed on, under any name."""

import functools
import logging
import os
from collections.abc import Callable
from contextvars import ContextVar

import structlog
from loguru import logger as guru
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
log = logging.getLogger(__name__)
preset: ContextVar[logging.Logger] = ContextVar("preset", default=log)
current = ContextVar("current")
current.set(logging.getLogger("desk"))


def make(prefix):
    def emit(text):
        log.info("%s %s", prefix, text)

    return emit


def levelled(level):
    return lambda text: log.log(level, text)


def curried(out):
    def named(name):
        def emit(text):
            out.info("%s %s", name, text)

        return emit

    return named


say = make("say")
tell = functools.partial(log.info, "told %s")
shout = functools.partial(log.log, logging.WARNING)
warn = levelled(logging.WARNING)
note = curried(log)("note")
child = log.getChild("part")
kept = log.info
many = {"info": log.info, "warn": make("warn")}


def by_default(text, out=log):
    out.info("x %s", text)


def declared(out: logging.Logger, text: str) -> None:
    out.info("x %s", text)


def untyped(out, text):
    out.info("x %s", text)


def called(emit: Callable[[str], None], text: str) -> None:
    emit(text)


class Service:
    def __init__(self, out, name="x"):
        self.out = out
        self.emit = out.info
        self.part = out.getChild(name)
        self.bound = structlog.get_logger().bind(name=name)
        self.adapter = logging.LoggerAdapter(out, {"name": name})

    def go(self) -> str:
        v = os.environ["MINI_API_KEY"]
        self.out.info("a %s", v)  # expect: SA302
        self.emit("b %s", v)  # expect: SA302
        self.part.info("c %s", v)  # expect: SA302
        self.bound.info("d", v=v)  # expect: SA302
        self.adapter.info("e %s", v)  # expect: SA302
        return "gone"


@mcp.tool()
async def go() -> str:
    """Go."""
    v = os.environ["MINI_API_KEY"]
    say(v)  # expect: SA302
    tell(v)  # expect: SA302
    shout("x %s", v)  # expect: SA302
    warn(v)  # expect: SA302
    note(v)  # expect: SA302
    child.info("x %s", v)  # expect: SA302
    kept("x %s", v)  # expect: SA302
    many["info"](v)  # expect: SA302
    many["warn"](v)  # expect: SA302
    by_default(v)  # expect: SA302
    declared(log, v)  # expect: SA302
    untyped(log, v)  # expect: SA302
    called(log.info, v)  # expect: SA302
    preset.get().info("x %s", v)  # expect: SA302
    current.get().info("x %s", v)  # expect: SA302
    guru.bind(x=1).opt(lazy=True).info("x {}", v)  # expect: SA302
    make("direct")(v)  # expect: SA302
    return Service(log).go()


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
