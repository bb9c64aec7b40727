"""What a function puts into a dictionary that it was handed."""

import logging
import os

import requests

log = logging.getLogger(__name__)


def get(url, params):
    params["api_key"] = os.environ["SERVICE_API_KEY"]
    log.info("asking with %s", params)  # expect: SA302
    return requests.get(url, params=params, timeout=5)


def post(url, **fields):
    fields["token"] = os.environ["SERVICE_TOKEN"]
    log.info("sending %s", fields)  # expect: SA302
    return requests.post(url, json=fields, timeout=5)
