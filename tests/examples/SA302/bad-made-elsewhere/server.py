"""Texts of templates, fields with factories, tuples that a call makes, sinks that heirs write to, error trackers."""

import logging
import os
import sys
from abc import ABC, abstractmethod
from collections import namedtuple
from dataclasses import dataclass, field
from string import Template

import sentry_sdk
from pydantic import BaseModel, Field

logger = logging.getLogger("made")
Login = namedtuple("Login", ["user", "word"])


@dataclass
class State:
    """State."""

    name: str
    value: str = field(default_factory=lambda: os.environ["SHELF_TOKEN"])


class Options(BaseModel):
    """Options."""

    name: str = Field(default="shelf", description="what")
    value: str = Field(default=os.getenv("SHELF_TOKEN"))


class Sink(ABC):
    """Where events go."""

    @abstractmethod
    def emit(self, text):
        """Write."""

    def tell(self, text, **fields):
        """Tell."""
        self.emit(text.format(**fields))


class Console(Sink):
    """The console."""

    def emit(self, text):
        print(text, file=sys.stderr)


sink: Sink = Console()


def start() -> None:
    """Start."""
    state, options = State("shelf"), Options()
    login = Login("shelf", os.environ["SHELF_PASSWORD"])
    logger.info("%s %s %s", state.name, options.name, login.user)
    logger.info(state.value)  # expect: SA302
    logger.info(options.value)  # expect: SA302
    logger.info(login.word)  # expect: SA302
    logger.info(Template("value=$value").substitute(value=login[1]))  # expect: SA302
    sink.tell("shelf {count}", count=3)
    sink.tell("shelf {value}", value=os.environ["SHELF_TOKEN"])  # expect: SA302
    sentry_sdk.capture_message("started")
    sentry_sdk.capture_message(f"started with {login.word}")  # expect: SA302 LOW
    sentry_sdk.set_context("shelf", {"word": login.word})  # expect: SA302 LOW


start()
