"""Every configured agent of a tree, whichever tool it is."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from skillaudit.configuration import Document, Documents
from skillaudit.environment import deployed
from skillaudit.forwarding.alloy import alloy
from skillaudit.forwarding.charts import charted
from skillaudit.forwarding.fluent import fluent_bit, fluentd
from skillaudit.forwarding.images import by_image, datadog_values
from skillaudit.forwarding.named import otel, vector
from skillaudit.forwarding.operators import operators
from skillaudit.forwarding.parts import Agent
from skillaudit.forwarding.shippers import cloudwatch_agent, filebeat, journal_upload, promtail
from skillaudit.forwarding.syslogs import rsyslog, syslog_ng

_READ: Final[Mapping[str, Callable[[Document], Agent]]] = {
    "fluent-bit": fluent_bit,
    "fluentd": fluentd,
    "vector": vector,
    "otel-collector": otel,
    "alloy": alloy,
    "promtail": promtail,
    "filebeat": filebeat,
    "rsyslog": rsyslog,
    "syslog-ng": syslog_ng,
    "cloudwatch-agent": cloudwatch_agent,
    "datadog-values": datadog_values,
    "chart": charted,
    "journal-upload": journal_upload,
    "compose": by_image,
    "kubernetes": by_image,
}


def agents(held: Documents) -> Iterator[Agent]:
    """The agents, with what they do to each of their inputs."""
    for document in held.all:
        if document.kind in _READ and deployed(document):
            agent = _READ[document.kind](document)
            if agent.routes:
                yield agent
    yield from (agent for agent in operators(held) if agent.routes)
