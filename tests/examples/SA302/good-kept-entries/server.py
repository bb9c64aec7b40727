import logging
import os

log = logging.getLogger(__name__)


def tell(event, **fields):
    if "ledger" in fields:
        del fields["ledger"]
    log.info("%s %s", event, fields)


def but(given, names=("ledger",)):
    return {name: value for name, value in given.items() if name not in names}


def settings():
    tell("settings", city="Oslo", ledger=os.environ["LEDGER_TOKEN"])
    log.info("settings %s", but({"city": "Oslo", "ledger": os.environ["LEDGER_TOKEN"]}))
