"""How a sink's options say where it connects to, and whether that is encrypted: one address with its scheme."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

_NETWORKS = {"udp": "udp", "udp4": "udp", "udp6": "udp", "tcp": "tcp", "tcp4": "tcp", "tcp6": "tcp", "tls": "tls",
             "tls4": "tls", "tls6": "tls", "tcp+tls": "tls"}  # fmt: skip
_DIALLED = re.compile(r"^[\w.-]{1,200}:\d{1,5}$")
_HOST = re.compile(r"^[\w.-]{1,200}$")
_SWITCHES: Final = {"secure", "ssl", "tls", "useTls", "use_ssl", "tls_enable"}
UNVERIFIED: Final = {"verify", "ssl_verify", "verify_ssl", "verify_certs", "rejectUnauthorized", "validate",
                     "tls_verify"}  # fmt: skip
"""Options that, switched off, leave the certificate of the other end unverified."""
SKIPPED: Final = {"insecure_skip_verify", "insecureSkipVerify", "InsecureSkipVerify"}
"""Options that do so when they are switched on."""


def address(destination: str, texts: Sequence[tuple[str, str]], switches: Mapping[str, bool]) -> str:
    """The address with the scheme that a socket, a syslog or an HTTP transport speaks; empty for other destinations.

    Args:
        destination: what the sink is called.
        texts: constant arguments and options, by name where they have one.
        switches: options that are true or false.
    """
    name = destination.lower()
    held = dict(reversed(texts))
    host = next((held[key] for key in ("address", "host", "hostname") if held.get(key)), "")
    port = f":{held['port']}" if held.get("port", "").isdigit() else ""
    dialled = [text for key, text in texts if not key]
    encrypted = any(switches.get(one, False) for one in _SWITCHES)
    if len(dialled) > 1 and dialled[0] in _NETWORKS and _DIALLED.match(dialled[1]):
        return f"{'tls' if 'tls' in name else _NETWORKS[dialled[0]]}://{dialled[1]}"
    if not _HOST.match(host):
        return ""
    if "socket" in name:
        return f"{'tls' if encrypted else _NETWORKS.get(held.get('mode', ''), 'udp')}://{host}{port}"
    if "syslog" in name:
        return f"{'tls' if encrypted else _NETWORKS.get(held.get('protocol', ''), 'udp')}://{host}{port}"
    return f"{'https' if encrypted else 'http'}://{host}{port}" if name == "http" else ""
