"""What a function was given in part before, what a filter lets through, what types leave no text."""

import functools
import logging

import requests
from flask import Flask, request

app = Flask(__name__)
log = logging.getLogger(__name__)
KNOWN = frozenset({"https://one.example.com", "https://two.example.com"})


def fetch(timeout, address):
    return requests.get(address, timeout=timeout).text  # expect: SA601


quickly = functools.partial(fetch, 3)
slowly = functools.partial(fetch, timeout=30)


@app.route("/one")
def one():
    return quickly(request.args["address"])


@app.route("/two")
def two():
    return slowly(address="https://example.com")


@app.route("/three")
def three():
    for address in filter(lambda one: one in KNOWN, request.args.getlist("address")):
        requests.get(address)
    for address in filter(lambda one: len(one) < 40, request.args.getlist("address")):
        requests.get(address)  # expect: SA601
    return ""
