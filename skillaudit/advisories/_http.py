"""HTTP as this program uses it for advisories: https, or plain http to this machine; bounded in time and size."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from requests import RequestException, Response, Session

from skillaudit import __version__
from skillaudit.advisory import SourceError
from skillaudit.errors import RefusedError

TIMEOUT = (10.0, 30.0)
"""Seconds to connect, and between two pieces of an answer."""

_MOST = 64 << 20
_PIECE = 1 << 16


def new_session() -> Session:
    """A session that says who asks; proxies and certificates come from the environment."""
    session = Session()
    session.headers["User-Agent"] = f"skillaudit/{__version__}"
    return session


def require_safe(url: str) -> str:
    """The address, if it is one that may be asked.

    Raises:
        RefusedError: it is neither https nor http to this machine, or holds credentials.
    """
    parts = urlsplit(url)
    if parts.username or parts.password:
        raise RefusedError("an address of advisories may not hold credentials")
    if parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname or "")):
        return url
    raise RefusedError("an address of advisories must be https, or http on 127.0.0.1")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def body_of(response: Response) -> bytes:
    """The whole body of a streamed answer.

    Raises:
        SourceError: the answer is no success, breaks off or is too much.
    """
    if not response.ok:
        raise SourceError(f"it answered {response.status_code}")
    found = bytearray()
    try:
        for piece in response.iter_content(_PIECE):
            found += piece
            if len(found) > _MOST:
                raise SourceError("it answered more than is read")
    except RequestException as error:
        raise SourceError(f"its answer broke off ({type(error).__name__})") from error
    return bytes(found)
