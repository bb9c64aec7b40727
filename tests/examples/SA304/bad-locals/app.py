"""All local variables hold what the request brought."""

import logging

from flask import Flask, request

app = Flask(__name__)
logger = logging.getLogger("locals")


@app.post("/shelves")
def shelves():
    sent = request.form
    count = len(sent)
    try:
        return str(1 / count)
    except ZeroDivisionError:
        logger.error("failed with %s", locals())  # expect: SA304
    return ""


@app.post("/empty")
def empty():
    count = len(request.form)
    logger.error("failed with %s", locals())
    return str(count)
