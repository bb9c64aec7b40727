import logging
import os

log = logging.getLogger(__name__)
ALL = {"city": "Oslo", "ledger": os.environ["LEDGER_TOKEN"]}


def only(given, names):
    return {name: given[name] for name in names if name in given}


def but(given, *names):
    return {name: value for name, value in given.items() if name not in names}


def tell(event, **fields):
    fields.pop("city", None)
    log.info("%s %s", event, fields)  # expect: SA302


def settings():
    log.info("settings %s", only(ALL, ["city", "ledger"]))  # expect: SA302
    log.info("settings %s", but(ALL, "city"))  # expect: SA302
    tell("settings", city="Oslo", ledger=os.environ["LEDGER_TOKEN"])
