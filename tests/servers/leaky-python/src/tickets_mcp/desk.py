"""Client of the help desk's own API."""

import logging
import os
from dataclasses import dataclass, field
from typing import Any

import httpx

from .redact import safe_header

TOKEN_URL = "https://desk.example/oauth/token"
API = "https://desk.example/api"


@dataclass
class Desk:
    client_id: str
    client_secret: str
    log: logging.Logger = field(default_factory=lambda: logging.getLogger("tickets.desk"))

    @classmethod
    def from_environment(cls) -> "Desk":
        desk = cls(os.environ["DESK_CLIENT_ID"], os.environ["DESK_CLIENT_SECRET"])
        desk.log.info("using webhook key " + os.environ["DESK_WEBHOOK_API_KEY"])  # expect: SA302
        return desk

    async def access_token(self, client: httpx.AsyncClient) -> str:
        answer = await client.post(
            TOKEN_URL,
            data={"grant_type": "client_credentials"},
            auth=(self.client_id, self.client_secret),
        )
        if answer.is_error:
            self.log.error("login as %s with %s failed", self.client_id, self.client_secret)  # expect: SA302
            raise RuntimeError("the help desk refused the login")
        grant = answer.json()
        self.log.info("token expires in %s s", grant["expires_in"])  # ok
        issued = grant["access_token"]
        self.log.debug("exchanged credentials for %s", issued)  # expect: SA302
        return issued

    async def tickets(self, status: str) -> list[dict[str, Any]]:
        async with httpx.AsyncClient(timeout=10) as client:
            authorization = safe_header(await self.access_token(client))
            self.log.debug("sending %s", authorization)  # expect: SA302
            found: list[dict[str, Any]] = []
            next_page_token: str | None = ""
            while next_page_token is not None:
                self.log.debug("page %s", next_page_token)  # ok
                page = await client.get(
                    f"{API}/tickets",
                    params={"status": status, "page_token": next_page_token},
                    headers={"Authorization": authorization},
                )
                page.raise_for_status()
                found += page.json()["tickets"]
                next_page_token = page.json().get("next_page_token")
            return found

    async def create(self, subject: str, text: str) -> str:
        async with httpx.AsyncClient(timeout=10) as client:
            headers = {"Authorization": safe_header(await self.access_token(client))}
            created = await client.post(f"{API}/tickets", json={"subject": subject, "text": text}, headers=headers)
            created.raise_for_status()
            return str(created.json()["id"])
