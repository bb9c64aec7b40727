"""What kind of document a tree is, from its shape."""

from collections.abc import Callable

from skillaudit.configuration import List, Map, Node, Unresolved, at, children, pairs, text

TOKENS = (
    b"services", b"apiVersion", b"containerDefinitions", b"Resources", b"functions", b"provider", b"pipeline",
    b"sinks", b"sources", b"scrape_configs", b"filebeat", b"receiver", b"exporters", b"Statement",
    b"compatibility_date", b"observability", b"logs", b"groups", b"route", b"detection", b"rule", b"alert",
    b"schema_config", b"resources", b"contactPoints", b"macro", b"config", b"monitor", b"query", b"builds", b"app",
    b"main", b"runtime", b"correlation", b"customConfig", b"configMap", b"datadog", b"conditions", b"presets",
    b"promtail", b"splunk", b"fileConfigs", b"destinations", b"outputs", b"releases", b"externalServices", b"hosts",
    b"docker_container", b" Service", b"Scheduled Job", b"vercel",
)  # fmt: skip
"""One of them stands in every document whose shape is known here."""

_Test = Callable[[Map], bool]


def _compose(root: Map) -> bool:
    services = [node for _, node in pairs(root, "services")]
    runs = ("image", "build", "extends", "command", "ports", "logging")
    return bool(services) and all(isinstance(one, Map | Unresolved) for one in services) and any(
        at(one, key) is not None for one in services for key in runs
    )  # fmt: skip


def _render(root: Map) -> bool:
    return any(text(one, "type") and (at(one, "env") or at(one, "runtime")) for one in children(root, "services"))


def _cloudformation(root: Map) -> bool:
    return any("::" in text(node, "Type") for _, node in pairs(root, "Resources"))


def _serverless(root: Map) -> bool:
    provider = at(root, "provider")
    return (at(root, "functions") is not None and bool(text(provider, "name") or text(root, "provider"))) or (
        text(provider, "name") in {"aws", "google", "azure"} and at(root, "service") is not None
    )


def _otel(root: Map) -> bool:
    return at(root, "exporters") is not None and at(root, "service", "pipelines") is not None


def _vector(root: Map) -> bool:
    sinks, sources = pairs(root, "sinks"), pairs(root, "sources")
    return bool(sinks) and any(at(node, "inputs") is not None and text(node, "type") for _, node in (*sinks, *sources))


def _fluent_bit(root: Map) -> bool:
    return at(root, "pipeline", "outputs") is not None or at(root, "pipeline", "inputs") is not None


def _promtail(root: Map) -> bool:
    return at(root, "scrape_configs") is not None and (at(root, "clients") or at(root, "client")) is not None


def _filebeat(root: Map) -> bool:
    keys = {key for key, _ in root.items}
    named = any(key.split(".")[0] == "filebeat" for key in keys)
    return named and any(key.split(".")[0] in {"output", "filebeat"} for key in keys)


def _loki(root: Map) -> bool:
    return at(root, "schema_config", "configs") is not None


def _wrangler(root: Map) -> bool:
    return bool(text(root, "compatibility_date")) or (bool(text(root, "main")) and bool(text(root, "name")))


def _ecs(root: Map) -> bool:
    return bool(children(root, "containerDefinitions"))


def _iam(root: Map) -> bool:
    return any(text(one, "Effect") in {"Allow", "Deny"} for one in children(root, "Statement"))


def _fly(root: Map) -> bool:
    return bool(text(root, "app")) and any(at(root, key) is not None for key in ("http_service", "services", "build"))


def _vercel(root: Map) -> bool:
    return any("vercel.json" in text(root, "$schema") for _ in (0,)) or at(root, "builds", "use") is not None


def _app_engine(root: Map) -> bool:
    keys = ("handlers", "entrypoint", "instance_class", "automatic_scaling", "env_variables", "main")
    return bool(text(root, "runtime")) and any(at(root, key) is not None for key in keys)


def _apprunner(root: Map) -> bool:
    return bool(text(root, "runtime")) and at(root, "run", "command") is not None


def _copilot(root: Map) -> bool:
    kind = text(root, "type")
    return kind.endswith(("Service", "Job")) and at(root, "image") is not None and bool(text(root, "name"))


def _cloudwatch_agent(root: Map) -> bool:
    return at(root, "logs", "logs_collected") is not None


def _datadog_values(root: Map) -> bool:
    return at(root, "datadog", "logs") is not None


