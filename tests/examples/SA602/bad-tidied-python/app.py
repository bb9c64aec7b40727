"""A request that is at hand under one name everywhere: what tidies its values up does not quote them."""

import os

from flask import Flask, request

app = Flask(__name__)


@app.route("/ping")
def ping():
    host = request.args["host"]
    os.system("ping " + host.strip())  # expect: SA602 HIGH
    return "sent"


@app.route("/trace")
def trace():
    os.system("traceroute " + request.form["host"].replace(";", ""))  # expect: SA602 HIGH
    return "traced"
