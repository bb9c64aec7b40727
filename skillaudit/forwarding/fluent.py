"""Fluent Bit and Fluentd: records carry a tag, outputs say which tags they take."""

from collections.abc import Iterator

from msgspec.structs import replace

from skillaudit.configuration import Document, Map, Node, at, children, every, pairs, raw, text, truthy
from skillaudit.forward import ChainLink, Stage
from skillaudit.forwarding.matching import fluentd_matches, glob
from skillaudit.forwarding.parts import Agent, Input, Route, Selection, Target, broken, kind_of, ok
from skillaudit.forwarding.selection import by_files, by_matches

_INPUTS = {
    "tail": "file", "systemd": "journal", "forward": "forward", "syslog": "syslog", "opentelemetry": "otlp",
    "http": "http", "tcp": "http", "docker": "containers", "in_tail": "file", "systemd_journal": "journal",
    "journal": "journal", "udp": "http", "secure_forward": "forward", "kubernetes_events": "events",
}  # fmt: skip
_ALWAYS_ENCRYPTED = {"cloudwatch", "s3", "google", "azure", "azure-storage", "firehose", "google-storage"}
_NO_END = {"null", "file", "console"}
_MOST_LABELS = 8
"""How often records are handed on from label to label; a loop of them never ends."""
_TAKES_ALL = {".*", ".+", "^.*$", "^.*", ".", ""}


def fluent_bit(document: Document) -> Agent:
    """Fluent Bit, classic or YAML."""
    inputs, filters, outputs = (_plugins(document.root, kind) for kind in ("input", "filter", "output"))
    routes = [
        route
        for node in inputs
        if (source := _bit_input(document, node)) is not None
        for route in _bit_routes(document, source, filters, outputs)
    ]
    return Agent(document, "Fluent Bit", tuple(routes))


def _plugins(root: Node, kind: str) -> list[Map]:
    held = [*every(root, kind), *children(root, "pipeline", f"{kind}s")]
    return [
        Map(one.line, tuple((key.lower(), node) for key, node in one.items)) for one in held if isinstance(one, Map)
    ]


def _bit_input(document: Document, node: Map) -> Input | None:
    plugin = text(node, "name").lower()
    kind = _INPUTS.get(plugin)
    if kind is None:
        return None
    paths = tuple(one.strip() for one in raw(node, "path").split(",") if one.strip())
    tag = raw(node, "tag") or ("" if kind in {"forward", "otlp"} else f"{plugin}.0")
    if kind == "file" and _container_logs(paths):
        kind = "containers"
    selected: Iterator[Selection] = iter(())
    if kind == "containers":
        selected = by_files(document, at(node, "path"), at(node, "exclude_path"))
    elif kind == "journal":
        filters = every(node, "systemd_filter")
        selected = by_matches(document.at(filters[0] if filters else node), map(raw, filters))
    return Input(kind, document.at(node), paths, tag.replace("*", "x"), text(node, "port"), tuple(selected))


def _container_logs(paths: tuple[str, ...]) -> bool:
    return any(one.startswith(("/var/log/containers", "/var/lib/docker/containers", "/var/log/pods")) for one in paths)


