import ipaddress
import socket
from urllib.parse import urlsplit

import httpx
import requests
from flask import Flask, request
from requests.adapters import HTTPAdapter

app = Flask(__name__)


class Outside(httpx.HTTPTransport):
    def handle_request(self, sent):
        for found in socket.getaddrinfo(sent.url.host, None):
            if ipaddress.ip_address(found[4][0]).is_private:
                raise httpx.RequestError("refused")
        return super().handle_request(sent)


class Adapter(HTTPAdapter):
    def send(self, prepared, **options):
        host = urlsplit(prepared.url).hostname
        if not ipaddress.ip_address(socket.gethostbyname(host)).is_global:
            raise ValueError("refused")
        return super().send(prepared, **options)


session = requests.Session()
session.mount("http://", Adapter())
session.mount("https://", Adapter())


@app.get("/fetch")
def fetch():
    with httpx.Client(transport=Outside()) as client:
        return client.get(request.args["address"]).text + session.get(request.args["address"]).text
