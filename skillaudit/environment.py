"""The environment that deployed servers run in: what Dockerfiles, compose files, manifests and units set, by package.

Only values that the tree spells out are kept: one that depends on the host (``${LOG_FORMAT}``) says nothing.
"""

import re
import shlex
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from skillaudit.configuration import (
    Document,
    Documents,
    List,
    Map,
    Node,
    Text,
    at,
    children,
    every,
    pairs,
    raw,
    text,
    walk,
)
from skillaudit.inventory import Inventory
from skillaudit.model import Surface

FOREIGN: Final = re.compile(
    r"(?:^|/)(?:postgres(?:ql)?|mysql|mariadb|mongo(?:db)?|redis|valkey|memcached|nginx|traefik|caddy|envoy\w*|haproxy|httpd"
    r"|grafana|loki|promtail|alloy|prometheus|alertmanager|jaeger|all-in-one|tempo|zipkin|elasticsearch|kibana|logstash|filebeat"
    r"|opensearch[\w-]*|fluent-?bit|fluentd[\w-]*|vector|opentelemetry-collector[\w-]*|otelcol[\w-]*|rsyslog\w*|syslog-ng"
    r"|datadog-agent|agent|cadvisor|node-exporter|etcd|minio|mc|rabbitmq|kafka|zookeeper|nats|consul|vault|keycloak|milvus"
    r"|qdrant|chroma|weaviate|clickhouse[\w-]*|neo4j|ollama|adminer|pgadmin4?|mailhog|localstack|busybox|alpine|ubuntu|debian"
    r"|curl|oauth2-proxy|watchtower|portainer|certbot|aws-otel-collector|logspout|aws-for-fluent-bit|fly-log-shipper|confluence|jira[\w-]*|proxy|sftp)"
    r"(?:[:@].*)?$"
)
"""Images that are not the audited server, by their last name."""
_ASIDE = re.compile(
    r"(?:^|/)(?:\.devcontainer|\.tekton|\.github|dev|develop|tests?|e2e|evals?|ci|examples?|samples?|templates/basic|fixtures"
    r"|mocks?|test-services|bench\w*)/|(?:^|[./_-])(?:dev|devel|development|debug|local|test|e2e|local-dev|ci)(?:[._-][^/]*)?$",
    re.IGNORECASE,
)
_SCAFFOLD = re.compile(
    r"(?:^|/)(?:templates?|scaffold\w*|boilerplates?|starters?|skeletons?|cookiecutter[^/]*|\{\{[^/]*)/", re.IGNORECASE
)
"""Folders of what a generator copies for others. The templates of charts hold manifests, which are meant."""
_SKETCHED = {"compose", "wrangler", "fly", "render", "vercel", "app-engine", "serverless", "dockerfile", "procfile"}
_STARTS = {"compose", "kubernetes", "ecs", "cloudformation", "serverless", "fly", "render", "vercel", "app-engine"}
_KEYS = {"environment", "Environment", "env", "envVars", "env_variables"}
_PREFIX = re.compile(r"^(?:exec\s+)?(?:env\s+)?((?:[A-Za-z_]\w{0,80}=\S{0,300}\s+){1,40})\S")
_NAMED = re.compile(r"^[A-Za-z_]\w{0,100}$")


class Setting(msgspec.Struct, frozen=True):
    """A variable that a deployment of a package sets; ``image``: what the image holds unless its run says otherwise."""

    package: str
    name: str
    value: str
    image: bool


class Environment(msgspec.Struct, frozen=True):
    """Every variable that the tree's deployments set."""

    settings: tuple[Setting, ...] = ()

    def values(self, package: str, name: str) -> tuple[str, ...]:
        """What a variable is where a package is deployed: nothing where unset, several where deployments differ."""
        return self._prevailing(package, [one for one in self.settings if one.name == name])

    def names(self, package: str) -> tuple[str, ...]:
        """The variables that some deployment sets for a package or for what is around it."""
        return tuple(dict.fromkeys(one.name for one in self.settings if _within(package, one.package)))

    def _prevailing(self, package: str, held: list[Setting]) -> tuple[str, ...]:
        around = [one for one in held if _within(package, one.package)]
        nearest = max((len(one.package) for one in around), default=0)
        near = [one for one in around if len(one.package) == nearest]
        chosen = [one for one in near if not one.image] or near
        return tuple(dict.fromkeys(one.value for one in chosen))


def environment(documents: Documents, inventory: Inventory) -> Environment:
    """The variables of every document that deploys something."""
    packages = [one.path for one in inventory.packages]
    mapped = {name for document in documents.of("kubernetes") for name in _mapped(document)}
    found = [
        Setting(max((p for p in packages if _within(folder, p)), key=len, default=""), name, value.text, image)
        for document in documents.all
        if deployed(document)
        for folder, image, name, value in _settings(document, mapped)
        if isinstance(value, Text) and _NAMED.match(name)
    ]
    return Environment(tuple(dict.fromkeys(found)))


