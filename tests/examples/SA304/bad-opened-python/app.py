"""Objects laid open with all their attributes, or that write their credential themselves; an application's settings."""

import logging

from fastmcp.server.dependencies import get_http_headers
from flask import Flask, current_app

app = Flask(__name__)
log = logging.getLogger(__name__)


class Account:
    def __init__(self, name, secret_key):
        self.name = name
        self.secret_key = secret_key

    def show(self):
        log.info("account %s", self.__dict__)  # expect: SA304
        log.info("account %s", vars(self))  # expect: SA304


class Shown(Account):
    def __repr__(self):
        return f"Shown({self.name}, {self.secret_key!r})"


def show(value):
    log.info("account %s", vars(Account("me", value)))  # expect: SA304
    log.info("account %s", Shown("me", value))  # expect: SA304


def settings():
    log.info("settings %s", app.config)  # expect: SA304
    log.info("settings %s", current_app.config)  # expect: SA304


def headers():
    log.info("headers %s", get_http_headers())  # expect: SA304
