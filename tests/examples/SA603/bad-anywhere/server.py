import os

from flask import Flask, request

app = Flask(__name__)
ROOT = os.path.realpath(os.environ["ROOT"])


@app.get("/file")
def file():
    path = os.path.realpath(request.args["file"])
    if ROOT not in path:
        return "no", 400
    with open(path) as held:  # expect: SA603 MEDIUM
        return held.read()
