"""What signs cookies and tokens is a secret whatever it looks like; a name of a setting is none."""

import os

from flask import Flask

app = Flask(__name__)
app.secret_key = b'_8#w2M"G4R9y\n\xec]/'  # expect: SA605
app.config["SECRET_KEY"] = "shelves and more shelves"  # expect: SA605
app.config.from_mapping(
    DEBUG=False,
    JWT_SECRET_KEY="shelves-of-2019",  # expect: SA605
)
SETTING = {"secret_key": "secret_key", "SECRET_KEY": "SHELVES_SECRET_KEY"}


class Production:
    """Settings."""

    SECRET_KEY = os.environ["SHELVES_SECRET_KEY"]


class Fallback:
    """Settings that begin without their variable."""

    SECRET_KEY = os.environ.get("SHELVES_SECRET_KEY") or "hard to guess, they said"  # expect: SA605
