"""Objects that write no credential, and single settings."""

import logging

from fastmcp.server.dependencies import get_http_headers
from flask import Flask

app = Flask(__name__)
log = logging.getLogger(__name__)


class Account:
    def __init__(self, name, secret_key):
        self.name = name
        self.secret_key = secret_key

    def show(self):
        log.info("account %s", self)


class Hidden(Account):
    def __repr__(self):
        return f"Hidden({self.name}, {'***' if self.secret_key else 'none'})"


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y


def show(value):
    log.info("account %s", Hidden("me", value))
    log.info("point %s", vars(Point(1, 2)))


def settings():
    log.info("debug %s", app.config["DEBUG"])
    log.info("agent %s", get_http_headers().get("user-agent"))
