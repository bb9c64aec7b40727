"""The work itself."""

import sys


def shout(text: str) -> None:
    print(text.upper())  # expect: SA204


def compute(n: int) -> int:
    return _inner(n)


def _inner(n: int) -> int:
    print("computing", n)  # expect: SA204
    print("fine", file=sys.stderr)
    return n


def never_called() -> None:
    print("nobody asks")
