"""What takes the output of a platform away from it: drains, add-ons, and Fly's shipper."""

import re
from collections.abc import Iterator
from typing import Final

from skillaudit.configuration import Document, Documents, Node, at, pairs, raw
from skillaudit.environment import deployed
from skillaudit.forward import ChainLink, Stage
from skillaudit.forwarding.cloud import Cloud
from skillaudit.forwarding.parts import Agent, Input, Route, Target, ok, unknown

PLATFORM: Final = "platform"
"""The kind of input that is the output of whatever a platform runs."""
_ADDONS = re.compile(
    r"^(?:papertrail|logdna|mezmo|logentries|coralogix|sumologic|betterstack|logtail|timber-logging|solarwinds"
    r"|loggly|logz|sematext|scalyr)\b"
)
_DRAINS = {
    "heroku_drain": "url", "vercel_log_drain": "endpoint", "vercel_drain": "delivery.endpoint",
    "cloudflare_logpush_job": "destination_conf",
}  # fmt: skip
_SHIPPER = re.compile(r"(?:^|/)fly-log-shipper(?:[:@].*)?$")
_SHIPPED = {
    "LOKI_URL": "loki", "DATADOG_API_KEY": "datadog", "HTTP_URL": "http", "PAPERTRAIL_ENDPOINT": "syslog",
    "AWS_BUCKET": "s3", "SPLUNK_URL": "splunk",
    "ELASTICSEARCH_URL": "elasticsearch", "OPENSEARCH_ENDPOINT": "elasticsearch", "AXIOM_TOKEN": "hosted",
    "LOGTAIL_TOKEN": "hosted", "BETTER_STACK_SOURCE_TOKEN": "hosted", "LOGDNA_API_KEY": "hosted",
    "NEW_RELIC_LICENSE_KEY": "hosted", "HONEYCOMB_API_KEY": "hosted", "SEMATEXT_TOKEN": "hosted",
    "HUMIO_TOKEN": "hosted",
}  # fmt: skip
"""Variables by which Fly's shipper chooses where it sends; most hold a secret, and are set outside the tree."""


def drains(held: Documents, known: Cloud) -> Iterator[Agent]:
    """Everything declared that takes a platform's output away."""
    for kind, key in _DRAINS.items():
        for one in known.of(kind):
            first = ok(one.location, Stage.AGENT, f"the drain {one.label} takes the platform's output")
            url = one.read(key)
            target = Target(one.location, "syslog" if url.startswith("syslog") else "http", "", _plain(url))
            yield _agent(one.document, one.body, (first,), target)
    for one in known.of("heroku_addon"):
        yield from _addon(one.document, one.body, one.read("plan"))
    for document in held.of("hosted", "fly"):
        if deployed(document):
            for _, node in pairs(document.root, "addons"):
                yield from _addon(document, node, raw(node))
            if _SHIPPER.search(raw(document.root, "build", "image")):
                yield _fly(document)


def _plain(url: str) -> str:
    """An address without what a drain's URL says beside it."""
    return url.replace("syslog+tls://", "tls://").replace("syslog://", "tcp://").partition("?")[0]


def _addon(document: Document, node: Node, plan: str) -> Iterator[Agent]:
    if _ADDONS.match(plan):
        place = document.at(node)
        first = ok(place, Stage.AGENT, f"the add-on {plan} takes the app's output")
        yield _agent(document, node, (first,), Target(place, "hosted", plan.partition(":")[0]))


def _fly(document: Document) -> Agent:
    """Fly's shipper; where it sends is often known to its secrets alone."""
    first = ok(document.at(), Stage.AGENT, "Fly's log shipper takes the output of the organization's apps")
    for name, node in pairs(document.root, "env"):
        if kind := _SHIPPED.get(name):
            url = raw(node) if name.endswith(("_URL", "_ENDPOINT")) else ""
            named = raw(node) if kind == "s3" else ""
            encrypted = True if kind in {"s3", "datadog", "hosted"} else None
            return _agent(document, node, (first,), Target(document.at(node), kind, named, url, encrypted))
    reason = "its secrets choose the destination, and they are not in the tree"
    place = unknown(document.at(at(document.root, "env")), Stage.ROUTE, "Fly's log shipper", reason)
    return _agent(document, document.root, (first, place), None)


def _agent(document: Document, node: Node, links: tuple[ChainLink, ...], target: Target | None) -> Agent:
    return Agent(document, "a drain", (Route(Input(PLATFORM, document.at(node)), links, target),))
