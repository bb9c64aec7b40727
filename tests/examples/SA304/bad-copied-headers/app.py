import logging

from fastapi import FastAPI, Request

app = FastAPI()
log = logging.getLogger(__name__)


class Bag:
    def __init__(self, headers) -> None:
        self.held = {}
        for name, value in headers.items():
            self.held[name.lower()] = value

    def get(self, name):
        return self.held.get(name.lower())


def keyed(headers):
    found = {}
    for name in headers:
        found[name.lower()] = headers[name]
    return found


def pairs(headers):
    return dict((name.lower(), value) for name, value in headers.items())


@app.get("/one")
async def one(request: Request) -> str:
    """One."""
    bag = Bag(request.headers)
    log.info("id %s", bag.get("X-Request-Id"))
    log.info("auth %s", bag.get("Authorization"))  # expect: SA302 HIGH
    k = keyed(request.headers)
    log.info("id %s", k["x-request-id"])
    log.info("auth %s", k["authorization"])  # expect: SA302 HIGH
    log.info("all %s", k)  # expect: SA304
    p = pairs(request.headers)
    log.info("id %s", p["x-request-id"])
    log.info("auth %s", p["authorization"])  # expect: SA302 HIGH
    log.info("all %s", p)  # expect: SA304
    whole = {name.lower(): value for name, value in request.headers.items()}
    log.info("id %s", whole["x-request-id"])
    log.info("all %s", whole)  # expect: SA304
    log.info("all %s", dict(request.headers))  # expect: SA304
    log.info("names %s", [name.lower() for name in request.headers])
    log.info("names %s", list(whole))
    log.info("kept %s", {n: v for n, v in request.headers.items() if n.lower() in {"host", "accept"}})
    return "x"
