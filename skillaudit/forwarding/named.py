"""Vector and the OpenTelemetry collector: named components that point at each other."""

import re
from collections.abc import Iterator

from skillaudit.configuration import Document, Node, at, children, pairs, raw, text, truthy
from skillaudit.forward import ChainLink, Stage
from skillaudit.forwarding.components import NO_END, Component, ways
from skillaudit.forwarding.matching import glob
from skillaudit.forwarding.parts import Agent, Input, Route, Selection, Target, broken, kind_of, ok
from skillaudit.forwarding.selection import any_of, by_files, by_units, labelled

_VECTOR_INPUTS = {
    "docker_logs": "containers", "kubernetes_logs": "containers", "file": "file", "journald": "journal",
    "fluent": "forward", "syslog": "syslog", "opentelemetry": "otlp", "http_server": "http", "http": "http",
    "socket": "http", "stdin": "stdin", "vector": "http", "splunk_hec": "http", "datadog_agent": "http",
}  # fmt: skip
_OTEL_INPUTS = {
    "otlp": "otlp", "filelog": "file", "journald": "journal", "fluentforward": "forward", "syslog": "syslog",
    "loki": "loki", "tcplog": "http", "udplog": "http", "splunk_hec": "http", "docker_stats": "",
}  # fmt: skip
_FALSE = re.compile(r"^\s*(?:false|1\s*==\s*2)\s*$")


def vector(document: Document) -> Agent:
    """Vector: sources, transforms and sinks, each naming its inputs."""
    root = document.root
    steps = [(name, node, True) for name, node in pairs(root, "transforms")]
    steps += [(name, node, False) for name, node in pairs(root, "sinks")]

    def after(name: str) -> Iterator[Component]:
        for own, node, transform in steps:
            wanted = [raw(one) for one in children(node, "inputs")]
            if any(glob(one, name) or glob(one.partition(".")[0], name) for one in wanted):
                link = ok(document.at(node), Stage.ROUTE, f"Vector's {text(node, 'type')} {own}")
                drops = _vector_drops(node) if transform else ""
                yield Component(own, link, drops, None if transform else _vector_target(document, node))

    routes: list[Route] = []
    for name, node in pairs(root, "sources"):
        kind = _VECTOR_INPUTS.get(text(node, "type"))
        if kind is not None:
            paths = tuple(raw(one) for one in children(node, "include"))
            port = raw(node, "address").rpartition(":")[2]
            source = Input(kind, document.at(node), paths, "", port, tuple(_vector_selected(document, node)))
            first = ok(source.location, Stage.AGENT, f"Vector's {text(node, 'type')} {name} takes {kind} in")
            routes += ways(source, name, first, after)
    return Agent(document, "Vector", tuple(routes))


def _vector_selected(document: Document, node: Node) -> Iterator[Selection]:
    """Containers by the beginnings of their names, and by labels; pods by files and labels; units of the journal."""
    yield from by_files(document, at(node, "include_paths_glob_patterns"), at(node, "exclude_paths_glob_patterns"))
    yield from labelled(document.at(at(node, "extra_label_selector")), _equal(raw(node, "extra_label_selector")))
    if text(node, "type") == "kubernetes_logs":
        yield Selection(document.at(node), "label", "vector.dev/exclude", "true", takes=False)
    for name, takes in (("include_units", True), ("exclude_units", False)):
        units = (raw(one) for one in children(node, name))
        yield from by_units(document.at(at(node, name)), units, takes=takes)
    for name, takes in (("include_containers", True), ("exclude_containers", False)):
        patterns = (f"{re.escape(raw(one))}.*" for one in children(node, name))
        found = any_of(document.at(at(node, name)), "name", "", patterns, takes=takes)
        yield from (found,) if found is not None else ()
    if at(node, "include_labels") is not None:
        yield from labelled(document.at(at(node, "include_labels")), (raw(x) for x in children(node, "include_labels")))


def _equal(selector: str) -> list[str]:
    """The parts of a selector of Kubernetes that ask for one value."""
    parts = [one.strip().replace("==", "=") for one in selector.split(",")]
    return [one for one in parts if "=" in one and "!" not in one and "(" not in one]


def _vector_drops(node: Node) -> str:
    condition = text(node, "condition") or text(node, "condition", "source")
    if text(node, "type") == "filter" and _FALSE.match(condition):
        return "its condition never holds, so it drops every record"
    return "it aborts every record" if text(node, "source").strip() == "abort" and truthy(node, "drop_on_abort") else ""


