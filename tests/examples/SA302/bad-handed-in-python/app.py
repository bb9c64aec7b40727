"""What decorators and functions that are handed functions do with values."""

import functools
import logging
import os

log = logging.getLogger(__name__)


def recorded(fn):
    @functools.wraps(fn)
    def inner(*args, **kwargs):
        answer = fn(*args, **kwargs)
        log.info("%s gave %s", fn.__name__, answer)  # expect: SA302
        return answer

    return inner


def sized(fn):
    @functools.wraps(fn)
    def inner(*args, **kwargs):
        answer = fn(*args, **kwargs)
        log.info("%s gave %s characters", fn.__name__, len(answer))
        return answer

    return inner


def labelled(label):
    def outer(fn):
        @functools.wraps(fn)
        def inner(*args):
            log.info("%s with %s", label, args)  # expect: SA302
            return fn(*args)

        return inner

    return outer


@recorded
def first():
    return os.environ["MAIL_PASSWORD"]


@sized
def second():
    return os.environ["MAIL_PASSWORD"]


@labelled("sending")
def send(text, number):
    return f"{number} {len(text)}"


class Mailbox:
    @labelled("opening")
    def open(self, name):
        return name


def each(items, act):
    for item in items:
        act(item)


def run() -> None:
    first()
    second()
    send(os.environ["MAIL_PASSWORD"], 1)
    Mailbox().open("inbox")
    each([os.environ["MAIL_PASSWORD"]], lambda one: log.info("one %s", one))  # expect: SA302
    each([os.environ["MAIL_PASSWORD"]], lambda one: log.info("one %s", bool(one)))
    each(["a", "b"], lambda one: log.info("one %s", one))
