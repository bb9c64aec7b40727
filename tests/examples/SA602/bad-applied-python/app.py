"""Words that are quoted one by one, and hosts: the zone of an address of IPv6 may be any text."""

import ipaddress
import os
import shlex

from flask import Flask, request

app = Flask(__name__)


@app.route("/one")
def one():
    os.system("ls " + " ".join(map(shlex.quote, request.args.getlist("folder"))))
    os.system("ls " + " ".join(map(str, request.args.getlist("folder"))))  # expect: SA602
    os.system(f"ping -c1 {ipaddress.IPv4Address(request.args['host'])}")
    os.system(f"ping -c1 {ipaddress.ip_address(request.args['host'])}")  # expect: SA602
    return ""
