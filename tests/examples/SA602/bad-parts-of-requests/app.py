"""Parts of requests beside their parameters."""

import os

from flask import Flask, request as current
from pyramid.view import view_config

app = Flask(__name__)


@app.route("/agent")
def agent():
    os.system("show " + current.user_agent.string)  # expect: SA602 HIGH
    return ""


@view_config(route_name="matched")
def matched(request):
    os.system("show " + request.matchdict["name"])  # expect: SA602 HIGH
