"""What clients' hooks are handed, and what a remote call brought beside its message."""

import logging

import httpx
import requests
import shelves_pb2_grpc

logger = logging.getLogger("hooked")


def asked(request: httpx.Request) -> None:
    """Before."""
    logger.info("> %s", request.method)


def answered(response: httpx.Response) -> None:
    """After."""
    logger.info("< %s", response.text)  # expect: SA304
    logger.info("< %s", response.status_code)


def heard(response: requests.Response, *args, **kwargs) -> None:
    """After."""
    logger.info("< %s", response.text)  # expect: SA304


class Shelves(shelves_pb2_grpc.ShelvesServicer):
    """A servicer."""

    def Show(self, request, context):
        logger.info("metadata %s", context.invocation_metadata())  # expect: SA304
        logger.info("peer %s", context.peer())


client = httpx.Client(event_hooks={"request": [asked], "response": [answered]})
session = requests.Session()
session.hooks["response"].append(heard)
