"""Values of charts that run agents: where they stand, and the configuration that a chart makes of them.

A chart has settings of its own that its values only change, such as the input of Fluent Bit's chart or the pods that
Promtail's reads. Each reader here puts both together, so that the agent is read as it runs. Sources: the charts' own
``values.yaml`` (fluent, grafana, open-telemetry, splunk, elastic).
"""

from collections.abc import Callable, Iterator
from typing import Final

from skillaudit.configuration import List, Map, Node, Text, at, children, every, pairs, raw, shifted, text, truthy
from skillaudit.configurations._elements import elements
from skillaudit.configurations._events import read_events
from skillaudit.configurations._sections import fluent_sections

Found = Iterator[tuple[str, Node]]
NAMES: Final = frozenset({
    "fluent-bit", "fluentd", "promtail", "loki-stack", "opentelemetry-collector", "splunk-otel-collector",
    "k8s-monitoring", "datadog", "vector", "filebeat", "alloy",
})  # fmt: skip
"""The charts whose values are read; umbrella charts have them as keys."""
_PODS = "/var/log/containers/*.log"
_IN_CLUSTER = "http://{}.svc/loki/api/v1/push"


def releases(root: Node) -> Iterator[tuple[str, Node]]:
    """Name and values of every chart that a document installs: Argo CD, Flux, k3s, kustomize, helmfile, Terraform."""
    spec = at(root, "spec")
    match text(root, "kind"):
        case "Application" | "ApplicationSet":
            inner = at(spec, "template", "spec") or spec
            for one in (*children(inner, "source"), *children(inner, "sources")):
                helm = at(one, "helm")
                yield _named(raw(one, "chart")), _tree(at(helm, "valuesObject") or at(helm, "values"))
        case "HelmRelease":
            if not truthy(spec, "suspend"):
                yield _named(raw(spec, "chart", "spec", "chart")), _tree(at(spec, "values"))
        case "HelmChart":
            yield _named(raw(spec, "chart")), _tree(at(spec, "valuesContent"))
        case _:
            for one in children(root, "helmCharts"):
                yield _named(raw(one, "name")), _tree(at(one, "valuesInline"))
            for one in children(root, "releases"):
                if text(one, "installed").lower() != "false":
                    given = [node for node in children(one, "values") if isinstance(node, Map)]
                    yield _named(raw(one, "chart")), Map(one.line, tuple(p for node in given for p in pairs(node)))


def installed(root: Node) -> Iterator[tuple[str, Node]]:
    """The charts that Terraform's ``helm_release`` installs, with what its ``set`` blocks lay over the values."""
    for name, labelled in pairs(root):
        for kind, ones in pairs(labelled) if name == "resource" else ():
            for _, body in pairs(ones) if kind == "helm_release" else ():
                held = [pair for node in children(body, "values") for pair in pairs(_tree(node))]
                held += [
                    _nested(raw(one, "name").split("."), at(one, "value") or one)
                    for block in every(body, "set")
                    for one in children(block)
                ]
                yield _named(raw(body, "chart")), _merged(Map(body.line, tuple(held)))


def _named(chart: str) -> str:
    """A chart's own name, without its repository."""
    return chart.rstrip("/").rpartition("/")[2]


def _tree(node: Node | None) -> Node:
    """Values as a tree, which may stand as a text."""
    if isinstance(node, Text) and "\n" in node.text:
        return shifted(next(read_events(node.text, strict=False), Map(1, ())), node.line)
    return node if node is not None else Map(1, ())


def _nested(path: list[str], value: Node) -> tuple[str, Node]:
    for name in reversed(path[1:]):
        value = Map(value.line, ((name, value),))
    return path[0], value


def _merged(node: Map) -> Map:
    """Maps that come several times under a name, as one."""
    held: dict[str, Node] = {}
    for key, one in node.items:
        before = held.get(key)
        if isinstance(before, Map) and isinstance(one, Map):
            held[key] = _merged(Map(before.line, (*before.items, *one.items)))
        else:
            held[key] = one
    return Map(node.line, tuple(held.items()))


