"""Agents that an operator of a cluster makes of custom resources: OpenShift's, the Logging operator's, Fluent's."""

from collections.abc import Iterator, Mapping

from skillaudit.configuration import Document, Documents, Node, at, children, pairs, raw, text
from skillaudit.environment import deployed
from skillaudit.forward import ChainLink, Stage
from skillaudit.forwarding.parts import Agent, Input, Route, Target, broken, kind_of, ok

_OPENSHIFT = "ClusterLogForwarder"
_FLOWS = {"Flow": "localOutputRefs", "ClusterFlow": "globalOutputRefs"}
_OUTPUTS = {"Output", "ClusterOutput"}
_BUILT_IN = {"application"}
"""Inputs of OpenShift's forwarder that hold what pods outside of the platform print."""
_ENDPOINTS = ("url", "host", "endpoint", "hosts", "elasticsearch_host", "hec_host", "bootstrapServers", "brokers")
_NAMES = ("s3_bucket", "bucket", "log_group_name", "logGroupName", "groupName", "index", "container")


def operators(held: Documents) -> Iterator[Agent]:
    """The agents, each with the resource that makes it."""
    resources = [one for one in held.of("kubernetes") if deployed(one)]
    for one in resources:
        group = text(one.root, "apiVersion").partition("/")[0]
        kind = text(one.root, "kind")
        if kind == _OPENSHIFT:
            yield _forwarder(one)
        elif group == "logging.banzaicloud.io" and kind in _FLOWS:
            yield _flow(one, resources)
        elif group == "fluentbit.fluent.io" and kind in {"ClusterInput", "Input"}:
            yield _fluent(one, resources)


def _forwarder(document: Document) -> Agent:
    """OpenShift: pipelines from inputs to outputs by name."""
    spec = at(document.root, "spec")
    outputs = {text(one, "name"): one for one in children(spec, "outputs")}
    routes: list[Route] = []
    for pipeline in children(spec, "pipelines"):
        if not _BUILT_IN.isdisjoint(text(one) for one in children(pipeline, "inputRefs")):
            first = _first(document, pipeline, "OpenShift's log forwarder")
            names = [text(one) for one in children(pipeline, "outputRefs")]
            routes += [_sent(document, pipeline, first, outputs.get(name), name) for name in names]
    return Agent(document, "OpenShift's log forwarder", tuple(routes))


def _sent(document: Document, pipeline: Node, first: ChainLink, output: Node | None, name: str) -> Route:
    source = Input("containers", document.at(pipeline))
    if output is None:
        if name == "default":
            return Route(
                source, (first,), Target(document.at(pipeline), "loki", "the cluster's log store", "http://loki.svc")
            )
        link = broken(document.at(pipeline), Stage.ROUTE, f"the output {name}", "it is not declared")
        return Route(source, (first, link), None)
    kind = text(output, "type")
    return Route(source, (first,), _target(document, output, at(output, kind) or output, kind, raw(output, "url")))


def _flow(document: Document, resources: list[Document]) -> Agent:
    """The Logging operator: a flow names the outputs that it sends to."""
    first = _first(document, document.root, "the Logging operator's Fluentd")
    source = Input("containers", document.at())
    names = [
        raw(one)
        for key in (*_FLOWS.values(), "outputRefs")
        for one in children(document.root, "spec", key)
    ]  # fmt: skip
    ends = {raw(one.root, "metadata", "name"): one for one in resources if text(one.root, "kind") in _OUTPUTS}
    found = [target for name in names if name in ends for target in _ends(ends[name])]
    missing = broken(document.at(), Stage.ROUTE, "the flow's outputs", "none of them is declared")
    routes = [Route(source, (first,), target) for target in found] or [Route(source, (first, missing), None)]
    return Agent(document, "the Logging operator's Fluentd", tuple(routes))


def _ends(document: Document, skipped: tuple[str, ...] = ("match", "matchRegex", "loggingRef")) -> Iterator[Target]:
    for key, node in pairs(document.root, "spec"):
        if key not in skipped and pairs(node):
            yield _target(document, node, node, key, "")


def _fluent(document: Document, resources: list[Document]) -> Agent:
    """Fluent Bit's operator: outputs of the cluster take what matches their tags."""
    paths = tuple(one.strip() for one in raw(document.root, "spec", "tail", "path").split(","))
    if not any(one.startswith("/var/log/containers") for one in paths):
        return Agent(document, "Fluent Bit", ())
    first = _first(document, document.root, "Fluent Bit's operator")
    ends = [
        one for one in resources if text(one.root, "kind") in _OUTPUTS and "fluent.io" in text(one.root, "apiVersion")
    ]
    source = Input("containers", document.at())
    routes = tuple(Route(source, (first,), target) for one in ends for target in _ends(one))
    return Agent(document, "Fluent Bit", routes)


def _first(document: Document, node: Node, what: str) -> ChainLink:
    return ok(document.at(node), Stage.AGENT, f"{what} takes containers in")


def _target(document: Document, place: Node, node: Node, plugin: str, url: str) -> Target:
    """An output as a target, by the names that settings have in these resources."""
    named: Mapping[str, str] = _PLUGINS
    kind = kind_of(named.get(plugin, plugin))
    found = url or next((one for key in _ENDPOINTS if (one := raw(node, key) or _only(node, key))), "")
    port = raw(node, "port")
    whole = f"{found}:{port}" if found and port and "://" not in found else found
    name = next((one for key in _NAMES if (one := raw(node, key))), "")
    cloud = kind in {"cloudwatch", "s3", "google", "azure", "firehose", "google-storage", "azure-storage", "datadog"}
    switched = at(node, "tls") is not None and "://" not in whole
    verified = (
        False if text(node, "tls", "verify") == "false" or text(place, "tls", "insecureSkipVerify") == "true" else None
    )
    return Target(document.at(place), kind, name, whole, True if (cloud and not whole) or switched else None, verified)


def _only(node: Node, key: str) -> str:
    return next((raw(one) for one in children(node, key)), "")


_PLUGINS = {
    "googleCloudLogging": "gcplogs", "lokiStack": "loki", "azureMonitor": "azure", "splunkHec": "splunk",
    "elasticsearch": "elasticsearch", "opensearch": "elasticsearch",
    "cloudWatch": "cloudwatch", "awsKinesis": "kinesis",
    "forward": "forward", "datadog": "datadog", "newrelic": "newrelic", "logz": "logzio",
}  # fmt: skip
