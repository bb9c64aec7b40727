"""Containers: which of them may be the server, what they print; the services of compose files."""

import posixpath
import re
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from skillaudit.configuration import Document, Documents, List, Map, Node, at, children, every, pairs, placed, raw
from skillaudit.environment import built_from, environment_of
from skillaudit.forward import Stage
from skillaudit.forwarding.drivers import driven
from skillaudit.forwarding.parts import Workload, ok
from skillaudit.forwarding.redirects import redirected

_FOLLOWED = re.compile(r"\btail\s(?:[^|;&]{0,100}?\s)?(/[\w./*-]{1,200})")
_MOST_BASES = 8
_LINKED = re.compile(r"ln\s+-\w*s\w*\s+/dev/std(?:out|err)\s+([^\s;&\"']+)")


def printed(command: str) -> tuple[str, ...]:
    """The files that a command follows and prints, as a sidecar does for a server that writes files."""
    return tuple(found[1] for found in _FOLLOWED.finditer(command[:2000]))


def linked_to_console(document: Document) -> Iterator[str]:
    """Files that an image makes links to its own console."""
    for node in every(document.root, "RUN"):
        yield from (found[1] for found in _LINKED.finditer(raw(node)))


def extended(document: Document, held: Documents) -> Document:
    """The compose file with what its services take over from others by ``extends``, of this file or another one."""
    services = pairs(document.root, "services")
    if not any(at(node, "extends") is not None for _, node in services):
        return document
    files = {one.path: one.root for one in held.of("compose")}
    whole = tuple((name, _whole(node, document.path, files, 0)) for name, node in services)
    rest = (pair for pair in pairs(document.root) if pair[0] != "services")
    return replace(document, root=Map(document.root.line, (("services", Map(document.root.line, whole)), *rest)))


def _whole(node: Node, path: str, files: Mapping[str, Node], depth: int) -> Node:
    asked = at(node, "extends")
    if asked is None or not isinstance(node, Map) or depth > _MOST_BASES:
        return node
    file = raw(asked, "file")
    where = posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path
    base = at(files.get(where), "services", raw(asked, "service") or raw(asked))
    if base is None:
        return node
    taken = _whole(base, where, files, depth + 1)
    if where != path:
        taken = placed(taken, asked.line)
    own = {key for key, _ in node.items}
    return Map(node.line, (*node.items, *(pair for pair in pairs(taken) if pair[0] not in own)))


def compose(document: Document) -> Iterator[Workload]:
    """The services of a compose file; those of every profile."""
    services = pairs(document.root, "services")
    for name, node in services:
        logging = at(node, "logging")
        driver, link = driven(document.at(logging or node), raw(logging, "driver"), at(logging, "options"))
        command = words_of(at(node, "command")) or words_of(at(node, "entrypoint"))
        place = ok(document.at(at(node, "command") or node), Stage.SOURCE, "")
        yield Workload(
            document.at(node),
            "compose",
            name,
            built_from(document, node),
            raw(node, "image"),
            at(node, "build") is not None,
            driver,
            raw(logging, "options", "tag"),
            (*redirected(command, place), *((link,) if link else ())),
            tuple(environment_of(at(node, "environment"))),
            tuple(_volumes(node)),
            scope=document.path,
            prints=printed(command),
            body=node,
        )


def profiles_of(workload: Workload) -> frozenset[str]:
    """The profiles under which a compose service is started; none where it always is."""
    return (
        frozenset(raw(one) for one in children(workload.body, "profiles"))
        if workload.platform == "compose"
        else frozenset()
    )


def is_scaled_to_none(workload: Workload) -> bool:
    """Whether a compose service or a pod is declared, and none of it is started."""
    body = workload.body
    return "0" in {raw(body, "deploy", "replicas"), raw(body, "scale"), raw(body, "spec", "replicas")}


def words_of(node: Node | None) -> str:
    """A command, as a list or a text."""
    return " ".join(raw(one) for one in node.items) if isinstance(node, List) else raw(node)


def _volumes(node: Node) -> Iterator[tuple[str, str]]:
    """Where volumes come from and where they are mounted."""
    for one in children(node, "volumes"):
        if isinstance(one, Map):
            yield raw(one, "source"), raw(one, "target")
        else:
            source, _, target = raw(one).partition(":")
            yield source, target.partition(":")[0]
