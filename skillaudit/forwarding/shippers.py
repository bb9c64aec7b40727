"""Promtail and Filebeat: everything that is read goes to the one place they know."""

from collections.abc import Iterator

from skillaudit.configuration import Document, Map, Node, at, children, pairs, raw, text, truthy
from skillaudit.forward import ChainLink, Stage
from skillaudit.forwarding.parts import Agent, Input, Route, Selection, Target, broken, kind_of, ok
from skillaudit.forwarding.relabelling import dropped_by, kept_or_dropped, labels_of
from skillaudit.forwarding.selection import any_of, by_files, by_matches, by_units, labelled

_ANYTHING = {".*", "(.*)", ".+", "^.*$"}
_BEAT_INPUTS = {
    "container": "containers", "docker": "containers", "log": "file", "filestream": "file", "journald": "journal",
    "syslog": "syslog", "tcp": "http", "udp": "http", "stdin": "stdin", "http_endpoint": "http",
}  # fmt: skip
_NO_END = {"null", "file", "console"}


def promtail(document: Document) -> Agent:
    """Promtail: scrape configurations, and clients that all get everything."""
    root = document.root
    clients = [*children(root, "clients"), *children(root, "client")]
    targets = [
        Target(
            document.at(one), "loki", "", raw(one, "url"), None,
            False if truthy(one, "tls_config", "insecure_skip_verify") else None,
        )
        for one in clients
    ]  # fmt: skip
    routes: list[Route] = []
    for node in children(root, "scrape_configs"):
        source = _scraped(document, node)
        first = ok(source.location, Stage.AGENT, f"Promtail's {text(node, 'job_name') or 'job'} takes {source.kind} in")
        drop = _promtail_drop(document, node)
        if drop is not None:
            routes.append(Route(source, (first, drop), None))
        routes += [] if drop else [Route(source, (first,), target) for target in targets]
    return Agent(document, "Promtail", tuple(routes))


def _scraped(document: Document, node: Node) -> Input:
    paths = [raw(one, "labels", "__path__") for one in children(node, "static_configs")]
    if at(node, "docker_sd_configs") or at(node, "kubernetes_sd_configs"):
        return Input("containers", document.at(node), selections=tuple(_selected(document, node)))
    if (journal := at(node, "journal")) is not None:
        matches = by_matches(document.at(journal), raw(journal, "matches").split())
        kept = kept_or_dropped(document, children(node, "relabel_configs"))
        return Input("journal", document.at(node), selections=(*matches, *kept))
    if at(node, "syslog"):
        return Input("syslog", document.at(node))
    found = tuple(one for one in paths if one)
    containers = any(one.startswith(("/var/lib/docker/", "/var/log/containers", "/var/log/pods")) for one in found)
    return Input("containers" if containers else "file", document.at(node), found)


def _selected(document: Document, node: Node) -> Iterator[Selection]:
    """Filters of Docker's API, and relabellings that keep or drop by one label."""
    for discovery in children(node, "docker_sd_configs"):
        for one in children(discovery, "filters"):
            values = [raw(value) for value in children(one, "values")]
            if text(one, "name") == "name":
                named = any_of(document.at(one), "name", "", (f".*{value}.*" for value in values))
                yield from (named,) if named is not None else ()
            elif text(one, "name") == "label" and len(values) == 1:
                yield from labelled(document.at(one), values)
    rules = children(node, "relabel_configs")
    yield from kept_or_dropped(document, rules)
    stages = (found for one in children(node, "pipeline_stages") if (found := at(one, "match")) is not None)
    yield from dropped_by(document, stages, labels_of(rules))


def _promtail_drop(document: Document, node: Node) -> ChainLink | None:
    for stage in children(node, "pipeline_stages"):
        if text(stage, "drop", "expression") in _ANYTHING:
            return broken(document.at(stage), Stage.ROUTE, "a drop stage", "it drops every record")
    for rule in children(node, "relabel_configs"):
        if text(rule, "action") == "drop" and text(rule, "regex") in _ANYTHING:
            return broken(document.at(rule), Stage.ROUTE, "a relabelling", "it drops every target")
    return None


def filebeat(document: Document) -> Agent:
    """Filebeat: inputs or autodiscovery, one output."""
    root = _spread(document.root)
    target = _beat_output(document, root)
    drop = _beat_drop(document, root)
    routes: list[Route] = []
    for source in _beat_inputs(document, root):
        first = ok(source.location, Stage.AGENT, f"Filebeat takes {source.kind} in")
        if drop is not None:
            routes.append(Route(source, (first, drop), None))
        elif target is None:
            place = broken(source.location, Stage.ROUTE, "the output", "Filebeat has no output")
            routes.append(Route(source, (first, place), None))
        else:
            routes.append(Route(source, (first,), target))
    return Agent(document, "Filebeat", tuple(routes))