def _bit_routes(document: Document, source: Input, filters: list[Map], outputs: list[Map]) -> Iterator[Route]:
    tags = {source.tag}
    first = ok(source.location, Stage.AGENT, f"Fluent Bit takes {source.kind} in" + _tagged(source.tag))
    for node in filters:
        if not _bit_matches(node, source.tag):
            continue
        if text(node, "name").lower() == "kubernetes" and truthy(node, "k8s-logging.exclude"):
            place = document.at(at(node, "k8s-logging.exclude"))
            excluded = Selection(place, "annotation", "fluentbit.io/exclude", "true", takes=False)
            source = replace(source, selections=(*source.selections, excluded))
        if _drops(node):
            what = f"the filter {text(node, 'name')}"
            drop = broken(document.at(node), Stage.ROUTE, what, "it drops every record")
            yield Route(source, (first, drop), None)
            return
        if text(node, "name").lower() == "rewrite_tag":
            rules = [raw(one).split() for one in every(node, "rule")]
            tags |= {rule[2] for rule in rules if len(rule) > 2}  # noqa: PLR2004 - key, expression, new tag
    fitting = [(node, tag) for node in outputs for tag in sorted(tags) if _bit_matches(node, tag)]
    targets = [_bit_target(document, node) for node, _ in fitting]
    if not targets:
        reason = f"the tag {source.tag} matches no output" if source.tag else "there is no output"
        yield Route(source, (first, broken(source.location, Stage.ROUTE, "routing by tag", reason)), None)
        return
    useful = [one for one in targets if one.kind not in _NO_END]
    for target in useful or targets[:1]:
        node = next(node for node, _ in fitting if document.at(node) == target.location)
        way = ok(target.location, Stage.ROUTE, f"matched by {_pattern(node) or '*'}")
        yield (
            Route(source, (first, way), target)
            if source.tag
            else Route(source, (first, way), target, match=_pattern(node))
        )


def _tagged(tag: str) -> str:
    return f" with the tag {tag}" if tag else ""


def _pattern(node: Map) -> str:
    return raw(node, "match") or ("" if raw(node, "match_regex") else "*")


def _bit_matches(node: Map, tag: str) -> bool:
    """An expression may match anything; so does an input whose tag its senders choose."""
    return not tag or bool(raw(node, "match_regex")) or glob(raw(node, "match") or "*", tag)


def _drops(node: Map) -> bool:
    """A grep that excludes whatever there is in the field of the message."""
    if text(node, "name").lower() != "grep":
        return False
    rules = [raw(one).split(None, 1) for one in every(node, "exclude")]
    return any(len(rule) == 2 and rule[1].strip() in _TAKES_ALL and "log" in rule[0] for rule in rules)  # noqa: PLR2004


def _bit_target(document: Document, node: Map) -> Target:
    kind = kind_of(text(node, "name"))
    host = raw(node, "host") or ("" if kind in _ALWAYS_ENCRYPTED or kind == "datadog" else "127.0.0.1")
    port = raw(node, "port")
    name = raw(node, "log_group_name") or raw(node, "bucket") or raw(node, "index") or raw(node, "delivery_stream")
    create = text(node, "write_operation").lower() == "create"
    encrypted = True if kind in _ALWAYS_ENCRYPTED else truthy(node, "tls")
    endpoint = raw(node, "endpoint")
    if kind in _ALWAYS_ENCRYPTED and endpoint.startswith("http://"):
        host, encrypted = endpoint, False
    if kind == "syslog":
        encrypted = text(node, "mode").lower() == "tls" or encrypted
    verified = False if text(node, "tls.verify").lower() in {"off", "false", "no"} else None
    url = f"{host}:{port}" if host and port else host
    return Target(document.at(node), kind, name, url, encrypted, verified, create)


def fluentd(document: Document) -> Agent:
    """Fluentd: the first ``<match>`` that fits takes the record; labels are routed inside themselves."""
    routes: list[Route] = []
    for node in every(document.root, "source"):
        kind = _INPUTS.get(text(node, "@type"))
        if kind is None:
            continue
        paths = tuple(one.strip() for one in raw(node, "path").split(",") if one.strip())
        if kind == "file" and _container_logs(paths):
            kind = "containers"
        tag = raw(node, "tag").replace("*", "x")
        source = Input(kind, document.at(node), paths, tag, text(node, "port"))
        routes += _fluentd_routes(document, source, text(node, "@label"), 0)
    return Agent(document, "Fluentd", tuple(routes))


def _scope(root: Node, label: str) -> Node:
    return next((one for one in every(root, "label") if text(one, "@arg") == label), root) if label else root


