"""What an error's class picks for its text, what a note adds."""

import os


class Refused(Exception):
    def __init__(self, text, secret):
        super().__init__(text)
        self.secret = secret


class Shown(Exception):
    def __init__(self, text, secret):
        super().__init__(f"{text}: {secret}")


def one():
    raise Refused("refused", os.environ["MAIL_PASSWORD"])


def two():
    raise Refused(os.environ["MAIL_PASSWORD"], "none")  # expect: SA306


def three():
    raise Shown("refused", os.environ["MAIL_PASSWORD"])  # expect: SA306


def four():
    try:
        one()
    except Refused as error:
        error.add_note("look at the setting")
        error.add_note(os.environ["MAIL_PASSWORD"])  # expect: SA306
        raise