def _beat_drop(document: Document, root: Map) -> ChainLink | None:
    """A processor that drops without a condition."""
    for node in children(root, "processors"):
        dropping = at(node, "drop_event")
        if dropping is not None and at(dropping, "when") is None:
            return broken(document.at(node), Stage.ROUTE, "the processor drop_event", "it drops every record")
    return None


def _spread(node: Node) -> Map:
    """Dotted names as maps of maps: ``output.elasticsearch.hosts`` is three names."""
    named: list[tuple[str, Node]] = []
    for key, held in pairs(node):
        inner: Node = _spread(held) if isinstance(held, Map) else held
        *outer, last = key.split(".")
        for name in (last, *reversed(outer)):
            inner = Map(held.line, ((name, inner),)) if name != (outer[0] if outer else last) else inner
        _merge(named, outer[0] if outer else last, inner)
    return Map(node.line, tuple(named))


def _merge(named: list[tuple[str, Node]], key: str, node: Node) -> None:
    for place, (name, held) in enumerate(named):
        if name == key and isinstance(held, Map) and isinstance(node, Map):
            inner = list(held.items)
            for one, below in node.items:
                _merge(inner, one, below)
            named[place] = (key, Map(held.line, tuple(inner)))
            return
    named.append((key, node))


def _beat_inputs(document: Document, root: Map) -> Iterator[Input]:
    for node in children(root, "filebeat", "inputs"):
        kind = _BEAT_INPUTS.get(text(node, "type"))
        if kind is not None and text(node, "enabled").lower() != "false":
            paths = tuple(raw(one) for one in children(node, "paths"))
            docker = any(one.startswith(("/var/lib/docker/", "/var/log/containers", "/var/log/pods")) for one in paths)
            selected = by_files(document, at(node, "paths"), None) if docker else _beat_units(document, node)
            yield Input("containers" if docker else kind, document.at(node), paths, selections=tuple(selected))
    for node in children(root, "filebeat", "autodiscover", "providers"):
        if text(node, "type") in {"docker", "kubernetes"}:
            yield Input("containers", document.at(node))


def _beat_units(document: Document, node: Node) -> Iterator[Selection]:
    """What an input takes out of the journal."""
    matches = children(node, "include_matches", "match") or children(node, "include_matches")
    fields = (raw(one).replace("systemd.unit=", "_SYSTEMD_UNIT=") for one in matches)
    yield from by_matches(document.at(at(node, "include_matches")), fields)
    yield from by_units(document.at(at(node, "units")), (raw(one) for one in children(node, "units")))


def _beat_output(document: Document, root: Map) -> Target | None:
    for name, node in pairs(root, "output"):
        if text(node, "enabled").lower() == "false":
            continue
        kind = "http" if name == "logstash" else kind_of(name)
        url = next((raw(one) for one in children(node, "hosts")), "")
        if url and "://" not in url and text(node, "protocol"):
            url = f"{text(node, 'protocol')}://{url}"
        encrypted = True if truthy(node, "ssl", "enabled") or at(node, "ssl", "certificate_authorities") else None
        if encrypted is None and "://" not in url and kind not in _NO_END:
            encrypted = False
        verified = False if text(node, "ssl", "verification_mode") == "none" else None
        create = kind == "elasticsearch" and at(node, "index") is None
        return Target(document.at(node), kind, raw(node, "index"), url, encrypted, verified, create)
    return None


def cloudwatch_agent(document: Document) -> Agent:
    """Amazon's agent: files, each with its log group."""
    routes: list[Route] = []
    for node in children(document.root, "logs", "logs_collected", "files", "collect_list"):
        source = Input("file", document.at(node), (raw(node, "file_path"),))
        first = ok(source.location, Stage.AGENT, "the CloudWatch agent takes file in")
        group = raw(node, "log_group_name")
        routes.append(Route(source, (first,), Target(document.at(node), "cloudwatch", group, "", encrypted=True)))
    return Agent(document, "the CloudWatch agent", tuple(routes))


def journal_upload(document: Document) -> Agent:
    """systemd-journal-upload: the whole journal to one address."""
    node = at(document.root, "upload") or document.root
    source = Input("journal", document.at(node))
    first = ok(source.location, Stage.AGENT, "systemd-journal-upload takes the journal in")
    url = raw(node, "URL")
    routes = (Route(source, (first,), Target(document.at(at(node, "URL")), "http", "", url)),) if url else ()
    return Agent(document, "systemd-journal-upload", routes)