def _vector_target(document: Document, node: Node) -> Target:
    kind = kind_of(text(node, "type"))
    url = raw(node, "endpoint") or raw(node, "uri") or raw(node, "address")
    url = url or next((raw(one) for one in children(node, "endpoints")), "") or raw(node, "bootstrap_servers")
    if text(node, "type") == "socket":
        kind, url = "syslog", f"{text(node, 'mode') or 'tcp'}://{url}"
    name = raw(node, "group_name") or raw(node, "bucket") or raw(node, "index") or raw(node, "bulk", "index")
    create = text(node, "bulk", "action") == "create" or text(node, "mode") == "data_stream"
    encrypted = True if truthy(node, "tls", "enabled") or kind in {"cloudwatch", "s3", "google", "firehose"} else None
    verified = False if text(node, "tls", "verify_certificate").lower() == "false" else None
    if kind in {"datadog", "hosted", "azure"} and not url:
        encrypted = True
    return Target(document.at(node), kind, name, url, encrypted, verified, create)


def otel(document: Document) -> Agent:
    """The OpenTelemetry collector: pipelines of signals; only those of logs carry records."""
    root = document.root
    held = pairs(root, "service", "pipelines")
    logs = {name: node for name, node in held if name.partition("/")[0] == "logs"}
    routes: list[Route] = []
    for name, node in pairs(root, "receivers"):
        kind = _OTEL_INPUTS.get(name.partition("/")[0])
        if not kind:
            continue
        paths = tuple(raw(one) for one in children(node, "include"))
        containers = any("/var/log/pods" in one or "/var/lib/docker" in one or "/containers/" in one for one in paths)
        selected = (
            by_files(document, at(node, "include"), at(node, "exclude"))
            if containers
            else by_units(document.at(at(node, "units")), (raw(one) for one in children(node, "units")))
        )
        source = Input("containers" if containers else kind, document.at(node), paths, selections=tuple(selected))
        first = ok(source.location, Stage.AGENT, f"the collector's receiver {name} takes {source.kind} in")
        own = [line for line in logs.values() if name in {text(one) for one in children(line, "receivers")}]
        if not own:
            others = sorted({one.partition("/")[0] for one, _ in held})
            reason = f"no logs pipeline reads it: the pipelines are {', '.join(others) or 'none'}"
            place = document.at(at(root, "service", "pipelines"))
            routes.append(Route(source, (first, broken(place, Stage.ROUTE, "service.pipelines", reason)), None))
        for line in own:
            routes += _otel_routes(document, source, first, line)
    return Agent(document, "the OpenTelemetry collector", tuple(routes))


def _otel_routes(document: Document, source: Input, first: ChainLink, line: Node) -> Iterator[Route]:
    root = document.root
    for name in (text(one) for one in children(line, "processors")):
        processor = at(root, "processors", name)
        if name.partition("/")[0] == "filter" and _drops_all(processor):
            drop = broken(document.at(processor), Stage.ROUTE, f"the processor {name}", "it drops every record")
            yield Route(source, (first, drop), None)
            return
    names = [text(one) for one in children(line, "exporters")]
    connected = [
        name for name in names if at(root, "connectors", name) is not None and at(root, "exporters", name) is None
    ]
    targets = []
    for name in names:
        node = at(root, "exporters", name)
        if node is not None or name.partition("/")[0] in {"debug", "nop", "logging"}:
            targets.append((name, _otel_target(document, name, node or line)))
    missing = [name for name in names if name not in connected and name not in {known for known, _ in targets}]
    if missing or (not targets and not connected):
        reason = f"the exporter {missing[0]} is not defined" if missing else "there is no exporter"
        yield Route(source, (first, broken(document.at(line), Stage.ROUTE, "the logs pipeline", reason)), None)
        return
    useful = [(name, one) for name, one in targets if one.kind not in NO_END]
    for name, target in useful or targets[: 0 if connected else 1]:
        yield Route(source, (first, ok(document.at(line), Stage.ROUTE, f"the logs pipeline exports to {name}")), target)


def _drops_all(processor: Node | None) -> bool:
    conditions = [text(one) for one in children(processor, "logs", "log_record")]
    bodies = [text(one) for one in children(processor, "logs", "exclude", "bodies")]
    return any(one.strip() in {"true", "1 == 1"} for one in conditions) or any(one in {".*", ".+"} for one in bodies)


def _otel_target(document: Document, name: str, node: Node) -> Target:
    plugin = name.partition("/")[0]
    kind = kind_of(plugin)
    url = raw(node, "logs_endpoint") or raw(node, "endpoint") or next((raw(x) for x in children(node, "endpoints")), "")
    if "loki" in name and "/otlp" in url:
        kind = "loki"
    if kind == "syslog":
        url = f"{text(node, 'network') or 'tcp'}://{url}:{text(node, 'port') or '6514'}"
    named = raw(node, "log_group_name") or raw(node, "s3uploader", "s3_bucket") or raw(node, "logs_index")
    insecure = truthy(node, "tls", "insecure") or url.startswith("http://")
    cloud = kind in {"cloudwatch", "s3", "google", "azure", "hosted", "datadog"} and not url
    encrypted = False if insecure else True if cloud or plugin in {"otlp", "syslog"} else None
    verified = False if truthy(node, "tls", "insecure_skip_verify") else None
    create = True if plugin == "elasticsearch" else None  # it writes data streams and bulk-creates
    return Target(document.at(node), kind, named, url, encrypted, verified, create)