def _kubernetes(root: Map) -> bool:
    return bool(text(root, "apiVersion")) and bool(text(root, "kind"))


def _prometheus(root: Map) -> bool:
    return any(at(rule, "alert") or at(rule, "record") for group in children(root, "groups") for rule in _rules(group))


def _rules(group: Node) -> tuple[Node, ...]:
    return children(group, "rules")


def _grafana(root: Map) -> bool:
    rules = (rule for group in children(root, "groups") for rule in _rules(group))
    return (
        any(at(rule, "data") is not None and at(rule, "title") is not None for rule in rules)
        or any(at(one, "receivers") is not None for one in children(root, "contactPoints"))
        or any(at(one, "receiver") is not None for one in children(root, "policies"))
    )


def _sigma(root: Map) -> bool:
    detects = at(root, "detection", "condition") is not None and at(root, "logsource") is not None
    return detects or (at(root, "correlation", "type") is not None and at(root, "correlation", "rules") is not None)


def _sentinel(root: Map) -> bool:
    asked = ("triggerOperator", "triggerThreshold", "queryFrequency")
    scheduled = text(root, "kind") in {"Scheduled", "NRT"} or any(at(root, key) is not None for key in asked)
    listed = any(text(one, "type").endswith("/alertRules") for one in children(root, "resources"))
    return listed or (at(root, "query") is not None and at(root, "severity") is not None and scheduled)


def _elastic(root: Map) -> bool:
    rule = root if at(root, "rule", "risk_score") is None else at(root, "rule")
    return at(rule, "risk_score") is not None and (at(rule, "query") is not None or at(rule, "threshold") is not None)


def _elastalert(root: Map) -> bool:
    return all(at(root, key) is not None for key in ("index", "type", "filter", "alert"))


def _datadog(root: Map) -> bool:
    return text(root, "type").endswith(("alert", "check")) and at(root, "query") is not None and bool(
        at(root, "message") or at(root, "options")
    )  # fmt: skip


def _google_policy(root: Map) -> bool:
    asked = (
        "conditionThreshold",
        "conditionMatchedLog",
        "conditionMonitoringQueryLanguage",
        "conditionPrometheusQueryLanguage",
    )
    return any(at(one, key) is not None for one in children(root, "conditions") for key in asked)


def _alertmanager(root: Map) -> bool:
    return at(root, "route", "receiver") is not None and at(root, "receivers") is not None


def _arm(root: Map) -> bool:
    listed = at(root, "resources")
    nodes = listed.items if isinstance(listed, List) else [node for _, node in pairs(listed)]
    return any(text(one, "type").startswith("Microsoft.") and text(one, "apiVersion") for one in nodes)


_SHAPES: tuple[tuple[str, _Test], ...] = (
    ("kubernetes", _kubernetes),
    ("compose", _compose),
    ("cloudformation", _cloudformation),
    ("serverless", _serverless),
    ("ecs", _ecs),
    ("iam", _iam),
    ("otel-collector", _otel),
    ("vector", _vector),
    ("fluent-bit", _fluent_bit),
    ("promtail", _promtail),
    ("filebeat", _filebeat),
    ("loki", _loki),
    ("prometheus-rules", _prometheus),
    ("alertmanager", _alertmanager),
    ("grafana-alerting", _grafana),
    ("sigma", _sigma),
    ("sentinel", _sentinel),
    ("elastic", _elastic),
    ("elastalert", _elastalert),
    ("datadog-monitor", _datadog),
    ("cloudwatch-agent", _cloudwatch_agent),
    ("datadog-values", _datadog_values),
    ("render", _render),
    ("fly", _fly),
    ("vercel", _vercel),
    ("wrangler", _wrangler),
    ("apprunner", _apprunner),
    ("copilot", _copilot),
    ("app-engine", _app_engine),
    ("arm", _arm),
    ("google-alerting", _google_policy),
)


def kind_of(root: Node) -> str:
    """The kind of a document; empty where its shape is none that is known."""
    if not isinstance(root, Map):
        listed = root.items if isinstance(root, List) else ()
        if any(at(one, "rule") and at(one, "condition") for one in listed):
            return "rules"
        if any(at(one, "hosts") and (at(one, "tasks") or at(one, "roles")) for one in listed) or any(
            key.endswith("docker_container") for one in listed for key, _ in pairs(one)
        ):
            return "playbook"
        return "datadog-monitor" if any(isinstance(one, Map) and _datadog(one) for one in listed) else ""
    return next((kind for kind, shaped in _SHAPES if shaped(root)), "")
