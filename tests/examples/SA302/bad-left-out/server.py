import logging
import os

log = logging.getLogger(__name__)
TOKEN = os.environ["LEDGER_TOKEN"]


def shortened(given):
    return {name: value for name, value in given.items() if name.lower() not in {"accept"}}


# What is left out is not what must not be seen.
def send(careful):
    headers = {"Authorization": f"Bearer {TOKEN}", "Accept": "text/plain"}
    log.info("headers %s", shortened(headers))  # expect: SA302
    log.info("headers %s", headers)  # expect: SA302
    if careful:
        headers.pop("Authorization", None)
    log.info("headers %s", headers)  # expect: SA302
    shown = dict(headers)
    shown.pop("Accept")
    log.info("headers %s", shown)  # expect: SA302
