"""Where code sends its records, and whether production gets there."""

from collections.abc import Mapping

import pytest
from linked import facts_of

from skillaudit.check import Evidence, Finding
from skillaudit.checks.sa401 import sa401
from skillaudit.facts import LogSink

PYTHON = {"pyproject.toml": '[project]\nname = "weather"\nversion = "1"\n'}
SCRIPT = {"package.json": '{"name": "weather", "version": "1.0.0", "main": "dist/index.js"}'}
SERVER = """from mcp.server.fastmcp import FastMCP
import forwarding

mcp = FastMCP("weather")
{use}

@mcp.tool()
def forecast(city: str) -> str:
    return city

mcp.run(transport="streamable-http")
"""


def python(text: str) -> list[tuple[str, str, bool, bool]]:
    return _shown(facts_of({**PYTHON, "server.py": text}).sinks)


def _shown(sinks: tuple[LogSink, ...]) -> list[tuple[str, str, bool, bool]]:
    return [(sink.kind, sink.destination, sink.wired, sink.opt_in) for sink in sinks]


def judged(use: str, forwarding: str, **more: str) -> list[Evidence | Finding]:
    files = {**PYTHON, "forwarding.py": forwarding, "server.py": SERVER.format(use=use), **more}
    return [seen for seen in sa401.run(facts_of(files)) if isinstance(seen, Evidence | Finding)]


@pytest.mark.parametrize(
    ("made", "destination"),
    [
        ("from watchtower import CloudWatchLogHandler as H\nH()", "CloudWatch"),
        ("from logging.handlers import SysLogHandler\nSysLogHandler(address=('logs', 514))", "syslog"),
        ("import google.cloud.logging\ngoogle.cloud.logging.Client().setup_logging()", "Google Cloud Logging"),
    ],
)
def test_handlers_and_exporters_of_libraries(made: str, destination: str) -> None:
    assert python(made) == [("external", destination, True, False)]


@pytest.mark.parametrize(
    "made",
    [
        "from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter\nOTLPSpanExporter()",
        "from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter\nOTLPMetricExporter()",
        "import posthog\nposthog.capture('used')",
    ],
)
def test_traces_metrics_and_analytics_are_no_logs(made: str) -> None:
    assert python(made) == []


def test_an_error_tracker_gets_errors_only_unless_told_otherwise() -> None:
    assert python("import sentry_sdk\nsentry_sdk.init('x')") == [("errors-only", "Sentry", True, False)]
    assert python("import sentry_sdk\nsentry_sdk.init('x', enable_logs=True)") == [("external", "Sentry", True, False)]


def test_a_file_stays_on_the_host() -> None:
    assert python("import logging\nlogging.FileHandler('a.log')") == [("file", "a local file", True, False)]
    assert python("import logging\nlogging.basicConfig(filename='a.log')") == [("file", "a local file", True, False)]


def test_the_console_is_told_from_files() -> None:
    console = [("console", "the console", True, False)]
    assert python("import sys\nfrom loguru import logger\nlogger.add(sys.stderr)") == console
    assert python("import logging\nlogging.basicConfig(level='INFO')") == console
    assert python("import logging\nlogging.basicConfig(handlers=[logging.StreamHandler()])") == console


@pytest.mark.parametrize(
    ("made", "address"),
    [
        ("from logging.handlers import SysLogHandler\nSysLogHandler(address=('logs.example.com', 514))", "udp://logs.example.com:514"),
        ("from logging.handlers import SysLogHandler\nSysLogHandler('/dev/log')", "unix:///dev/log"),
        ("from logging.handlers import HTTPHandler\nHTTPHandler('logs.example.com', '/in', secure=True)", "https://logs.example.com"),
        ("from logging_loki import LokiHandler\nLokiHandler(url='http://loki:3100/loki/api/v1/push')", "http://loki:3100/loki/api/v1/push"),
        ("import logging\nlogging.FileHandler('/var/log/a.log')", "/var/log/a.log"),
        ("import logging, os\nlogging.FileHandler(os.environ['FILE'])", ""),
    ],
)  # fmt: skip
def test_the_address_that_code_names(made: str, address: str) -> None:
    (sink,) = facts_of({**PYTHON, "server.py": made}).sinks
    assert sink.address == address


