"""Clients of other libraries and protocols: sessions derived from requests', browsers, databases, loaders of documents."""

import asyncio
import ftplib

import paramiko
import pycurl
import redis
import requests
import requests_cache
import websockets.sync.client
import yt_dlp
from flask import Flask, request
from selenium import webdriver

app = Flask(__name__)


@app.route("/web")
def web():
    found = requests.api.get(request.args["a"]).text  # expect: SA601 HIGH
    found += requests_cache.CachedSession("web").get(request.args["b"]).text  # expect: SA601 HIGH
    driver = webdriver.Firefox()
    driver.get(request.args["c"])  # expect: SA601 HIGH
    with yt_dlp.YoutubeDL({}) as films:
        films.download([request.args["d"]])  # expect: SA601 HIGH
    with websockets.sync.client.connect(request.args["e"]) as feed:  # expect: SA601 HIGH
        return found + feed.recv()


@app.route("/files")
def files():
    shell = paramiko.SSHClient()
    shell.connect(request.args["host"], username="reader")  # expect: SA601 HIGH
    store = ftplib.FTP()
    store.connect(request.args["store"], 21)  # expect: SA601 HIGH
    kept = redis.Redis(host=request.args["cache"])  # expect: SA601 HIGH
    return str(kept.ping())


@app.route("/raw")
async def raw():
    loop = asyncio.get_running_loop()
    await loop.create_connection(asyncio.Protocol, request.args["host"], 80)  # expect: SA601 HIGH
    curl = pycurl.Curl()
    curl.setopt(curl.URL, "https://api.example.com")
    curl.setopt(curl.POSTFIELDS, request.args["text"])
    return str(redis.Redis(host="cache.example.com").get(request.args["key"]))
