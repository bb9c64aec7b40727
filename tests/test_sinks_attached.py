"""Sinks that are made and not handed on, sinks by whatever name they are imported, and how safely they send."""

import pytest
from linked import facts_of
from test_sinks import PYTHON, SCRIPT

from skillaudit.facts import LogSink

GOOGLE = """import { createLogger, transports } from "winston";
import { LoggingWinston } from "@google-cloud/logging-winston";
"""
SYSLOG = 'import winston from "winston";\nimport "winston-syslog";\n'
BRIDGE = """import { createLogger } from "winston";
import { OpenTelemetryTransportV3 } from "@opentelemetry/winston-transport";
"""
PINO = 'import pino from "pino";\nexport const log = pino(pino.transport({{ target: "{}", options: {} }}));\n'
PYGELF = "from pygelf import {} as H\nh = H(host='logs.example.com', port=12201)"
SPLUNK = "from splunk_handler import SplunkHandler as H\nh = H(host='logs.example.com', verify=False)"
CHECKED = f"{PYGELF.format('GelfTlsHandler')[:-1]}, validate=True, ca_certs='ca.pem')"
RFC5424 = (
    "from rfc5424logging import Rfc5424SysLogHandler as H\nh = H(address=('logs.example.com', 6514), tls_enable=True)"
)
LOGGER = 'import { createLogger, transports } from "winston";\n'


def python(text: str, **more: str) -> list[LogSink]:
    files = {**PYTHON, "server.py": text, **{name.replace("_", "."): held for name, held in more.items()}}
    return [one for one in facts_of(files).sinks if one.kind == "external"]


def script(text: str) -> list[LogSink]:
    return [one for one in facts_of({**SCRIPT, "src/index.ts": text}).sinks if one.kind == "external"]


HANDLER = 'import logging\nfrom logging_loki import LokiHandler\nloki = LokiHandler(url="https://logs.example.com")\n'
QUEUE = f"{HANDLER}import queue\nfrom logging.handlers import QueueHandler, QueueListener\nq = queue.Queue()\n"


@pytest.mark.parametrize(
    ("text", "wired"),
    [
        (HANDLER, False),
        (f"{HANDLER}logging.getLogger().addHandler(loki)\n", True),
        (f"{HANDLER}logging.basicConfig(handlers=[loki])\n", True),
        (f"{HANDLER}def handlers():\n    return [loki]\nlogging.basicConfig(handlers=handlers())\n", True),
        (f"{HANDLER}logging.getLogger('uvicorn').addHandler(loki)\n", False),
        (f"{HANDLER}for n in ('', 'uvicorn'):\n    logging.getLogger(n).addHandler(loki)\n", True),
        (f"{HANDLER}loki.setLevel(logging.CRITICAL)\nlogging.getLogger().addHandler(loki)\n", False),
        (f"{HANDLER}loki.setLevel(logging.INFO)\nlogging.getLogger().addHandler(loki)\n", True),
        (f"{HANDLER}loki.addFilter(lambda one: False)\nlogging.getLogger().addHandler(loki)\n", False),
        (f"{HANDLER}loki.addFilter(lambda one: one.args)\nlogging.getLogger().addHandler(loki)\n", True),
        (f"{QUEUE}logging.getLogger().addHandler(QueueHandler(q))\n", False),
        (f"{QUEUE}logging.getLogger().addHandler(QueueHandler(q))\nQueueListener(q, loki).start()\n", True),
    ],
)
def test_a_handler_that_is_made(text: str, wired: bool) -> None:  # noqa: FBT001 - a table
    assert [one.wired for one in python(text)] == [wired]


def test_what_a_constant_switches_off_is_not_wired() -> None:
    text = HANDLER.replace("loki = Loki", "SHIP = False\nif SHIP:\n    loki = Loki")
    assert [one.wired for one in python(f"{text}    logging.getLogger().addHandler(loki)\n")] == [False]


def test_a_handler_of_errors_alone_is_no_exporter() -> None:
    text = f"{HANDLER}loki.setLevel(logging.ERROR)\nlogging.getLogger().addHandler(loki)\n"
    assert [one.kind for one in facts_of({**PYTHON, "server.py": text}).sinks] == ["errors-only"]


CONFIG = """import logging.config
logging.config.dictConfig({
    "version": 1,
    "handlers": {
        "console": {"class": "logging.StreamHandler"},
        "away": {"class": "logging.handlers.SysLogHandler", "address": ("logs.example.com", 514)},
    },
    "root": {"handlers": [%s]},
})
"""
FILE = """version: 1
handlers:
  console: {class: logging.StreamHandler}
  away: {class: logging.handlers.SysLogHandler, address: [logs.example.com, 514]}
root: {handlers: [%s]}
"""
LOADED = (
    'import logging.config, yaml\nwith open("logging.yaml") as f:\n    logging.config.dictConfig(yaml.safe_load(f))\n'
)


