"""What a type, a filter or a list leaves in one line."""

import logging

from flask import Flask, request

app = Flask(__name__)
log = logging.getLogger(__name__)
KNOWN = {"red", "green"}


@app.route("/one", methods=["POST"])
def one():
    size = request.get_json()["size"]
    if not isinstance(size, int):
        return "no"
    log.info("size %s", size)
    for colour in filter(lambda name: name in KNOWN, request.args.getlist("colour")):
        log.info("colour %s", colour)
    for label, value in zip(["a", "b"], request.args.getlist("value")):
        log.info("%s has %d", label, len(value))
    log.info("longest %s", max(map(len, request.args.getlist("value"))))
    return ""
