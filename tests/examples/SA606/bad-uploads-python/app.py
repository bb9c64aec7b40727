"""What a browser uploads is unpacked."""

import pickle

from flask import Flask, request

app = Flask(__name__)


@app.route("/models", methods=["POST"])
def models():
    pickle.load(request.files["model"])  # expect: SA606 HIGH
    return "kept"


@app.route("/states", methods=["POST"])
def states():
    pickle.loads(request.files["state"].read())  # expect: SA606 HIGH
    return "kept"
