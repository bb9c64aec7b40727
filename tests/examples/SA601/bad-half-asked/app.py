"""Questions about an address that leave a part of the own network open."""

import ipaddress
import socket

import requests
from flask import Flask, request

app = Flask(__name__)


def half(host):
    address = ipaddress.ip_address(socket.gethostbyname(host))
    return address.is_loopback or address.is_link_local


@app.route("/a")
def a():
    host = request.args["host"]
    if half(host):
        return "no"
    return requests.get(f"http://{host}/").text  # expect: SA601


@app.route("/b")
def b():
    host = request.args["host"]
    if ipaddress.ip_address(socket.gethostbyname(host)).is_reserved:
        return "no"
    return requests.get(f"http://{host}/").text  # expect: SA601
