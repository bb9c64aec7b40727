"""Words that regular expressions find in a request."""

import re
import subprocess

from flask import Flask, request

app = Flask(__name__)
ORDER = re.compile(r"(?P<verb>\w+) (?P<rest>.+)")


@app.route("/one")
def one():
    found = re.match(r"run (.+)", request.args["order"])
    return subprocess.getoutput(found.group(1))  # expect: SA602


@app.route("/two")
def two():
    found = ORDER.search(request.args["order"])
    subprocess.run(found["rest"], shell=True)  # expect: SA602
    subprocess.run("report " + found["verb"], shell=True)
    return ""


@app.route("/three")
def three():
    for word in re.findall(r"\S+", request.args["order"]):
        subprocess.run(word, shell=True)  # expect: SA602
    for day, line in re.findall(r"(\d+):(.*)", request.args["order"]):
        subprocess.run(line, shell=True)  # expect: SA602
        subprocess.run("report " + day, shell=True)
    return ""


@app.route("/four")
def four():
    for found in ORDER.finditer(request.args["order"]):
        verb, rest = found.groups()
        subprocess.run("report " + verb, shell=True)
        subprocess.run(rest, shell=True)  # expect: SA602
        subprocess.run(found.groupdict()["rest"], shell=True)  # expect: SA602
    return ""
