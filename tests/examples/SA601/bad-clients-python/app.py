"""Clients that take the address when they are made, or under another name."""

import urllib.request

import httpx
import pycurl
from flask import Flask, request

app = Flask(__name__)


@app.route("/news")
def news():
    with httpx.Client(base_url=request.args["host"]) as client:  # expect: SA601 HIGH
        return client.get("/news").text


@app.route("/feeds")
def feeds():
    return urllib.request.build_opener().open(request.args["feed"]).read()  # expect: SA601 HIGH


@app.route("/pages")
def pages():
    curl = pycurl.Curl()
    curl.setopt(curl.URL, request.args["page"])  # expect: SA601 HIGH
    return curl.perform_rs()
