import ipaddress

import requests
from flask import Flask, request
from requests.adapters import HTTPAdapter

app = Flask(__name__)


class Adapter(HTTPAdapter):
    def send(self, prepared, **options):
        return super().send(prepared, **options)


def outside(address):
    if ipaddress.ip_address(address).is_private:
        raise ValueError("refused")


session = requests.Session()
session.mount("https://", Adapter())


@app.get("/fetch")
def fetch():
    return session.get(request.args["address"], hooks={"response": outside}).text  # expect: SA601
