"""Routes that are handed the request."""

import logging

from aiohttp import web
from django.urls import path, re_path
from django.views import View
from sanic import Sanic
from starlette.applications import Starlette
from starlette.endpoints import HTTPEndpoint
from starlette.routing import Route

log = logging.getLogger(__name__)
sanic = Sanic("x")


async def star(incoming):
    log.info("x %s", incoming.path_params["name"])  # expect: SA202
    log.info("x %s", incoming.query_params.get("a"))  # expect: SA202


class End(HTTPEndpoint):
    async def get(self, request):
        log.info("x %s", request.query_params["a"])  # expect: SA202


def page(incoming, name, number):
    log.info("x %s", name)  # expect: SA202
    log.info("x %s", number)
    log.info("x %s", incoming.GET["q"])  # expect: SA202


def matched(request, slug):
    log.info("x %s", slug)  # expect: SA202


class Pages(View):
    def post(self, request, slug):
        log.info("x %s", slug)  # expect: SA202


async def first(request: web.Request):
    log.info("x %s", request.match_info["name"])  # expect: SA202
    log.info("x %s", request.rel_url.query["q"])  # expect: SA202


async def second(incoming):
    log.info("x %s", incoming.match_info.get("name"))  # expect: SA202


@sanic.get("/s/<name>")
async def third(request, name: str):
    log.info("x %s", name)  # expect: SA202


starlette = Starlette(routes=[Route("/x/{name}", star), Route("/y", End)])
urlpatterns = [
    path("a/<str:name>/<int:number>/", page),
    re_path(r"^b/(?P<slug>[^/]+)$", matched),
    path("c/<slug:slug>/", Pages.as_view()),
]
served = web.Application()
served.router.add_get("/x/{name}", first)
served.add_routes([web.post("/y/{name}", second)])