def completed(chart: str, values: Node) -> Found:
    """The configurations that a chart makes of its values; by their shape where the chart is not known."""
    for read in _CHARTS:
        yield from read(chart, values)


def _fluent_bit(_: str, values: Node) -> Found:
    outputs = at(values, "config", "outputs")
    if not isinstance(outputs, Text) or "[OUTPUT]" not in outputs.text:
        return
    inputs = at(values, "config", "inputs") or Text(outputs.line - 1, f"[INPUT]\nName tail\nPath {_PODS}\nTag kube.*")
    held = [node for node in (inputs, at(values, "config", "filters"), outputs) if isinstance(node, Text)]
    parts = [shifted(fluent_sections(node.text), node.line) for node in held]
    yield "fluent-bit", Map(outputs.line, tuple(pair for one in parts for pair in pairs(one)))


def on_fargate(root: Node) -> Found:
    """The ConfigMap by which EKS makes Fargate forward what pods print; it holds filters and outputs alone."""
    if raw(root, "metadata", "name") != "aws-logging" or text(root, "kind") != "ConfigMap":
        return
    held = [node for name, node in pairs(root, "data") if name.endswith(".conf") and isinstance(node, Text)]
    if held:
        pods = fluent_sections(f"[INPUT]\nName tail\nPath {_PODS}\nTag kube.*")
        parts = [shifted(pods, root.line - 1), *(shifted(fluent_sections(node.text), node.line) for node in held)]
        yield "fluent-bit", Map(held[0].line, tuple(pair for one in parts for pair in pairs(one)))


def _fluentd(_: str, values: Node) -> Found:
    held = [node for _, node in sorted(pairs(values, "fileConfigs")) if isinstance(node, Text)]
    if held:
        parts = [shifted(elements(node.text), node.line) for node in held]
        yield "fluentd", Map(held[0].line, tuple(pair for one in parts for pair in pairs(one)))


def _promtail(chart: str, values: Node) -> Found:
    config = at(values, "config")
    clients = at(config, "clients")
    urls = [raw(one, "url") for one in children(clients)]
    if at(config, "scrape_configs") is not None or not (
        chart == "promtail" or any("/loki/api/" in one for one in urls)
    ):
        return
    place = clients or config or values
    clients = clients or List(place.line, (_map(place.line, url=_IN_CLUSTER.format("loki-gateway")),))
    yield "promtail", _pods(config, clients)


def _loki_stack(chart: str, values: Node) -> Found:
    """Promtail is on unless it is switched off, and sends to the Loki of the same release."""
    promtail = at(values, "promtail")
    known = chart == "loki-stack" or (truthy(promtail, "enabled") and at(values, "loki") is not None)
    if known and text(promtail, "enabled").lower() != "false" and at(promtail, "config", "clients") is None:
        place = promtail or values
        url = _IN_CLUSTER.format("loki")
        yield "promtail", _pods(at(promtail, "config"), List(place.line, (_map(place.line, url=url),)))


def _pods(config: Node | None, clients: Node) -> Map:
    """Promtail's chart: it reads every pod, in the stages that the values give."""
    line = clients.line
    stages = at(config, "snippets", "pipelineStages")
    job: list[tuple[str, Node]] = [
        ("job_name", Text(line, "kubernetes-pods")),
        ("kubernetes_sd_configs", List(line, (_map(line, role="pod"),))),
        *([("pipeline_stages", stages)] if stages is not None else []),
    ]
    return Map(line, (("clients", clients), ("scrape_configs", List(line, (Map(line, tuple(job)),)))))


