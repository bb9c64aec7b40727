"""The parts that a forwarding chain is put together from, the same for every tool."""

import re

import msgspec
from msgspec.structs import replace

from skillaudit.configuration import Document, Node, Text, Unresolved
from skillaudit.forward import ChainLink, Stage, Standing
from skillaudit.model import Location

_KINDS = {
    "cloudwatch": "awslogs cloudwatch cloudwatch_logs aws_cloudwatch_logs awscloudwatchlogs",
    "s3": "s3 aws_s3 awss3",
    "loki": "loki grafana/loki-docker-driver grafana-loki",
    "elasticsearch": "es elasticsearch opensearch elasticsearch_data_stream elasticsearch_dynamic"
    " opensearch_data_stream",
    "splunk": "splunk splunk_hec splunk_hec_logs",
    "datadog": "datadog datadog_logs",
    "otlp": "otlp otlphttp opentelemetry otlp_grpc otlp_http",
    "syslog": "syslog remote_syslog syslog_tls syslog_rfc5424 omfwd omrelp papertrail",
    "google": "gcplogs stackdriver google_cloud googlecloud gcp_stackdriver_logs gcp_cloud_logging",
    "google-storage": "gcp_cloud_storage gcs",
    "azure": "azure azure_logs_ingestion azuremonitor azure_monitor_logs azure-loganalytics azure_loganalytics"
    " azuredataexplorer",
    "azure-storage": "azure_blob azurestorage azureblob",
    "firehose": "kinesis_firehose aws_kinesis_firehose firehose kinesis_streams aws_kinesis_streams kinesis",
    "kafka": "kafka kafka2 kafka_buffered rdkafka omkafka azure_event_hubs",
    "hosted": "nrlogs newrelic new_relic logdna logzio sumologic honeycomb axiom better_stack logtail mezmo appsignal"
    " coralogix logentries chronicle azuresentinel humio humio_logs sematext_logs dynatrace",
    "http": "http omhttp tcp socket websocket nats redis amqp pulsar mqtt gelf logstash vector forward_http",
    "forward": "forward fluentd secure_forward fluent",
    "file": "file omfile stdout_file local json-file",
    "console": "stdout console debug logging omstdout",
    "null": "null blackhole nop none drop discard",
    "journald": "journald omjournal",
}  # fmt: skip
_BY_NAME = {name: kind for kind, names in _KINDS.items() for name in names.split()}
_NAMES = {
    "cloudwatch": "CloudWatch Logs", "s3": "S3", "loki": "Loki", "elasticsearch": "Elasticsearch", "splunk": "Splunk",
    "datadog": "Datadog", "otlp": "an OTLP endpoint", "syslog": "syslog", "google": "Google Cloud Logging",
    "google-storage": "Cloud Storage", "azure": "Azure Monitor", "azure-storage": "Azure Storage", "kafka": "Kafka",
    "firehose": "Kinesis", "hosted": "a hosted log service", "http": "an HTTP or socket endpoint",
    "file": "a local file", "console": "the agent's own console", "null": "nowhere",
    "journald": "the host's journal",
    "forward": "another forwarder", "cloudflare": "Cloudflare Workers Logs",
}  # fmt: skip
_SCHEME = re.compile(r"^(\w[\w+.-]{0,20})://")


def kind_of(plugin: str) -> str:
    """The kind of destination that a plugin, driver or exporter sends to; the plugin's name where it is not known."""
    name = plugin.partition("/")[0] if plugin.partition("/")[0] in _BY_NAME else plugin
    return _BY_NAME.get(name.partition(":")[0].lower(), plugin)


