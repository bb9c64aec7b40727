"""Helpers that look like refusals and come back."""

import re

from flask import Flask, request

app = Flask(__name__)
NAME = re.compile(r"^[A-Za-z0-9_-]{1,32}$")


def abort(status):
    app.logger.warning("aborted with %s", status)


def require(condition):
    if not condition:
        app.logger.warning("refused")


@app.route("/aborted")
def aborted():
    name = request.args["name"]
    if not NAME.match(name):
        abort(400)
    with open("/srv/notes/" + name) as held:  # expect: SA603 HIGH
        return held.read()


@app.route("/required")
def required():
    name = request.args["name"]
    require(NAME.fullmatch(name))
    with open("/srv/notes/" + name) as held:  # expect: SA603 HIGH
        return held.read()


@app.route("/named/<path:name>")
def named(name):
    with open(f"/srv/notes/{name}") as held:  # expect: SA603 HIGH
        return held.read()
