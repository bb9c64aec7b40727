"""Where an address leads, as far as its text says."""

import ipaddress
import re
from collections.abc import Container

from skillaudit.forward import Reach

_HOST = re.compile(r"^(?:\w[\w+.-]{0,20}://)?(?:[^/@\s]{0,200}@)?(\[[0-9a-fA-F:.]+\]|[^:/\s?#]+)")
_NAME = re.compile(r"^[a-z0-9_](?:[a-z0-9_.-]{0,250}[a-z0-9_])?$", re.IGNORECASE)
_INSIDE = (".svc", ".svc.cluster.local", ".cluster.local", ".docker.internal", ".localhost", ".service.consul")
_PRIVATE = (".internal", ".local", ".lan", ".corp", ".intranet", ".home.arpa", ".private")


def host_of(url: str) -> str:
    """The host of a URL or of ``host:port``; empty where it is not known."""
    if url.startswith(("unix:", "/")):
        return "unix"
    found = _HOST.match(url)
    host = found[1].strip("[]").rstrip(".").lower() if found else ""
    return "" if "$" in host or "{" in host or "%" in host else host


def reach_of(url: str, neighbours: Container[str]) -> Reach:
    """Where an address leads.

    Args:
        url: an address, with or without a scheme.
        neighbours: names of services in the same stack or cluster.
    """
    host = host_of(url)
    if host == "unix" or host in neighbours or host == "localhost" or host.endswith(_INSIDE):
        return Reach.LOCAL
    if "." in host and _is_cluster_name(host, neighbours):
        return Reach.LOCAL
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        named = "." in host and _NAME.match(host) is not None and not host.endswith(_PRIVATE)
        return Reach.PUBLIC if named else Reach.UNKNOWN
    if address.is_loopback or address.is_unspecified:
        return Reach.LOCAL
    return Reach.PUBLIC if address.is_global else Reach.UNKNOWN


def is_loopback(url: str, neighbours: Container[str]) -> bool:
    """Whether an address is of whatever listens on the same host or in the same container."""
    host = host_of(url)
    if not host or host == "unix" or host in neighbours:
        return False
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _is_cluster_name(host: str, neighbours: Container[str]) -> bool:
    """``service.namespace``, two words of which the first is a service that the tree declares."""
    first, _, rest = host.partition(".")
    return "." not in rest and first in neighbours