class Target(msgspec.Struct, frozen=True):
    """Where a driver, an agent or an exporter sends.

    ``name`` is the log group, bucket, index or file; ``url`` what is known of the address, with a scheme where the
    protocol is known. ``encrypted`` and ``verified`` are None where nothing is said; ``create_only`` says that the
    writer can only add; ``days``, where the sender's own settings say how many days records are kept.
    """

    location: Location
    kind: str
    name: str = ""
    url: str = ""
    encrypted: bool | None = None
    verified: bool | None = None
    create_only: bool | None = None
    folder: str = ""
    days: tuple[Location, str] | None = None

    @property
    def title(self) -> str:
        """The destination in words."""
        where = self.name or self.url
        return f"{_NAMES.get(self.kind, self.kind)}{f' {where}' if where else ''}"

    def secured(self) -> bool | None:
        """Whether the connection is encrypted: by its switch, else by its scheme; None where unknown."""
        if self.encrypted is not None:
            return self.encrypted
        scheme = _SCHEME.match(self.url)
        if scheme is None:
            return None
        return scheme[1].lower() in {"https", "tls", "ssl", "grpcs", "wss", "tcp+tls", "relp+tls", "udp+dtls", "unix"}


class Selection(msgspec.Struct, frozen=True):
    """A condition of an input on what it takes in.

    ``of``: ``name``, ``label``, ``annotation``, ``namespace``, ``container``, ``file``, ``program`` or ``unit``;
    ``key`` names the label. ``pattern`` must fit the whole; what it fits is taken, or left out unless ``takes``.
    """

    location: Location
    of: str
    key: str
    pattern: str
    takes: bool = True


class Input(msgspec.Struct, frozen=True):
    """What an agent takes in.

    ``kind``: ``containers`` (what the runtime keeps of their streams), ``journal``, ``file``, ``forward``, ``otlp``,
    ``syslog``, ``http``. ``tag`` is what the agent calls the records, ``paths`` what files it reads, ``port`` where it
    listens.
    """

    kind: str
    location: Location
    paths: tuple[str, ...] = ()
    tag: str = ""
    port: str = ""
    selections: tuple[Selection, ...] = ()


class Route(msgspec.Struct, frozen=True):
    """One way through an agent: links, the last of them broken where ``target`` is None.

    ``match`` is what a tag that the sender gives must fit, where the input gives none itself; ``fluentd:`` before it
    names that tool's sort of patterns.
    """

    source: Input
    links: tuple[ChainLink, ...]
    target: Target | None
    match: str = ""


class Agent(msgspec.Struct, frozen=True):
    """A configured agent and the ways through it."""

    document: Document
    name: str
    routes: tuple[Route, ...]


class Workload(msgspec.Struct, frozen=True):
    """Something that runs a server, or beside it.

    ``driver`` is what the runtime does with its streams (None: keeps them where agents find them); ``tag`` the label
    that a driver gives; ``links`` are what was found on the way so far, such as a redirection into a file; ``prints``
    names the files that its command only prints.
    """

    location: Location
    platform: str
    name: str
    package: str
    image: str = ""
    built: bool = False
    driver: Target | None = None
    tag: str = ""
    links: tuple[ChainLink, ...] = ()
    environment: tuple[tuple[str, Node], ...] = ()
    volumes: tuple[tuple[str, str], ...] = ()
    role: str = ""
    scope: str = ""
    prints: tuple[str, ...] = ()
    body: Node = msgspec.field(default_factory=lambda: Text(0, ""))

    def variable(self, *names: str) -> Node | None:
        """An environment variable's value, the first of the names that is set."""
        held = dict(self.environment)
        return next((held[name] for name in names if name in held), None)


def ok(location: Location, stage: Stage, what: str, reason: str = "") -> ChainLink:
    """A link that holds."""
    return ChainLink(location, stage, what, Standing.OK, reason)


def broken(location: Location, stage: Stage, what: str, reason: str) -> ChainLink:
    """A link that does not hold, and why."""
    return ChainLink(location, stage, what, Standing.BROKEN, reason)


def unknown(location: Location, stage: Stage, what: str, reason: str) -> ChainLink:
    """A link of which nothing can be said, and why."""
    return ChainLink(location, stage, what, Standing.UNKNOWN, reason)


def at_place(target: Target, folder: str) -> Target:
    """The target, knowing the folder of the configuration that names it."""
    return replace(target, folder=folder)


def is_open(node: Node | None) -> bool:
    """Whether a value is there and not known."""
    return isinstance(node, Unresolved)
