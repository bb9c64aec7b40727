"""No line break is left, by what was checked or by how the text is written."""

import logging
import re

from flask import Flask, request

app = Flask(__name__)
logging.basicConfig(level=logging.INFO)
log = logging.getLogger(__name__)
ORDERS = {"up", "down"}
BREAKS = re.compile(r"[\r\n]+")


@app.route("/notes")
def notes():
    title = request.args.get("title")
    log.info("title %s", "".join(letter for letter in title if letter.isprintable()))
    log.info("title %s", "".join(letter for letter in title if letter not in "\r\n"))
    log.info("title %s", title.encode("unicode_escape").decode())
    log.info("title %s", BREAKS.sub(" ", title))
    if title in ORDERS:
        log.info("title %s", title)
    if title.isalnum():
        log.info("title %s", title)
    if re.fullmatch("[a-z]+", title):
        log.info("title %s", title)
    return "noted"


@app.route("/lists")
def lists():
    order = request.args["order"]
    if "\n" in order or "\r" in order:
        return "refused"
    log.info("order %s", order)
    return "listed"


@app.route("/sorts")
def sorts():
    if request.args["order"] not in ORDERS:
        return "refused"
    log.info("order %s", request.args["order"])
    return "sorted"
