"""Configuration files of Python's logging: what they make of records, and which of them a program reads."""

import json
import tempfile
from pathlib import Path

import pytest
from linked import facts_of
from written import PYTHON, effective

from skillaudit.inventory import take_inventory
from skillaudit.settingsfiles import SettingsFiles, read_settings

JSON_CLASS = "pythonjsonlogger.json.JsonFormatter"
DICTIONARY = {
    "version": 1,
    "formatters": {"out": {"()": JSON_CLASS}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "out"}},
    "root": {"handlers": ["out"]},
}
SECTIONS = """[loggers]
keys=root
[handlers]
keys=out,unused
[formatters]
keys=out,other
[logger_root]
level=INFO
handlers=out
[handler_out]
class=StreamHandler
formatter=out
args=(sys.stderr,)
[handler_unused]
class=StreamHandler
formatter=other
args=()
[formatter_out]
{used}
[formatter_other]
{unused}
"""
YAML = """version: 1
formatters:
  out: {{"()": {used}}}
handlers:
  out: {{class: logging.StreamHandler, formatter: out, stream: ext://sys.stderr}}
root: {{handlers: [out]}}
"""
CALL = 'import logging\nimport log_setup\nlogging.getLogger(__name__).info("called")\n'


def written(setup: str, **files: str) -> set[str]:
    named = {name.replace("__", "."): text for name, text in files.items()}
    return effective({**PYTHON, "log_setup.py": setup, "server.py": CALL, **named})


LOADING = {
    "json": 'import json, logging.config\nwith open("logging.json") as f:\n'
    "    logging.config.dictConfig(json.load(f))\n",
    "yaml": 'import logging.config, yaml\nlogging.config.dictConfig(yaml.safe_load(open("logging.yaml")))\n',
    "ini": 'import logging.config\nlogging.config.fileConfig("logging.ini", disable_existing_loggers=False)\n',
    "path": "import logging.config\nfrom pathlib import Path\nHERE = Path(__file__).parent\n"
    'logging.config.fileConfig(HERE / "logging.ini")\n',
    "toml": "import logging.config, tomllib\n"
    'logging.config.dictConfig(tomllib.load(open("logging.toml", "rb"))["logging"])\n',
    "there": 'import logging.config, os\nif os.path.exists("logging.ini"):\n'
    '    logging.config.fileConfig("logging.ini")\n'
    "else:\n    logging.basicConfig()\n",
    "uvicorn": 'import uvicorn\nuvicorn.run("server:app", log_config="logging.yaml")\n',
}


def _files(used: str, unused: str = "format=%(message)s") -> dict[str, str]:
    held = DICTIONARY | {"formatters": {"out": {"()": used}}}
    lines = f'[logging]\nversion = 1\nformatters.out."()" = "{used}"\nhandlers.out.class = "logging.StreamHandler"\n'
    return {
        "logging__json": json.dumps(held),
        "logging__yaml": YAML.format(used=used),
        "logging__ini": SECTIONS.format(used=f"class={used}", unused=unused),
        "logging__toml": f'{lines}handlers.out.formatter = "out"\n',
    }


@pytest.mark.parametrize("setup", LOADING.values(), ids=LOADING)
def test_a_file_that_the_code_loads_decides(setup: str) -> None:
    assert written(setup, **_files(JSON_CLASS)) == {"json"}
    assert written(setup, **_files("logging.Formatter")) == {"text"}


def test_a_class_of_the_project_is_looked_at() -> None:
    own = "import json, logging\nclass Lines(logging.Formatter):\n    def format(self, record):\n        return {}\n"
    made = own.format('json.dumps({"m": record.msg})')
    assert written(LOADING["ini"], **_files("parts.Lines"), parts__py=made) == {"json"}
    assert written(LOADING["ini"], **_files("parts.Lines"), parts__py=own.format("record.msg")) == {"text"}


def test_a_formatter_that_no_handler_in_use_names_decides_nothing() -> None:
    files = _files("logging.Formatter", f"class={JSON_CLASS}")
    assert written(LOADING["ini"], **files) == {"text"}


def test_a_file_that_nothing_loads_decides_nothing() -> None:
    assert written("import logging\nlogging.basicConfig()\n", **_files(JSON_CLASS)) == {"text"}


def test_a_start_command_loads_one() -> None:
    command = 'FROM python\nCMD ["uvicorn", "server:app", "--log-config", "logging.json"]\n'
    held = _files(JSON_CLASS)["logging__json"]
    assert written("", logging__json=held, Dockerfile=command) == {"json"}
    assert written("", logging__json=held, Dockerfile="FROM python\n") == {"text"}


def test_a_file_behind_an_option_is_an_option() -> None:
    setup = (
        "import argparse, logging, logging.config\nparser = argparse.ArgumentParser()\n"
        'parser.add_argument("--log-config")\nargs = parser.parse_args()\n'
        "if args.log_config:\n    logging.config.fileConfig(args.log_config)\nelse:\n    logging.basicConfig()\n"
    )
    held = _files(JSON_CLASS)["logging__ini"]
    assert written(setup, logging__ini=held) == {"text"}
    facts = facts_of({**PYTHON, "log_setup.py": setup, "logging.ini": held, "server.py": CALL})
    assert [c.encoder.value for c in facts.loggers if c.opt_in] == ["json"]


# --- files that mean harm


def _read(files: dict[str, str]) -> SettingsFiles:
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            Path(folder, path).write_text(text, encoding="utf-8")
        return read_settings(Path(folder), take_inventory(Path(folder)))


_KEYS = "# formatters handlers\n"
HOSTILE = {
    "aliases.yaml": _KEYS + "a: &a [1]\n" + "".join(f"b{n}: [*a, *a, *a]\n" for n in range(60)),
    "deep.yaml": _KEYS + "[" * 3_000,
    "deep.json": '{"formatters": {"handlers": ' + "[" * 30_000,
    "long.yaml": _KEYS + "- 1\n" * 9_000,
    "tag.yaml": _KEYS + "a: !!python/object/apply:os.system [ls]\n",
    "cut.toml": 'formatters = {handlers = "',
    "odd.ini": "[handlers]\nformatters\n=\n",
}


@pytest.mark.parametrize("path", HOSTILE)
def test_a_hostile_file_is_a_gap(path: str) -> None:
    found = _read({path: HOSTILE[path]})
    assert found.log_files == ()
    assert [gap.path for gap in found.gaps] == [path]


def test_of_a_secret_only_its_kind_and_length_are_kept() -> None:
    secret = "4f9a1c7e2b8d6035" * 3
    found = _read(
        {".env": f"PORT=80\nSERVICE_API_KEY={secret}\nEMPTY=\nOTHER=${{X}}\n", ".env.example": f"A_KEY={secret}\n"}
    )
    assert [(one.path, one.line, one.name) for one in found.secrets] == [(".env", 2, "SERVICE_API_KEY")]
    assert secret[:6] not in repr(found)