def _otel(_: str, values: Node) -> Found:
    """The preset adds a receiver of every pod's files to the pipeline of logs."""
    preset, config = at(values, "presets", "logsCollection"), at(values, "config")
    if preset is None or not truthy(preset, "enabled"):
        return
    line = preset.line
    files = Map(line, (("include", List(line, (Text(line, "/var/log/pods/*/*/*.log"),))),))
    receivers = Map(line, (*pairs(config, "receivers"), ("filelog", files)))
    logs = at(config, "service", "pipelines", "logs")
    own = {key: node for key, node in pairs(logs) if key != "receivers"}
    own.setdefault("exporters", List(line, (Text(line, "debug"),)))
    names = List(line, (*children(logs, "receivers"), Text(line, "filelog")))
    pipelines = {**dict(pairs(config, "service", "pipelines")), "logs": Map(line, (("receivers", names), *own.items()))}
    exporters = at(config, "exporters") or Map(line, ())
    service = Map(line, (("pipelines", Map(line, tuple(pipelines.items()))),))
    rest = tuple((key, node) for key, node in pairs(config) if key not in {"receivers", "exporters", "service"})
    yield "otel-collector", Map(line, (*rest, ("receivers", receivers), ("exporters", exporters), ("service", service)))


def _filebeat(_: str, values: Node) -> Found:
    for path in (("daemonset", "filebeatConfig"), ("filebeatConfig",)):
        for _, node in pairs(values, *path):
            if isinstance(node, Text) and "\n" in node.text:
                yield "filebeat", _tree(node)


def _k8s_monitoring(chart: str, values: Node) -> Found:
    """Alloy sends the pods' logs to every destination that takes logs; version 1 named one Loki."""
    loki = at(values, "externalServices", "loki")
    if loki is not None:
        if text(values, "logs", "pod_logs", "enabled").lower() != "false":
            host = raw(loki, "host")
            yield "chart", _sent(loki, "Alloy of k8s-monitoring", "loki", host if "://" in host else "")
        return
    if chart != "k8s-monitoring" and at(values, "podLogs") is None and at(values, "podLogsViaLoki") is None:
        return
    if any(truthy(values, name, "enabled") for name in ("podLogs", "podLogsViaLoki", "podLogsViaOpenTelemetry")):
        for one in _destinations(values):
            kind = text(one, "type")
            if kind == "loki" or (kind == "otlp" and text(one, "logs", "enabled").lower() != "false"):
                skipped = truthy(one, "tls", "insecureSkipVerify")
                yield "chart", _sent(one, "Alloy of k8s-monitoring", kind, raw(one, "url"), skipped=skipped)


def _destinations(values: Node) -> tuple[Node, ...]:
    held = at(values, "destinations")
    return children(held) if isinstance(held, List) else tuple(node for _, node in pairs(held))


def _splunk(_: str, values: Node) -> Found:
    """Pods' logs are collected unless that is switched off; they go to the platform, or to Observability Cloud."""
    platform, cloud = at(values, "splunkPlatform"), at(values, "splunkObservability")
    if text(values, "logsCollection", "containers", "enabled").lower() == "false":
        return
    name = "Splunk's OpenTelemetry collector"
    if raw(platform, "endpoint") and text(platform, "logsEnabled").lower() != "false" and platform is not None:
        skipped = truthy(platform, "insecureSkipVerify")
        yield "chart", _sent(platform, name, "splunk", raw(platform, "endpoint"), skipped=skipped)
    elif cloud is not None and truthy(cloud, "logsEnabled"):
        realm = raw(cloud, "realm")
        yield "chart", _sent(cloud, name, "splunk", f"https://ingest.{realm}.signalfx.com" if realm else "")


def _ruler(_: str, values: Node) -> Found:
    """The rules of Loki's ruler, which its chart takes as texts, by tenant and file."""
    for held in (values, at(values, "loki")):
        for _, tenant in pairs(held, "ruler", "directories"):
            for _, node in pairs(tenant):
                if isinstance(node, Text) and "groups:" in node.text:
                    yield "prometheus-rules", _tree(node)


def _sent(place: Node, agent: str, kind: str, url: str, *, skipped: bool = False) -> Map:
    """An agent that takes the output of all containers to one place."""
    return _map(place.line, agent=agent, to=kind, url=url, skipped="true" if skipped else "")


def _map(line: int, **held: str) -> Map:
    return Map(line, tuple((key, Text(line, value)) for key, value in held.items()))


_CHARTS: Final[tuple[Callable[[str, Node], Found], ...]] = (
    _fluent_bit, _fluentd, _promtail, _loki_stack, _otel, _filebeat, _k8s_monitoring, _splunk,
    _ruler,
)  # fmt: skip
