"""Resolve a host once and refuse addresses that are not on the public internet."""

import ipaddress
import socket
from urllib.request import getproxies_environment, proxy_bypass

from skillaudit.address import RemoteRepository
from skillaudit.errors import AcquireError, RefusedError
from skillaudit.source import AcquireOptions

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# Public by their registration, served inside clouds: Azure's wire server, Oracle's metadata.
_CLOUD_INTERNAL = (ipaddress.IPv4Network("168.63.129.16/32"), ipaddress.IPv4Network("192.0.0.0/24"))


def pin(repository: RemoteRepository, options: AcquireOptions) -> tuple[str, ...]:
    """The addresses of the host, to be used for every connection so that a second DNS answer changes nothing.

    Empty where a proxy does the resolving and the name is unknown here.

    Raises:
        RefusedError: One of the addresses is private, loopback, link-local or a metadata service.
        AcquireError: The host cannot be resolved.
    """
    try:
        answers = socket.getaddrinfo(repository.host, repository.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        if _proxied(repository):
            return ()
        raise AcquireError(f"cannot resolve the host {repository.host}") from None
    addresses = tuple(dict.fromkeys(str(answer[4][0]).partition("%")[0] for answer in answers))
    parsed = [ipaddress.ip_address(address) for address in addresses]
    if repository.scheme == "http" and not all(address.is_loopback for address in parsed):
        raise RefusedError("plain http is fetched from loopback addresses only")
    if repository.scheme == "https" and not options.allow_private_host and not all(map(is_public, parsed)):
        raise RefusedError(f"{repository.host} has a private or internal address; --allow-private-host permits it")
    return addresses


def is_public(address: _Address) -> bool:
    """Whether `address`, and any IPv4 address inside it, belongs to the public internet."""
    embedded = _embedded(address)
    if embedded is not None and not is_public(embedded):
        return False
    internal = any(address.version == network.version and address in network for network in _CLOUD_INTERNAL)
    mapped = isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None
    return not internal and (mapped or (address.is_global and not address.is_multicast))


def _embedded(address: _Address) -> ipaddress.IPv4Address | None:
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _proxied(repository: RemoteRepository) -> bool:
    proxies = getproxies_environment()
    proxy = proxies.get(repository.scheme) or proxies.get("all")
    return bool(proxy) and not proxy_bypass(f"{repository.host}:{repository.port}")