def deployed(document: Document) -> bool:
    """Whether a document says how the server is really run, not how it may be tried out."""
    held = document.surface in {Surface.PRODUCTION, Surface.CLI, Surface.SCRIPT}
    sketched = document.kind in _SKETCHED and _SCAFFOLD.search(document.path) is not None
    return held and not sketched and not _ASIDE.search(document.path)


def environment_of(node: Node | None) -> Iterator[tuple[str, Node]]:
    """A map, a list of ``NAME=value``, or a list of maps with ``name`` and ``value``."""
    yield from pairs(node)
    for one in node.items if isinstance(node, List) else ():
        if isinstance(one, Map):
            name = text(one, "name") or text(one, "Name") or text(one, "key")
            value = at(one, "value") or at(one, "Value")
            if name and value is not None:
                yield name, value
        else:
            name, _, value_text = raw(one).partition("=")
            yield name, Text(one.line, value_text) if isinstance(one, Text) else one


def built_from(document: Document, node: Node) -> str:
    """The folder that a compose service is built from, relative to the tree, else the document's package."""
    context = text(node, "build", "context") or text(node, "build")
    if not context:
        return document.package
    folder = document.path.rpartition("/")[0].split("/") if "/" in document.path else []
    for part in context.split("/"):
        if part == "..":
            folder = folder[:-1]
        elif part not in {".", ""}:
            folder.append(part)
    return "/".join(folder)


_Found = tuple[str, bool, str, Node]
"""The folder it is for, whether an image holds it, name, value."""


def _settings(document: Document, mapped: set[str]) -> Iterator[_Found]:
    match document.kind:
        case "dockerfile":
            yield from ((document.package, True, name, value) for name, value in _image(document.root))
        case "systemd":
            held = [one for unit in every(document.root, "service") for one in every(unit, "Environment")]
            yield from ((document.package, False, name, value) for one in held for name, value in _assigned(one))
        case "procfile":
            held = [node for _, node in pairs(document.root)]
            yield from ((document.package, False, name, value) for one in held for name, value in _started(one))
        case "wrangler":
            yield from ((document.package, False, name, value) for name, value in pairs(document.root, "vars"))
        case kind if kind in _STARTS:
            for node in walk(document.root):
                for name, value in _of_node(node, mapped):
                    yield built_from(document, node) if kind == "compose" else document.package, False, name, value
        case _:
            return


def _of_node(node: Node, mapped: set[str]) -> Iterator[tuple[str, Node]]:
    """What a container, a function or a service is given; nothing of an image that is known to be something else."""
    built = at(node, "build") is not None
    if not isinstance(node, Map) or (not built and FOREIGN.search(raw(node, "image") or raw(node, "Image"))):
        return
    if text(node, "kind") == "ConfigMap" and text(node, "metadata", "name") in mapped:
        yield from pairs(node, "data")
    for key, held in node.items:
        if key in _KEYS:
            yield from environment_of(at(held, "Variables") or held)


def _mapped(document: Document) -> Iterator[str]:
    """The config maps whose entries become variables."""
    for node in walk(document.root):
        yield from (text(one, "configMapRef", "name") for one in children(node, "envFrom"))


def _image(root: Node) -> Iterator[tuple[str, Node]]:
    """What the last stage of a Dockerfile sets, and the stages that it is made from."""
    stages: dict[str, list[tuple[str, Node]]] = {}
    current: list[tuple[str, Node]] = []
    for name, node in pairs(root):
        if name == "FROM":
            base, *rest = [word for word in raw(node).split() if not word.startswith("--")] or [""]
            current = list(stages.get(base.lower(), []))
            stages[rest[1].lower() if rest[:1] and rest[0].lower() == "as" and len(rest) > 1 else ""] = current
        elif name == "ENV":
            current += _assigned(node)
        elif name in {"CMD", "ENTRYPOINT"}:
            current += _started(node)
    yield from dict(current).items()


def _assigned(node: Node) -> Iterator[tuple[str, Node]]:
    """``A=b C="d e"``, or the older ``A b`` of Dockerfiles."""
    try:
        words = shlex.split(raw(node)) if isinstance(node, Text) else raw(node).split()
    except ValueError:
        return
    if words and "=" not in words[0]:
        yield words[0], Text(node.line, " ".join(words[1:]))
        return
    yield from _written(node, words)


def _started(node: Node) -> Iterator[tuple[str, Node]]:
    """The variables that stand before a command."""
    found = _PREFIX.match(raw(node).strip())
    yield from _written(node, found[1].split()) if found else ()


def _written(node: Node, words: Iterable[str]) -> Iterator[tuple[str, Node]]:
    for word in words:
        name, _, value = word.partition("=")
        if "$" not in value:
            yield name, Text(node.line, value.strip("\"'"))


def _within(path: str, folder: str) -> bool:
    return not folder or path == folder or path.startswith(f"{folder}/")
