"""What is set again before it is written, or only counted."""

import logging
import os

log = logging.getLogger(__name__)
HIDDEN = {"phrase": "-"}


def run() -> None:
    fields = {"user": "app", "phrase": os.environ["MAIL_PASSWORD"]}
    log.info("%s", fields | {"phrase": "-"})
    log.info("%s", fields | HIDDEN)
    log.info("%s", HIDDEN | fields)  # expect: SA302
    log.info("%s", fields | {"user": "-"})  # expect: SA302
    again = {"user": "app"}
    again.update(phrase=os.environ["MAIL_PASSWORD"])
    log.info("%s", again)  # expect: SA302
    again.update({"phrase": "-"})
    log.info("%s", again)
    gone = {}
    gone["phrase"] = os.environ["MAIL_PASSWORD"]
    del gone["phrase"]
    log.info("%s", gone)
    log.info("%s", list(map(len, [os.environ["MAIL_PASSWORD"]])))
    log.info("%s", list(map(str.upper, [os.environ["MAIL_PASSWORD"]])))  # expect: SA302
