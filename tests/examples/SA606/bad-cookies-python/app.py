"""A cookie, or what is called a token, is chosen by whoever sends it."""

import base64
import pickle

from flask import Flask, request

app = Flask(__name__)


@app.route("/state")
def state():
    kept = request.cookies.get("state")
    pickle.loads(base64.b64decode(kept))  # expect: SA606 HIGH
    return "kept"


@app.route("/codes/<token>")
def codes(token):
    return str(eval(token))  # expect: SA606 HIGH
