"""What was made of a request's value is checked, and used as it was checked."""

import logging
import re

from flask import Flask, request

app = Flask(__name__)
logging.basicConfig(level=logging.INFO)
log = logging.getLogger(__name__)
NUMBER = re.compile(r"^\d{4}\.\d{5}$")
PREFIX = re.compile("^paper:")
KEPT = ["2404.18922"]


def is_number(text):
    return bool(NUMBER.match(text))


def normal(raw):
    value = raw.strip()
    value = value.split("?", 1)[0].strip()
    return PREFIX.sub("", value)


def parsed(raw):
    number = normal(raw)
    if not number or not is_number(number):
        return None
    return number


@app.route("/parsed")
def by_parsing():
    number = parsed(request.args["paper"])
    if number is None:
        return "refused"
    log.info("paper %s", number)
    with open(f"/srv/papers/{number}.md") as held:
        return held.read()


@app.route("/kept")
def by_list():
    number = normal(request.args["paper"])
    if number not in KEPT:
        return "refused"
    log.info("paper %s", number)
    with open(f"/srv/papers/{number}.md") as held:
        return held.read()


@app.route("/matched")
def by_pattern():
    number = normal(request.args["paper"])
    if not NUMBER.match(number):
        return "refused"
    log.info("paper %s", number)
    with open(f"/srv/papers/{number}.md") as held:
        return held.read()
