"""Command lines that are joined of lists which grew."""

import os
import shlex

from flask import Flask, request

app = Flask(__name__)


@app.route("/one")
def one():
    words = ["echo"]
    for word in request.args.getlist("word"):
        words.append(word)
    os.system(" ".join(words))  # expect: SA602
    return ""


@app.route("/two")
def two():
    words = ["echo"]
    words.extend(request.args.getlist("word"))
    os.system(" ".join(words))  # expect: SA602
    return ""


@app.route("/three")
def three():
    words = ["echo"]
    for word in request.args.getlist("word"):
        words.append(shlex.quote(word))
    words.append("done")
    os.system(" ".join(words))
    return ""
