"""The project's own handlers and transports that send records away: what a logging library calls for each record."""

import re
from collections.abc import Iterator

from skillaudit import ir
from skillaudit.linking.knowledge import vocabulary
from skillaudit.linking.names.program import Cls, Fn
from skillaudit.linking.names.symbols import External
from skillaudit.linking.registrations.toolbox import Toolbox

_SENDING = re.compile(
    r"^(?:requests|httpx|aiohttp|urllib3?|urllib\.request|socket|boto3|fetch|axios|got|undici|node-fetch|http|https|net|dgram|"
    r"net/http|globalThis\.fetch|superagent|ky"
    r"|kafka|confluent_kafka|aiokafka|elasticsearch|opensearchpy|pika|aio_pika|google\.cloud\.pubsub(?:_v1)?|azure\.eventhub|azure\.servicebus"
    r"|kafkajs|@elastic/elasticsearch|@opensearch-project/opensearch|amqplib|@google-cloud/pubsub|@azure/event-hubs"
    r"|@aws-sdk/client-(?:cloudwatch-logs|firehose|kinesis|s3|sqs)"
    r"|github\.com/segmentio/kafka-go|github\.com/IBM/sarama|github\.com/elastic/go-elasticsearch(?:/v\d+)?)\b"
)
_POSTS = {
    "post", "put", "request", "send", "sendto", "sendall", "fetch", "urlopen", "put_log_events", "Do", "Post",
    "PostForm", "write", "put_records", "put_record", "send_batch", "produce", "index", "bulk", "publish",
    "basic_publish", "send_message", "put_object", "send_and_wait", "sendBatch", "WriteMessages", "SendMessage",
    "Index",
}  # fmt: skip
_RECORD_METHODS = {
    "emit",
    "handle",
    "log",
    "write",
    "send",
    "export",
    "publish",
    "ship",
    "flush",
    "Handle",
    "Fire",
    "Write",
}
_BASES = re.compile(
    r"^(?:logging\.(?:handlers\.\w+|Handler)|winston-transport|winston\.Transport|.*\bLogRecordExporter)$"
)
_ROLES = {"transport", "handler", "exporter", "sink", "shipper", "forwarder", "appender", "writer", "hook"}
_LOG_WORDS = {"log", "logs", "logger", "logging", "audit", "siem"}
_DEPTH = 2


def find(box: Toolbox) -> Iterator[tuple[Cls, str]]:
    """Classes, and the client that they send with."""
    for module, held in enumerate(box.program.modules):
        for number, declared in enumerate(held.classes):
            cls = Cls(module, number)
            if _takes_records(box, cls, declared):
                client = next(_sends(box, cls, declared), "")
                if client:
                    yield cls, client


def _takes_records(box: Toolbox, cls: Cls, declared: ir.Class) -> bool:
    """By its base class, or by a name that says so in a module that is about logs."""
    scope = Fn(cls.module, declared.scope)
    bases = [s.path for base in declared.bases for s in box.symbols.resolve(scope.at(base)) if isinstance(s, External)]
    if any(_BASES.match(base) for base in bases):
        return True
    words = set(vocabulary.words(declared.name))
    place = {word for part in box.program.modules[cls.module].path.split("/") for word in vocabulary.words(part)}
    return not words.isdisjoint(_ROLES) and not _LOG_WORDS.isdisjoint(words | place)


def _sends(box: Toolbox, cls: Cls, declared: ir.Class) -> Iterator[str]:
    """The clients that methods which take a record use, themselves or in what they call of the same class."""
    for method in declared.methods:
        if not _RECORD_METHODS.isdisjoint((method.name, *vocabulary.words(method.name))):
            client = _client(box, Fn(cls.module, method.function), _DEPTH)
            if client:
                yield client


def _client(box: Toolbox, fn: Fn, depth: int) -> str:
    for _, call, _ in box.program.calls(fn):
        for symbol in box.symbols.resolve(fn.at(call.callee)):
            if isinstance(symbol, External) and _SENDING.match(symbol.path):
                root, _, last = symbol.path.rpartition(".")
                if last in _POSTS:
                    return (root or last).partition("(")[0]
    inner = (e.target for e in box.calls.out.get(fn, ()) if box.symbols.owner(e.target) == box.symbols.owner(fn))
    return next((found for target in inner if depth and (found := _client(box, target, depth - 1))), "")
