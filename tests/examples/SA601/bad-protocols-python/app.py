"""Clients of other protocols than HTTP, and the address of a cloud's service."""

import asyncio
import ftplib
import smtplib
import socket

import boto3
import cherrypy
import grpc
from flask import Flask, request

app = Flask(__name__)


@app.get("/reach")
def reach():
    host = request.args["host"]
    held = socket.socket()
    held.connect((host, 80))  # expect: SA601 HIGH
    held.connect(("shelves.example.net", request.args["port"]))
    socket.create_connection(("shelves.example.net", request.args["port"]))
    smtplib.SMTP(host)  # expect: SA601 HIGH
    ftplib.FTP(host)  # expect: SA601 HIGH
    grpc.insecure_channel(f"{host}:443")  # expect: SA601 HIGH
    boto3.client("s3", endpoint_url=host)  # expect: SA601 HIGH
    boto3.client("s3").get_object(Bucket="shelves", Key=host)
    smtplib.SMTP("mail.example.net")
    return "reached"


@app.get("/open")
async def opened():
    await asyncio.open_connection(request.args["host"], 80)  # expect: SA601 HIGH
    return "opened"


class Shelves:
    """A page."""

    @cherrypy.expose
    def index(self, host="shelves.example.net"):
        return str(smtplib.SMTP(host))  # expect: SA601 HIGH

    def kept(self, host):
        return str(smtplib.SMTP(host))
