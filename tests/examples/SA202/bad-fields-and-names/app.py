"""Conversions by name, of ``str.format``, and characters that are no line breaks."""

import logging

from flask import Flask, request
from loguru import logger

app = Flask(__name__)


@app.route("/")
def told():
    user = request.args["user"]
    logging.info("user %(name)s", {"name": user})  # expect: SA202
    logging.info("user %(name)r", {"name": user})
    logging.info("user %s", user.replace("\t", " "))  # expect: SA202
    logging.info("user %a", user)
    logger.info("user {}", user)  # expect: SA202
    logger.info("user {!r}", user)
    return ""
