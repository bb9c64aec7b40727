"""Interpreters, templates and loaders of other libraries; what is loaded lies in a file in memory."""

import io
import json
import logging.config
import pickle
import timeit

import chameleon
import joblib
from flask import Flask, request
from mako.template import Template
from ruamel.yaml import YAML

app = Flask(__name__)


@app.route("/load", methods=["POST"])
def load():
    pickle.load(io.BytesIO(bytes.fromhex(request.json["a"])))  # expect: SA606 HIGH
    joblib.load(io.BytesIO(request.json["b"].encode()))  # expect: SA606 HIGH
    YAML(typ="safe").load(request.json["c"])
    YAML(typ="unsafe").load(request.json["d"])  # expect: SA606 HIGH
    logging.config.dictConfig(json.loads(request.json["e"]))  # expect: SA606 HIGH
    return ""


@app.route("/run", methods=["POST"])
def run():
    timeit.timeit(request.json["a"])  # expect: SA606 HIGH
    Template(text="Hi " + request.json["b"]).render()  # expect: SA606 HIGH
    return chameleon.PageTemplate(request.json["c"])()  # expect: SA606 HIGH
