import json
import logging
import os

log = logging.getLogger(__name__)
TOKEN = os.environ["LEDGER_TOKEN"]
QUIET = {"authorization", "x-api-key"}


def trimmed(given):
    return {name: value for name, value in given.items() if name.lower() not in QUIET}


def sent():
    return {"Authorization": f"Bearer {TOKEN}", "Accept": "text/plain"}


def by_comprehension():
    headers = sent()
    log.info("headers %s", {name: value for name, value in headers.items() if name != "Authorization"})
    log.info("headers %s", {name: "***" if name.lower() in QUIET else value for name, value in headers.items()})
    log.info("headers %s", trimmed(headers))


def by_loop():
    shown = {}
    for name, value in sent().items():
        if name.lower() in QUIET:
            continue
        shown[name] = value
    log.info("headers %s", json.dumps(shown))


def by_removal():
    headers = {"Authorization": TOKEN, "Accept": "text/plain"}
    shown = dict(headers)
    shown.pop("Authorization", None)
    log.info("headers %s", shown)
    del headers["Authorization"]
    log.info("headers %s", json.dumps(headers))


def by_placeholder():
    headers = {"Authorization": TOKEN, "Accept": "text/plain"}
    shown = headers.copy()
    shown["Authorization"] = "Bearer ***"
    log.info("headers %s", shown)


def names_only():
    headers = {"Authorization": TOKEN, "Accept": "text/plain"}
    log.info("headers %s", list(headers))
    log.info("environment %s", {name: value for name, value in os.environ.items() if "TOKEN" not in name})
