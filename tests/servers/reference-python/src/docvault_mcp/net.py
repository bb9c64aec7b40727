"""Outgoing HTTP, to approved hosts and public addresses only."""

import asyncio
import ipaddress
import socket
from urllib.parse import urlsplit

import httpx

from .errors import Forbidden, VaultError

TIMEOUT = httpx.Timeout(10.0)


class ApprovedHosts:
    """An HTTP client that reaches an allow-list of hosts."""

    def __init__(self, hosts: frozenset[str]) -> None:
        self._hosts = hosts

    async def get(self, url: str) -> str:
        address = await self._checked(url)
        async with self._client() as client:
            response = await client.get(address.url, headers=address.headers, extensions=address.extensions)
        return self._text(response)

    async def post(self, url: str, body: str) -> str:
        address = await self._checked(url)
        async with self._client() as client:
            response = await client.post(
                address.url, content=body.encode(), headers=address.headers, extensions=address.extensions
            )
        return self._text(response)

    @staticmethod
    def _client() -> httpx.AsyncClient:
        return httpx.AsyncClient(timeout=TIMEOUT, follow_redirects=False, trust_env=False)

    @staticmethod
    def _text(response: httpx.Response) -> str:
        if not response.is_success:
            raise VaultError(f"the host answered {response.status_code}")
        return response.text

    async def _checked(self, url: str) -> "_Address":
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        if parts.scheme != "https" or host not in self._hosts or parts.port not in (None, 443):
            raise Forbidden("this address is not on the list of approved hosts")
        return _Address(host, await _public_address(host), parts.path or "/", parts.query)


class _Address:
    """A request to the address that was checked, not to whatever the name resolves to a moment later."""

    def __init__(self, host: str, ip: str, path: str, query: str) -> None:
        self.url = httpx.URL(scheme="https", host=ip, raw_path=(f"{path}?{query}" if query else path).encode())
        self.headers = {"Host": host}
        self.extensions = {"sni_hostname": host}


async def _public_address(host: str) -> str:
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    except socket.gaierror as unknown:
        raise VaultError("the host is unknown") from unknown
    addresses = [info[4][0] for info in found]
    if not all(ipaddress.ip_address(address).is_global for address in addresses):
        raise Forbidden("this address is not on the list of approved hosts")
    return addresses[0]
