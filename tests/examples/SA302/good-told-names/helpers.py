import logging
import os

log = logging.getLogger(__name__)
ALL = {"city": "Oslo", "ledger": os.environ["LEDGER_TOKEN"]}


def only(given, names):
    return {name: given[name] for name in names if name in given}


def but(given, *names):
    return {name: value for name, value in given.items() if name not in names}


def less(given, name):
    copy = dict(given)
    del copy[name]
    return copy


def tell(event, **fields):
    fields.pop("ledger", None)
    log.info("%s %s", event, fields)


def settings():
    log.info("settings %s", only(ALL, ["city"]))
    log.info("settings %s", but(ALL, "ledger"))
    log.info("settings %s", less(ALL, "ledger"))
    tell("settings", city="Oslo", ledger=os.environ["LEDGER_TOKEN"])
