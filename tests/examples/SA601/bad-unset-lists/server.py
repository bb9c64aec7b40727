import os
from urllib.parse import urlsplit

import requests
from flask import Flask, request

app = Flask(__name__)
HOSTS = [host for host in os.environ.get("HOSTS", "").split(",") if host]


@app.get("/fetch")
def fetch():
    address = request.args["address"]
    if HOSTS and urlsplit(address).hostname not in HOSTS:
        return "no", 400
    return requests.get(address).text  # expect: SA601 MEDIUM
