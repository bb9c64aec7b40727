"""One part of what a call is given, by its name, its place or a pattern."""

import argparse
import contextlib
import logging
import os
import re
from dataclasses import dataclass, replace
from operator import itemgetter
from types import SimpleNamespace

log = logging.getLogger(__name__)
FIELDS = {"user": "app", "phrase": os.environ["MAIL_PASSWORD"]}


@dataclass(frozen=True)
class Account:
    user: str
    phrase: str


def parts() -> None:
    log.info("%s", itemgetter("phrase")(FIELDS))  # expect: SA302
    log.info("%s", itemgetter("user")(FIELDS))
    first, second = itemgetter("user", "phrase")(FIELDS)
    log.info("%s", first)
    log.info("%s", second)  # expect: SA302
    log.info("{phrase}".format(**FIELDS))  # expect: SA302
    log.info("{user}".format(**FIELDS))
    log.info("for {phrase:>20}".format_map(FIELDS))  # expect: SA302
    log.info("for {user}".format_map(FIELDS))
    for user, phrase in zip(["a", "b"], [FIELDS["phrase"]]):
        log.info("%s", user)
        log.info("%s", phrase)  # expect: SA302


def objects() -> None:
    held = SimpleNamespace(user="app", phrase=os.environ["MAIL_PASSWORD"])
    log.info("%s", held.phrase)  # expect: SA302
    log.info("%s", held.user)
    made = argparse.Namespace(user="app", phrase=os.environ["MAIL_PASSWORD"])
    log.info("%s", made.user)
    account = replace(Account("app", ""), phrase=os.environ["MAIL_PASSWORD"])
    log.info("%s", account.phrase)  # expect: SA302
    log.info("%s", replace(account, phrase="-").phrase)
    log.info("%s", list(vars(account)))
    log.info("%s", sorted(locals()))


def others() -> None:
    log.info("%s", FIELDS.get("nickname", os.environ["MAIL_PASSWORD"]))  # expect: SA302
    log.info("%s", {}.setdefault("x", os.environ["MAIL_PASSWORD"]))  # expect: SA302
    with contextlib.ExitStack() as stack:
        log.info("%s", stack.enter_context(contextlib.nullcontext(FIELDS["phrase"])))  # expect: SA302
    found = re.fullmatch(r"Bearer (\S+)", os.environ["MAIL_AUTH_TOKEN"])
    log.info("%s", found.group(1))  # expect: SA302
    log.info("%s", found.start(1))
