"""What tidies a text up leaves its line breaks where they are."""

import logging
import re
from html import escape

from flask import Flask, request

app = Flask(__name__)
logging.basicConfig(level=logging.INFO)
log = logging.getLogger(__name__)
VOWELS = re.compile("[aeiou]")


@app.route("/notes")
def notes():
    title = request.args["title"]
    log.info("title %s", escape(title))  # expect: SA202
    log.info("title %s", title.strip())  # expect: SA202
    log.info("title %s", VOWELS.sub("", title))  # expect: SA202
    log.info("title %s", "".join(letter for letter in title if letter != "x"))  # expect: SA202
    return "noted"


@app.route("/scans", methods=["POST"])
def scans():
    log.info("scan %s", request.files["scan"].filename)  # expect: SA202
    return "taken"
