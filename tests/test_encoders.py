"""How Python's standard library writes records in production: set-ups across files, formatters, dictionaries."""

import pytest
from linked import facts_of
from written import PYTHON, python

from skillaudit.check import Evidence, Unknown
from skillaudit.checks.sa201 import sa201

# --- the standard library of Python


def test_without_a_set_up_the_library_decides() -> None:
    assert python("") == {"text"}
    assert python("import logging\nlogging.basicConfig(level=10)\n") == {"text"}


FORMATTERS = {
    "python-json-logger": "from pythonjsonlogger.json import JsonFormatter",
    "json-log-formatter": "from json_log_formatter import JSONFormatter as JsonFormatter",
    "ecs": "from ecs_logging import StdlibFormatter as JsonFormatter",
    "own": """
import json
class JsonFormatter(logging.Formatter):
    def format(self, record):
        return self.text(record)
    def text(self, record):
        return json.dumps({"m": record.getMessage()})
""",
}
WIRED = """import logging
{formatter}

def configure():
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(handlers=[handler])
"""


@pytest.mark.parametrize("formatter", FORMATTERS.values(), ids=FORMATTERS)
def test_formatters_that_write_json(formatter: str) -> None:
    assert python(WIRED.format(formatter=formatter)) == {"json"}


def test_a_formatter_that_only_sounds_like_json_writes_text() -> None:
    named = (
        "class JsonFormatter(logging.Formatter):\n    def format(self, record):\n        return 'json: ' + record.msg\n"
    )
    assert python(WIRED.format(formatter=named)) == {"text"}


def test_a_formatter_that_nobody_installs_changes_nothing() -> None:
    setup = WIRED.format(formatter=FORMATTERS["own"]).replace("def configure", "def unused")
    assert python(setup) == {"text"}


DICTIONARY = """import logging.config
from parts import FORMATTERS
CONFIG = {{
    "version": 1,
    "formatters": FORMATTERS,
    "handlers": {{"stderr": {{"class": "logging.StreamHandler", "formatter": {chosen}}}}},
    "root": {{"handlers": ["stderr"]}},
}}
logging.config.dictConfig(CONFIG)
"""
PARTS = """import json
import logging

class Lines(logging.Formatter):
    def format(self, record):
        return json.dumps(vars(record))

FORMATTERS = {{"plain": {{"format": "%(message)s"}}, "lines": {spec}}}
"""


@pytest.mark.parametrize(
    "spec",
    [
        '{"()": "pythonjsonlogger.jsonlogger.JsonFormatter"}',
        '{"class": "pythonjsonlogger.json.JsonFormatter"}',
        '{"()": Lines}',
        '{"()": "parts.Lines"}',
    ],
)
@pytest.mark.parametrize(("chosen", "encoder"), [('"lines"', "json"), ('"plain"', "text")])
def test_a_dictionary_counts_by_the_formatter_its_handlers_use(spec: str, chosen: str, encoder: str) -> None:
    assert python(DICTIONARY.format(chosen=chosen), parts=PARTS.format(spec=spec)) == {encoder}


@pytest.mark.parametrize(("default", "encoder"), [("lines", "json"), ("plain", "text")])
def test_an_environment_variable_is_its_default(default: str, encoder: str) -> None:
    setup = "import os\n" + DICTIONARY.format(chosen=f'os.environ.get("LOG_FORMAT", "{default}")')
    assert python(setup, parts=PARTS.format(spec='{"()": "pythonjsonlogger.json.JsonFormatter"}')) == {encoder}


def test_a_file_of_settings_is_not_guessed() -> None:
    facts = facts_of(
        {
            **PYTHON,
            "server.py": 'import logging, logging.config\nlogging.config.fileConfig("logging.conf")\n'
            'logging.getLogger("a").info("called")\n',
        }
    )
    (unknown,) = sa201.run(facts)
    assert isinstance(unknown, Unknown)
    assert "file" in unknown.reason


# --- the check


def test_the_check_names_the_branch_that_it_judged() -> None:
    setup = """import logging, socket
from pythonjsonlogger.json import JsonFormatter

handler = logging.StreamHandler()
if on_kubernetes(socket.gethostname()):
    handler.setFormatter(JsonFormatter())
logging.getLogger().addHandler(handler)
logging.getLogger("a").info("called")
"""
    (evidence,) = sa201.run(facts_of({**PYTHON, "server.py": setup}))
    assert isinstance(evidence, Evidence)
    assert evidence.met
    assert "on_kubernetes" in evidence.what


ONE_HANDLER = """
one = logging.StreamHandler()
one.setFormatter(logging.Formatter("%(message)s"))
logging.root.addHandler(one)
"""
JSON_CALL = """import json
import logging
logging.getLogger(__name__).info(json.dumps({"event": "called"}))
"""


@pytest.mark.parametrize(
    ("setup", "encoder"),
    [
        ('logging.basicConfig(format="%(message)s")', "json"),
        (ONE_HANDLER, "json"),
        ('logging.basicConfig(format="%(asctime)s %(message)s")', "text"),
        ("logging.basicConfig(level=logging.INFO)", "text"),
    ],
)
def test_a_message_that_is_json_stays_it_where_nothing_stands_beside_it(setup: str, encoder: str) -> None:
    facts = facts_of({**PYTHON, "server.py": f"import logging\n{setup}\n{JSON_CALL}"})
    assert [call.encoder.value for call in facts.log_calls] == [encoder]
