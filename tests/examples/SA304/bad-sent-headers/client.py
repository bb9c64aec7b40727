import logging
import os

import httpx
import requests

log = logging.getLogger(__name__)
TOKEN = os.environ["LEDGER_TOKEN"]


async def ask(url):
    async with httpx.AsyncClient() as client:
        answer = await client.get(url, headers={"Authorization": f"Bearer {TOKEN}"})
    log.info("sent", extra={"headers": dict(answer.request.headers)})  # expect: SA304
    log.info("sent %s", answer.request.headers)  # httpx masks the credential in what it writes of its own headers
    return answer


def tell(url):
    answer = requests.post(url, headers={"Authorization": f"Bearer {TOKEN}"})
    log.info("sent %s", answer.request.headers)  # expect: SA304
    log.info("sent %s", answer.request.url)
    return answer
