from enum import Enum

import requests
from flask import Flask, request

app = Flask(__name__)
PORTS = {"eu": 80, "us": 81}


class Region(Enum):
    EU = "eu"
    US = "us"


@app.get("/fetch")
def fetch():
    region = request.args["region"]
    try:
        port = PORTS[region]
    except KeyError:
        return "no", 400
    return requests.get(f"https://{region}.example.com:{port}/").text


@app.get("/other")
def other():
    region = request.args["region"]
    Region[region]
    return requests.get(f"https://{region}.example.com/").text
