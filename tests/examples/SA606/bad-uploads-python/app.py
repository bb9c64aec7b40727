"""What a browser uploads is unpacked."""

import pickle

import numpy
import pandas
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


@app.route("/tables", methods=["POST"])
def tables():
    numpy.load(request.files["table"], allow_pickle=True)  # expect: SA606 HIGH
    return "kept"


@app.route("/rows")
def rows():
    return pandas.read_csv("rows.csv").query(request.args["where"]).to_json()  # expect: SA606 HIGH