@pytest.mark.parametrize(
    ("used", "addresses"), [('"console"', []), ('"console", "away"', ["udp://logs.example.com:514"])]
)
def test_a_configuration_names_handlers_that_a_logger_has(used: str, addresses: list[str]) -> None:
    assert [one.address for one in python(CONFIG % used)] == addresses
    assert [one.address for one in python(LOADED, logging_yaml=FILE % used.replace('"', ""))] == addresses


@pytest.mark.parametrize(
    ("text", "wired"),
    [
        (f'{LOGGER}import Away from "winston-loki";\ncreateLogger({{ transports: [new Away({{}})] }});\n', True),
        (f'{LOGGER}import Away from "winston-loki";\nconst away = new Away({{}});\ncreateLogger({{}});\n', False),
        (
            f"{GOOGLE}const cloud = new LoggingWinston();\ncreateLogger({{ transports: [new transports.File()] }});\n",
            False,
        ),
        ('import pino from "pino";\nimport away from "pino-loki";\nexport const log = pino({}, away({}));\n', True),
        (
            f"{SYSLOG}const away = new winston.transports.Syslog({{}});\nwinston.createLogger({{ x: [away] }});\n",
            True,
        ),
    ],
)
def test_a_transport_by_its_package(text: str, wired: bool) -> None:  # noqa: FBT001 - a table
    assert [one.wired for one in script(text)] == [wired]


@pytest.mark.parametrize(
    "text",
    [
        'import pino from "pino";\nexport const log = pino(pino.transport({ target: "pino-syslog" }));\n',
        f"{BRIDGE}createLogger({{ transports: [new OpenTelemetryTransportV3()] }});\n",
        'import { useAzureMonitor } from "@azure/monitor-opentelemetry";\nuseAzureMonitor();\n',
    ],
)
def test_what_sends_no_record_away(text: str) -> None:
    assert script(text) == []


@pytest.mark.parametrize(
    ("target", "options", "address"),
    [
        ("pino-socket", '{ address: "logs.example.com", port: 514, mode: "tcp" }', "tcp://logs.example.com:514"),
        ("pino-socket", '{ address: "logs.example.com", port: 514 }', "udp://logs.example.com:514"),
        ("pino-socket", '{ address: "logs.example.com", port: 6514, secure: true }', "tls://logs.example.com:6514"),
        ("pino-loki", '{ host: "https://logs.example.com" }', "https://logs.example.com"),
    ],
)
def test_options_of_a_transport_give_its_scheme(target: str, options: str, address: str) -> None:
    assert [one.address for one in script(PINO.format(target, options))] == [address]


@pytest.mark.parametrize(
    ("made", "address", "unverified"),
    [
        (PYGELF.format("GelfTcpHandler"), "tcp://logs.example.com:12201", False),
        (PYGELF.format("GelfTlsHandler"), "tls://logs.example.com:12201", True),
        (CHECKED, "tls://logs.example.com:12201", False),
        (RFC5424, "tls://logs.example.com:6514", False),
        (SPLUNK, "https://logs.example.com", True),
    ],
)
def test_handlers_say_how_they_send(made: str, address: str, unverified: bool) -> None:  # noqa: FBT001 - a table
    (found,) = python(f"import logging\n{made}\nlogging.getLogger().addHandler(h)\n")
    assert (found.address, found.unverified) == (address, unverified)


def test_a_loguru_sink_may_be_a_handler() -> None:
    text = "import watchtower\nfrom loguru import logger\nlogger.add(watchtower.CloudWatchLogHandler())\n"
    assert [(one.kind, one.destination) for one in facts_of({**PYTHON, "server.py": text}).sinks] == [
        ("external", "CloudWatch")
    ]


def test_logfire_that_sends_nothing_is_no_sink() -> None:
    assert python("import logfire\nlogfire.configure(send_to_logfire=False)\n") == []


@pytest.mark.parametrize(
    ("client", "sent"),
    [
        ("from kafka import KafkaProducer\n", 'KafkaProducer().send("audit", b"x")'),
        ("from elasticsearch import Elasticsearch\n", 'Elasticsearch().index(index="audit", document={})'),
        ("import boto3\n", 'boto3.client("firehose").put_record(Record={})'),
    ],
)
def test_a_handler_of_the_project_that_sends_over_a_client(client: str, sent: str) -> None:
    text = f"import logging\n{client}class Away(logging.Handler):\n    def emit(self, record):\n        {sent}\n"
    assert [one.wired for one in python(f"{text}logging.getLogger().addHandler(Away())\n")] == [True]


def test_whether_the_program_is_started_is_no_option() -> None:
    text = "import watchtower\ndef main():\n    logging.getLogger().addHandler(watchtower.CloudWatchLogHandler())\n"
    (found,) = python(f'import logging\n{text}if __name__ == "__main__":\n    main()\n')
    assert not found.opt_in
