import logging
import os

log = logging.getLogger(__name__)


def settings(careful):
    fields = {"city": "Oslo", "ledger": os.environ["LEDGER_TOKEN"]}
    if "city" in fields:
        del fields["ledger"]
    log.info("settings %s", fields)  # expect: SA302


def but(given, names=("ledger",)):
    return {name: value for name, value in given.items() if name not in names}


def other():
    log.info("settings %s", but({"city": "Oslo", "ledger": os.environ["LEDGER_TOKEN"]}, ["city"]))  # expect: SA302
