"""Configurations that stand inside other documents: the values of a chart, a custom resource."""

from collections.abc import Iterator

from skillaudit.configuration import List, Map, Node, Text, at, children, pairs, text
from skillaudit.configurations._charts import NAMES, completed, on_fargate, releases
from skillaudit.configurations._shapes import kind_of

_NESTED = (
    ("config",), ("customConfig",), ("spec", "config"), ("agent", "config"), ("daemonset", "filebeatConfig"),
    ("alertmanager", "config"), ("serverFiles", "alerting_rules.yml"), ("serverFiles", "alerts"),
)  # fmt: skip
_AGENTS = {"otel-collector", "vector", "fluent-bit", "promtail", "filebeat", "loki", "alertmanager", "prometheus-rules"}
_RULES = ("additionalPrometheusRulesMap", "additionalPrometheusRules")


def documents_in(root: Node, chart: str = "") -> Iterator[tuple[str, Node]]:
    """A tree with its kind, and the configurations that a chart's values or a custom resource hold as trees.

    Values that hold one as a text are ``values``; those of the charts of agents are read as what the chart makes of
    them, also below the chart's name in an umbrella chart, and where a tool of delivery installs it.

    Args:
        root: a document.
        chart: the chart whose values it is, where that is known.
    """
    kind = kind_of(root) or ("values" if at(root, "alloy", "configMap", "content") is not None else "")
    if kind:
        yield kind, root
    if kind in {"", "kubernetes"}:
        for name, values in releases(root):
            yield from documents_in(values, name)
        yield from _held(root)
        yield from on_fargate(root)
    if kind == "":
        yield from completed(chart, root)
        for name, values in pairs(root):
            if name in NAMES - {chart} and isinstance(values, Map) and text(values, "enabled").lower() != "false":
                yield from documents_in(values)


def _with_reference(root: Node, config: Map) -> Map:
    """A Beat of Elastic's operator sends to the cluster that the resource refers to, over its own authority's TLS."""
    name = text(root, "spec", "elasticsearchRef", "name") or text(root, "spec", "elasticsearchRef", "secretName")
    if not name:
        return config
    line = config.line
    hosts = List(line, (Text(line, f"https://{name}-es-http.svc:9200"),))
    return Map(line, (*config.items, ("output.elasticsearch", Map(line, (("hosts", hosts),)))))


def _held(root: Node) -> Iterator[tuple[str, Node]]:
    """Configurations that values and custom resources hold as trees under keys of their own."""
    for path in (*_NESTED, *(("kube-prometheus-stack", *one) for one in _NESTED)):
        inner = at(root, *path)
        if isinstance(inner, Map) and (held := kind_of(inner)) in _AGENTS:
            yield held, _with_reference(root, inner) if held == "filebeat" else inner
    yield from (("promtail", one) for one in children(root, "logs", "configs") if kind_of(one) == "promtail")
    for path in ((prefix, key) for prefix in ("", "kube-prometheus-stack") for key in _RULES):
        parent = at(root, *filter(None, path))
        listed = children(parent) if isinstance(parent, List) else ()
        for inner in (*(node for _, node in pairs(parent)), *listed):
            if kind_of(inner) == "prometheus-rules":
                yield "prometheus-rules", inner
