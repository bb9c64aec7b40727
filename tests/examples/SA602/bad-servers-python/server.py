"""Requests as the standard library hands them over."""

import os
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlparse
from wsgiref.simple_server import make_server


class Plain(BaseHTTPRequestHandler):
    def do_GET(self):
        asked = parse_qs(urlparse(self.path).query)
        os.system("ls " + asked["folder"][0])  # expect: SA602 HIGH

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        os.system(body.decode())  # expect: SA602 HIGH


def application(environ, start_response):
    asked = parse_qs(environ["QUERY_STRING"])
    os.system("ls " + asked["folder"][0])  # expect: SA602 HIGH
    start_response("200 OK", [])
    return [b""]


if __name__ == "__main__":
    make_server("", 8000, application)
    HTTPServer(("", 8001), Plain).serve_forever()
