"""Configurations that stand inside other documents: the values of a chart, a custom resource."""

from collections.abc import Iterator

from skillaudit.configuration import List, Map, Node, Text, at, children, pairs, shifted
from skillaudit.configurations._sections import fluent_sections
from skillaudit.configurations._shapes import kind_of

_NESTED = (
    ("config",), ("customConfig",), ("spec", "config"), ("agent", "config"), ("daemonset", "filebeatConfig"),
    ("alertmanager", "config"), ("serverFiles", "alerting_rules.yml"), ("serverFiles", "alerts"),
)  # fmt: skip
_AGENTS = {"otel-collector", "vector", "fluent-bit", "promtail", "filebeat", "loki", "alertmanager", "prometheus-rules"}
_RULES = ("additionalPrometheusRulesMap", "additionalPrometheusRules")


def documents_in(root: Node) -> Iterator[tuple[str, Node]]:
    """A tree with its kind, and the configurations that a chart's values or a custom resource hold as trees.

    Values that hold one as a text are ``values``; those of Fluent Bit's chart are put together from their sections.
    """
    kind = kind_of(root) or ("values" if at(root, "alloy", "configMap", "content") is not None else "")
    if kind:
        yield kind, root
    sections = [node for key in ("inputs", "filters", "outputs") if isinstance(node := at(root, "config", key), Text)]
    if len(sections) > 1 and any("[OUTPUT]" in node.text for node in sections):
        parts = [shifted(fluent_sections(node.text), node.line) for node in sections]
        yield "fluent-bit", Map(sections[0].line, tuple(pair for one in parts for pair in pairs(one)))
    if kind in {"", "kubernetes"}:
        for path in (*_NESTED, *(("kube-prometheus-stack", *one) for one in _NESTED)):
            inner = at(root, *path)
            if isinstance(inner, Map) and (held := kind_of(inner)) in _AGENTS:
                yield held, inner
        for path in ((prefix, key) for prefix in ("", "kube-prometheus-stack") for key in _RULES):
            parent = at(root, *filter(None, path))
            for inner in (
                *(node for _, node in pairs(parent)),
                *(children(parent) if isinstance(parent, List) else ()),
            ):
                if kind_of(inner) == "prometheus-rules":
                    yield "prometheus-rules", inner