OWN = """import logging
import requests

class Forwarder(logging.Handler):
    def emit(self, record):
        self._send(self.format(record))

    def _send(self, line):
        requests.post("https://logs.example.com", data=line)

def install():
    logging.getLogger().addHandler(Forwarder())
"""


def test_a_handler_of_the_project_counts_where_it_is_installed() -> None:
    assert python(OWN + "\ninstall()\n") == [("external", "Forwarder, over requests", True, False)]
    assert python(OWN) == [("external", "Forwarder, over requests", False, False)]


def test_a_handler_that_sends_nothing_is_no_sink() -> None:
    assert python(OWN.replace("requests.post(", "print(") + "\ninstall()\n") == []


def test_a_transport_of_the_project_counts_by_its_name_and_place() -> None:
    source = """export class HttpLogTransport {
  constructor(private url: string) {}
  async send(record: object) {
    await fetch(this.url, { method: "POST", body: JSON.stringify(record) });
  }
}
if (process.env.LOG_URL) new HttpLogTransport(process.env.LOG_URL);
"""
    (sink,) = facts_of({**SCRIPT, "src/transport.ts": source}).sinks
    assert (sink.kind, sink.wired, sink.opt_in) == ("external", True, True)


def test_an_api_client_of_the_product_is_no_sink() -> None:
    source = OWN.replace("Forwarder(logging.Handler)", "Forwarder") + "\ninstall()\n"
    assert python(source) == []


def test_a_class_that_a_plugin_loader_names_is_in_use() -> None:
    plugin = OWN.replace("def install():\n    logging.getLogger().addHandler(Forwarder())\n", "")
    files: Mapping[str, str] = {
        **PYTHON,
        "weather/__init__.py": "",
        "weather/plugins.py": plugin.replace(
            "class Forwarder", "class Plugin:\n    def __init__(self):\n        Forwarder()\n\nclass Forwarder"
        ),
        "weather/server.py": 'import importlib\nPLUGINS = ["weather.plugins.Plugin"]\n',
    }
    (sink,) = facts_of(files).sinks
    assert sink.wired


# --- the check


def test_a_wired_sink_is_met() -> None:
    (evidence,) = judged("forwarding.install()", OWN)
    assert isinstance(evidence, Evidence)
    assert evidence.met


def test_a_sink_that_nobody_installs_is_not_met_and_said() -> None:
    evidence, finding = judged("", OWN)
    assert isinstance(evidence, Evidence)
    assert not evidence.met
    assert isinstance(finding, Finding)
    assert "defined, not wired" in finding.message


def test_an_option_is_met_and_said() -> None:
    (evidence,) = judged("import os\nif os.environ.get('FORWARD'):\n    forwarding.install()", OWN)
    assert isinstance(evidence, Evidence)
    assert evidence.met
    assert "switched on" in evidence.what


@pytest.mark.parametrize(
    ("forwarding", "said"),
    [
        ("import sentry_sdk\nsentry_sdk.init('x')\n", "only errors"),
        ("", "no exporter"),
    ],
)
def test_what_is_there_instead_is_said(forwarding: str, said: str) -> None:
    _, finding = judged("", forwarding)
    assert isinstance(finding, Finding)
    assert said in finding.message


def test_a_file_alone_is_told_of_by_its_own_check() -> None:
    assert judged("", "import logging\nlogging.FileHandler('a.log')\n") == []


def test_the_sink_of_another_server_is_not_this_ones() -> None:
    files = {}
    for name, forwarding in (("one", OWN + "\ninstall()\n"), ("two", "")):
        files[f"{name}/pyproject.toml"] = f'[project]\nname = "{name}"\nversion = "1"\n'
        files[f"{name}/forwarding.py"] = forwarding
        files[f"{name}/server.py"] = SERVER.format(use="")
    seen = [e for e in sa401.run(facts_of(files)) if isinstance(e, Evidence)]
    assert {e.package: e.met for e in seen} == {"one": True, "two": False}
