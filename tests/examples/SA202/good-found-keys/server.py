import logging

from flask import Flask, request

logging.basicConfig(format="%(message)s")
log = logging.getLogger(__name__)
app = Flask(__name__)
PORTS = {"eu": 80, "us": 81}


@app.get("/fetch")
def fetch():
    region = request.args["region"]
    port = PORTS[region]
    log.info("region %s at %s", region, port)
    return ""
