"""What one made function or object holds is no other's."""

import logging
import os

log = logging.getLogger(__name__)


def keep(value):
    def show():
        return f"<{value}>"

    return show


class Line:
    def __init__(self, first):
        self.words = [first]

    def add(self, word):
        self.words.append(word)
        return self

    def text(self):
        return " ".join(self.words)


hidden = keep(os.environ["MAIL_PASSWORD"])
plain = keep("plain")


def run() -> None:
    log.info("%s", keep(os.environ["MAIL_PASSWORD"])())  # expect: SA302
    log.info("%s", keep("open")())
    log.info("%s", hidden())  # expect: SA302
    log.info("%s", plain())
    log.info("%s", Line("a").add("b").add(os.environ["MAIL_PASSWORD"]).text())  # expect: SA302
    log.info("%s", Line("a").add("b").text())
    log.info("%s", Line("a").text())
    line = Line("a")
    line.add(os.environ["MAIL_PASSWORD"])
    log.info("%s", line.text())  # expect: SA302
