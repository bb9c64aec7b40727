"""Requests that are made first and sent later; clients that an application keeps."""

import httpx
import requests
from aiohttp import web
from flask import Flask, request
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.web import RequestHandler

app = Flask(__name__)
session = requests.Session()


@app.get("/prepared")
def prepared():
    made = requests.Request("GET", request.values["shelf"])
    return session.send(made.prepare()).text  # expect: SA601 HIGH


@app.get("/built")
def built():
    with httpx.Client() as client:
        return client.send(client.build_request("GET", request.values["shelf"])).text  # expect: SA601 HIGH


@app.get("/fixed")
def fixed():
    made = requests.Request("GET", "https://shelves.example.net/", params={"q": request.values["shelf"]})
    return session.send(session.prepare_request(made)).text


class Feed(RequestHandler):
    async def post(self):
        made = HTTPRequest(url=self.get_body_argument("feed"), method="GET")
        self.finish((await AsyncHTTPClient().fetch(made)).body)  # expect: SA601 HIGH


async def listen(request):
    sent = await request.post()
    await request.app["session"].ws_connect(sent["endpoint"])  # expect: SA601 HIGH


service = web.Application()
service.router.add_post("/listen", listen)