def _fluentd_routes(document: Document, source: Input, label: str, depth: int) -> Iterator[Route]:
    scope = _scope(document.root, label)
    first = ok(source.location, Stage.AGENT, f"Fluentd takes {source.kind} in" + _tagged(source.tag))
    for name, node in pairs(scope):
        if name == "filter" and fluentd_matches(text(node, "@arg"), source.tag or "x") and _excludes(node):
            drop = broken(document.at(node), Stage.ROUTE, "a grep filter", "it drops every record")
            yield Route(source, (first, drop), None)
            return
        if name == "match" and (not source.tag or fluentd_matches(text(node, "@arg"), source.tag)):
            yield from _matched(document, source, first, node, depth)
            if source.tag or text(node, "@arg") in {"**", "*", ""}:
                return
    if source.tag or not every(scope, "match"):
        reason = f"the tag {source.tag} matches no output" if source.tag else "there is no output"
        yield Route(source, (first, broken(source.location, Stage.ROUTE, "routing by tag", reason)), None)


def _matched(document: Document, source: Input, first: ChainLink, node: Node, depth: int) -> Iterator[Route]:
    pattern = text(node, "@arg")
    stores = every(node, "store") if text(node, "@type") == "copy" else (node,)
    passed = [text(one, "@label") for one in stores if text(one, "@type") == "relabel"]
    for label in passed if depth < _MOST_LABELS else ():
        yield from _fluentd_routes(document, source, label, depth + 1)
    targets = [_fluentd_target(document, one) for one in stores if text(one, "@type") != "relabel"]
    for target in [one for one in targets if one.kind not in _NO_END] or targets[:1]:
        way = ok(document.at(node), Stage.ROUTE, f"matched by {pattern or '**'}")
        yield Route(source, (first, way), target, match="" if source.tag else f"fluentd:{pattern}")


def _excludes(node: Node) -> bool:
    if text(node, "@type") != "grep":
        return False
    return any(raw(one, "pattern").strip("/") in _TAKES_ALL - {""} for one in every(node, "exclude"))


def _fluentd_target(document: Document, node: Node) -> Target:
    plugin = text(node, "@type")
    kind = kind_of(plugin)
    server = next(iter(every(node, "server")), None)
    host = (
        raw(node, "url") or raw(node, "endpoint") or raw(node, "hec_host") or raw(node, "host") or raw(server, "host")
    )
    host = host or raw(node, "hosts") or raw(node, "endpoint_url")
    port = raw(node, "hec_port") or raw(node, "port") or raw(server, "port")
    scheme = raw(node, "scheme") or raw(node, "protocol")
    if host and "://" not in host and scheme:
        host = f"{scheme}://{host}"
    name = raw(node, "log_group_name") or raw(node, "s3_bucket") or raw(node, "index_name") or raw(node, "bucket")
    create = plugin == "elasticsearch_data_stream" or text(node, "write_operation") == "create"
    encrypted = True if kind in _ALWAYS_ENCRYPTED else _fluentd_encrypted(node, kind)
    verify = raw(node, "ssl_verify") or raw(node, "tls_verify") or raw(node, "insecure_ssl")
    off = verify == "false" if raw(node, "insecure_ssl") == "" else verify == "true"
    url = f"{host}:{port}" if port and host and not host.rpartition(":")[2].isdigit() else host
    return Target(document.at(node), kind, name, url, encrypted, False if off and verify else None, create)


def _fluentd_encrypted(node: Node, kind: str) -> bool | None:
    """By the plugin's switch; None leaves the answer to the URL."""
    if (
        text(node, "transport") == "tls"
        or truthy(node, "use_ssl")
        or truthy(node, "tls")
        or at(node, "transport", "tls")
    ):
        return True
    if kind == "splunk":
        return raw(node, "protocol") in {"", "https"}
    if kind in {"datadog", "hosted"}:
        return text(node, "use_ssl").lower() != "false"
    return False if kind in {"forward", "syslog"} else None
