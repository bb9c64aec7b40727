"""What does not pass never gets to the file: the request is aborted, a helper raises, the framework converts."""

import re

from flask import Flask, abort, request
from werkzeug.exceptions import BadRequest

app = Flask(__name__)
NAME = re.compile(r"^[A-Za-z0-9_-]{1,32}$")


def require(condition, message="refused"):
    if not condition:
        raise BadRequest(message)


def read(name):
    with open("/srv/notes/" + name) as held:
        return held.read()


@app.route("/aborted")
def aborted():
    name = request.args["name"]
    if not NAME.match(name):
        abort(400)
    return read(name)


@app.route("/required")
def required():
    name = request.args["name"]
    require(NAME.fullmatch(name))
    return read(name)


@app.route("/each")
def each():
    names = request.args.getlist("name")
    for name in names:
        if not name.isdigit():
            abort(400)
    return read("-".join(names))


@app.route("/numbered/<int:number>")
def numbered(number):
    return read(f"{number}.txt")


@app.route("/typed")
def typed():
    number = request.args.get("number", type=int)
    return read(f"{number}.txt")
