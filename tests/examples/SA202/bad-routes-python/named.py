"""Routes whose templates name the parameters."""

import logging

import bottle
import tornado.web
from flask import Blueprint, Flask, request
from flask.views import MethodView

log = logging.getLogger(__name__)
app = Flask(__name__)
part = Blueprint("x", __name__)


@app.route("/a/<name>/<int:number>")
def show(name, number):
    log.info("x %s", name)  # expect: SA202
    log.info("x %s", number)
    log.info("x %s", request.args.get("q"))  # expect: SA202
    return ""


@part.post("/b/<path:key>")
def put(key):
    log.info("x %s", key)  # expect: SA202
    log.info("x %s", request.values["name"])  # expect: SA202
    log.info("x %s", request.full_path)  # expect: SA202
    return ""


class Thing(MethodView):
    def get(self, key):
        log.info("x %s", key)  # expect: SA202
        return ""


app.add_url_rule("/c/<key>", view_func=Thing.as_view("thing"))


def plain(key):
    log.info("x %s", key)  # expect: SA202
    return ""


app.add_url_rule("/d/<key>", view_func=plain)


@bottle.route("/e/<name>")
def bottled(name):
    log.info("x %s", name)  # expect: SA202
    return ""


class Handler(tornado.web.RequestHandler):
    def get(self, key):
        log.info("x %s", key)  # expect: SA202
        log.info("x %s", self.get_argument("q"))  # expect: SA202
