import requests
from flask import Flask, request

app = Flask(__name__)
PORTS = {"eu": 80, "us": 81}
SEEN = {"eu": 1}


@app.get("/fetch")
def fetch():
    region = request.args["region"]
    try:
        PORTS[region]
    except KeyError:
        pass
    return requests.get(f"https://{region}.example.com/").text  # expect: SA601


@app.get("/other")
def other():
    region = request.args["region"]
    port = PORTS[region] if request.args.get("known") else 80
    return requests.get(f"https://{region}.example.com:{port}/").text  # expect: SA601


@app.get("/third")
def third():
    region = request.args["region"]
    SEEN[region] = 1
    SEEN[region] += 1
    return requests.get(f"https://{region}.example.com/").text  # expect: SA601
