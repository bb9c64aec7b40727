"""Where a container runtime's logging driver sends, by its options."""

from typing import Final

from skillaudit.configuration import Node, at, pairs, raw
from skillaudit.forward import ChainLink, Stage
from skillaudit.forwarding.parts import Target, broken, kind_of, ok, unknown
from skillaudit.model import Location

_KEPT: Final = frozenset({"json-file", "local", ""})
"""Drivers that keep the streams where agents on the host find them."""


def driven(place: Location, name: str, options: Node | None) -> tuple[Target | None, ChainLink | None]:
    """The target of a driver and its link; both None where the runtime keeps the streams on the host."""
    if name in _KEPT:
        return None, None
    if name == "none":
        return None, broken(place, Stage.DRIVER, "the logging driver none", "the runtime throws the streams away")
    if "$" in name:
        return None, unknown(place, Stage.DRIVER, f"the logging driver {name}", "it is set outside the tree")
    return _target(place, name, options), ok(place, Stage.DRIVER, f"the logging driver {name}")


def _target(place: Location, name: str, options: Node | None) -> Target:  # noqa: PLR0911 - one for each driver
    def option(key: str) -> str:
        return raw(options, key)

    kind = kind_of(name)
    match kind:
        case "cloudwatch":
            return Target(place, kind, option("awslogs-group"), "", encrypted=True)
        case "google":
            return Target(place, kind, option("gcp-project"), "", encrypted=True)
        case "splunk":
            skipped = option("splunk-insecureskipverify").lower() in {"true", "1"}
            return Target(place, kind, "", option("splunk-url"), None, False if skipped else None)
        case "syslog":
            skipped = option("syslog-tls-skip-verify").lower() == "true"
            return Target(
                place, kind, "", option("syslog-address") or "unix:///dev/log", None, False if skipped else None
            )
        case "forward":
            address = option("fluentd-address") or "localhost:24224"
            return Target(place, kind, "", address.removeprefix("tcp://"), encrypted=address.startswith("tls://"))
        case "loki":
            skipped = option("loki-tls-insecure-skip-verify").lower() == "true"
            return Target(place, kind, "", option("loki-url"), None, False if skipped else None)
        case _ if name == "awsfirelens":
            return Target(place, "firelens")
        case _:
            return Target(place, kind, "", option(f"{name}-address"))


def firelens(place: Location, options: Node | None) -> Target:
    """What the options of ``awsfirelens`` name: an output of Fluent Bit in the task itself."""
    held = {key.lower(): raw(node) for key, node in pairs(options)}
    kind = kind_of(held.get("name", ""))
    name = held.get("log_group_name") or held.get("bucket") or held.get("delivery_stream") or held.get("index") or ""
    host, port = held.get("host", ""), held.get("port", "")
    cloud = kind in {"cloudwatch", "s3", "firehose", "google"}
    encrypted = True if cloud else held.get("tls", "off").lower() == "on"
    verified = False if held.get("tls.verify", "on").lower() == "off" else None
    return Target(place, kind, name, f"{host}:{port}" if host and port else host, encrypted, verified)


def described(node: Node | None, *names: str) -> str:
    """A setting by any of its spellings, resolved or not."""
    return next((found for name in names if (found := raw(at(node, name)))), "")
