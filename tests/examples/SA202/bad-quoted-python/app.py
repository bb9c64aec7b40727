"""Quoting for a shell, and the encoding of raw literals, leave line breaks as they are."""

import logging
import shlex

from flask import Flask, request

app = Flask(__name__)
logging.basicConfig(level=logging.INFO)
log = logging.getLogger(__name__)


@app.route("/notes")
def notes():
    title = request.args.get("title")
    log.info("title %s", shlex.quote(title))  # expect: SA202
    log.info("titles %s", shlex.join(["a", title]))  # expect: SA202
    log.info("title %s", title.encode("raw_unicode_escape").decode())  # expect: SA202
    return "noted"
