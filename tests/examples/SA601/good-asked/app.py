"""Questions about an address that leave none of the own network."""

import ipaddress
import socket

import requests
from flask import Flask, request

app = Flask(__name__)


@app.route("/a")
def a():
    host = request.args["host"]
    if ipaddress.ip_address(socket.gethostbyname(host)).is_private:
        return "no"
    return requests.get(f"http://{host}/").text


@app.route("/b")
def b():
    host = request.args["host"]
    for found in socket.getaddrinfo(host, 80):
        if not ipaddress.ip_address(found[4][0]).is_global:
            return "no"
    return requests.get(f"http://{host}/").text
