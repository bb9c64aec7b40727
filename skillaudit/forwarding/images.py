"""Agents that need no configuration file: their image and its environment say what they do."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from skillaudit.configuration import Document, Node, at, children, pairs, raw, text, truthy, walk
from skillaudit.environment import environment_of
from skillaudit.forward import Stage
from skillaudit.forwarding.containers import words_of
from skillaudit.forwarding.parts import Agent, Input, Route, Selection, Target, ok

_DATADOG = re.compile(r"(?:^|/)(?:datadog/agent|datadoghq/agent|datadog-agent)(?:[:@].*)?$")
_LOGSPOUT = re.compile(r"(?:^|/)logspout(?:[:@].*)?$")
_SENT = re.compile(r"\b(syslog(?:\+(?:tls|tcp|udp))?|raw\+?\w*)://([\w.\-]+(?::\d+)?)")
_YES = {"true", "1", "yes"}


def by_image(document: Document) -> Agent:
    """Datadog's agent and logspout among a document's containers."""
    if text(document.root, "kind") == "DatadogAgent":
        return datadog_operator(document)
    routes = [route for node in _containers(document) for route in _routes(document, node)]
    return Agent(document, "an agent by its image", tuple(routes))


def _containers(document: Document) -> Iterator[Node]:
    if document.kind == "compose":
        yield from (node for _, node in pairs(document.root, "services"))
    else:
        yield from (one for node in walk(document.root) for one in children(node, "containers") if raw(one, "image"))


def _routes(document: Document, node: Node) -> Iterator[Route]:
    image = raw(node, "image")
    source = Input("containers", document.at(node))
    variables = dict(environment_of(at(node, "environment") or at(node, "env")))
    if _DATADOG.search(image):
        first = ok(source.location, Stage.AGENT, "Datadog's agent takes containers in")
        if not _says_yes(variables, "DD_LOGS_ENABLED"):
            return
        if not _says_yes(variables, "DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL"):
            compose = document.kind == "compose"
            of, key = ("label", "com.datadoghq.ad.logs") if compose else ("annotation", "ad.datadoghq.com/*.logs")
            asked = Selection(source.location, of, key, ".*")
            source = replace(source, selections=(asked,))
        yield Route(source, (first,), _datadog(document, node, raw(variables.get("DD_SITE"))))
    elif _LOGSPOUT.search(image) and (
        found := _SENT.search(words_of(at(node, "command")) or raw(variables.get("ROUTE_URIS")))
    ):
        scheme = {"syslog": "udp", "raw": "udp"}.get(found[1], found[1].rpartition("+")[2])
        first = ok(source.location, Stage.AGENT, "logspout takes containers in")
        yield Route(source, (first,), Target(document.at(node), "syslog", "", f"{scheme}://{found[2]}"))


def _says_yes(variables: dict[str, Node], name: str) -> bool:
    return raw(variables.get(name)).lower() in _YES


def _datadog(document: Document, node: Node, site: str) -> Target:
    url = f"https://agent-http-intake.logs.{site}" if site else ""
    return Target(document.at(node), "datadog", "", url, encrypted=True)


def datadog_values(document: Document) -> Agent:
    """The values of Datadog's chart."""
    held = at(document.root, "datadog")
    place = at(held, "logs")
    if place is None or not truthy(place, "enabled"):
        return Agent(document, "Datadog's agent", ())
    return _datadog_agent(document, place, text(held, "site"), every=truthy(place, "containerCollectAll"))


def datadog_operator(document: Document) -> Agent:
    """The resource of Datadog's operator."""
    place = at(document.root, "spec", "features", "logCollection")
    if place is None or not truthy(place, "enabled"):
        return Agent(document, "Datadog's agent", ())
    site = text(document.root, "spec", "global", "site")
    return _datadog_agent(document, place, site, every=truthy(place, "containerCollectAll"))


def _datadog_agent(document: Document, place: Node, site: str, *, every: bool) -> Agent:
    """An agent that takes every container, or those of pods that ask for it by an annotation."""
    asked = Selection(document.at(place), "annotation", "ad.datadoghq.com/*.logs", ".*")
    source = Input("containers", document.at(place), selections=() if every else (asked,))
    first = ok(source.location, Stage.AGENT, "Datadog's agent takes containers in")
    return Agent(document, "Datadog's agent", (Route(source, (first,), _datadog(document, place, site)),))
