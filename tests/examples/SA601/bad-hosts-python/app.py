"""A pattern that any host fits is no list of hosts."""

import re

import requests
from flask import Flask, abort, request

app = Flask(__name__)


@app.route("/pages")
def pages():
    host = request.args["host"]
    if not re.match(r"^[a-z.]+$", host):
        abort(400)
    return requests.get("http://" + host, timeout=5).text  # expect: SA601 HIGH
