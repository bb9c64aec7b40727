"""A helper that gives back what is empty early, and everything else late."""

from urllib.parse import urlparse

import requests
from flask import Flask, request

app = Flask(__name__)


def instance(raw: str) -> str:
    """The instance, whichever that is."""
    if raw == "":
        return ""
    address = urlparse(raw)
    if address.scheme not in {"http", "https"}:
        raise ValueError(raw)
    return address.geturl()


@app.get("/version")
def version() -> str:
    """The version of an instance."""
    return requests.get(instance(request.args["instance"]) + "/api/version", timeout=5).text  # expect: SA601 HIGH
