"""The variables that deployments set, and which way of logging they choose."""

import tempfile
from pathlib import Path

import pytest
from written import PYTHON, effective

from skillaudit.configuration import documents
from skillaudit.environment import Environment, environment
from skillaudit.inventory import take_inventory

PACKAGE = {"package.json": '{"name": "weather", "version": "1.0.0", "dependencies": {"pino": "9"}}'}
MODULE = {"go.mod": "module example.com/weather\n\ngo 1.24\n"}


def _environment(**files: str) -> Environment:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {**PYTHON, **files}.items():
            place = Path(folder, name)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
        inventory = take_inventory(Path(folder))
        return environment(documents(Path(folder), inventory), inventory)


POD = """apiVersion: apps/v1
kind: Deployment
metadata: {name: weather}
spec:
  template:
    spec:
      containers:
        - name: server
          image: weather
          env: [{name: LOG_FORMAT, value: json}]
"""
SET = {
    "Dockerfile": "FROM python:3.14\nENV LOG_FORMAT=json\nCMD weather\n",
    "image/Dockerfile": "FROM python AS b\nENV A=1 LOG_FORMAT=json\nFROM node AS c\nENV LOG_FORMAT=text\nFROM b\n",
    "Containerfile": "FROM python\nENV LOG_FORMAT json\n",
    "weather.Dockerfile": "FROM python\nCMD LOG_FORMAT=json exec weather\n",
    "compose.yaml": "services:\n  weather:\n    build: .\n    environment:\n      - LOG_FORMAT=json\n",
    "docker-compose.yml": "services:\n  weather:\n    build: .\n    environment: {LOG_FORMAT: '${FORMAT:-json}'}\n",
    "k8s/weather.yaml": POD,
    "weather.service": "[Service]\nExecStart=/usr/bin/weather\nEnvironment=A=1 LOG_FORMAT=json\n",
    "fly.toml": 'app = "weather"\n[env]\nLOG_FORMAT = "json"\n[http_service]\ninternal_port = 8080\n',
    "app.yaml": "runtime: python313\nentrypoint: weather\nenv_variables: {LOG_FORMAT: json}\n",
    "task.json": '{"containerDefinitions": [{"name": "w", "environment": [{"name": "LOG_FORMAT", "value": "json"}]}]}',
    "Procfile": "web: LOG_FORMAT=json python -m weather\n",
}


@pytest.mark.parametrize("path", SET)
def test_deployments_set_variables(path: str) -> None:
    assert _environment(**{path: SET[path]}).values("", "LOG_FORMAT") == ("json",)


UNSET = {
    "another image": (
        "compose.yaml",
        "services:\n  db:\n    image: postgres:18\n    environment: {LOG_FORMAT: json}\n",
    ),
    "for trying out": ("Dockerfile.dev", SET["Dockerfile"]),
    "the host's": ("compose.yaml", "services:\n  w:\n    build: .\n    environment: {LOG_FORMAT: '${LOG_FORMAT}'}\n"),
    "another package": ("web/Dockerfile", SET["Dockerfile"]),
    "a stage that is left": ("Dockerfile", "FROM python AS build\nENV LOG_FORMAT=json\nFROM python\n"),
}


@pytest.mark.parametrize("place", UNSET.values(), ids=UNSET)
def test_what_is_not_the_servers_deployment_sets_nothing(place: tuple[str, str]) -> None:
    path, text = place
    held = _environment(**{path: text, "web/package.json": '{"name": "web"}'})
    assert held.values("", "LOG_FORMAT") == ()


def test_what_runs_an_image_overrides_it_and_two_that_differ_both_stand() -> None:
    held = _environment(**{"Dockerfile": "FROM a\nENV LOG_FORMAT=text\n", "compose.yaml": SET["compose.yaml"]})
    assert held.values("", "LOG_FORMAT") == ("json",)
    other = POD.replace("value: json", "value: text")
    assert set(_environment(**{"compose.yaml": SET["compose.yaml"], "k8s/w.yaml": other}).values("", "LOG_FORMAT")) == {
        "json",
        "text",
    }


def test_a_config_map_that_becomes_variables() -> None:
    pod = POD.replace("env: [{name: LOG_FORMAT, value: json}]", "envFrom: [{configMapRef: {name: settings}}]")
    held = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {LOG_FORMAT: json}\n"
    assert _environment(**{"k8s/w.yaml": f"{pod}---\n{held}"}).values("", "LOG_FORMAT") == ("json",)
    assert _environment(**{"k8s/w.yaml": f"{POD}---\n{held.replace('json', 'text')}"}).values("", "LOG_FORMAT") == (
        "json",
    )


# --- the branch that is deployed

PYTHON_BRANCH = (
    "import logging, os\nfrom pythonjsonlogger.json import JsonFormatter\nhandler = logging.StreamHandler()\n"
    'if os.getenv("LOG_FORMAT", "text") == "json":\n    handler.setFormatter(JsonFormatter())\n'
    "logging.getLogger().addHandler(handler)\n"
)
SETTINGS = (
    "import logging\nfrom pydantic_settings import BaseSettings\nfrom pythonjsonlogger.json import JsonFormatter\n"
    "class Settings(BaseSettings):\n    log_format: str = 'text'\nsettings = Settings()\n"
    "handler = logging.StreamHandler()\nif settings.log_format == 'json':\n    handler.setFormatter(JsonFormatter())\n"
    "logging.getLogger().addHandler(handler)\n"
)
SCRIPT = (
    'import pino from "pino";\n'
    'const text = (process.env.LOG_FORMAT ?? "pretty") !== "json";\n'
    'const logger = pino(text ? { transport: { target: "pino-pretty" } } : {});\nlogger.info("called");\n'
)
GO = (
    'package main\n\nimport (\n\t"log/slog"\n\t"os"\n)\n\nfunc main() {\n'
    "\tvar handler slog.Handler = slog.NewTextHandler(os.Stderr, nil)\n"
    '\tif os.Getenv("LOG_FORMAT") == "json" {\n\t\thandler = slog.NewJSONHandler(os.Stderr, nil)\n\t}\n'
    '\tslog.SetDefault(slog.New(handler))\n\tslog.Info("called")\n}\n'
)
CALL = 'import logging\nimport log_setup\nlogging.getLogger(__name__).info("called")\n'
BRANCHES = {
    "python": {**PYTHON, "log_setup.py": PYTHON_BRANCH, "server.py": CALL},
    "typescript": {**PACKAGE, "index.ts": SCRIPT},
    "go": {**MODULE, "main.go": GO},
}


@pytest.mark.parametrize("files", BRANCHES.values(), ids=BRANCHES)
def test_the_image_chooses_the_branch(files: dict[str, str]) -> None:
    assert effective({**files, "Dockerfile": "FROM a\nENV LOG_FORMAT=json\n"}) == {"json"}
    assert effective({**files, "Dockerfile": "FROM a\nENV LOG_FORMAT=text\n"}) == {"text"}
    assert effective(files) == {"text"}


SECTIONS = """[loggers]
keys=root
[handlers]
keys=out
[formatters]
keys=out
[logger_root]
handlers=out
[handler_out]
class=StreamHandler
formatter=out
args=()
[formatter_out]
"""
READING = (
    "import logging, logging.config, os, pathlib\nfrom site_choice import chosen\n"
    'def configure(path):\n    if not path and os.environ.get("LOG_CONFIG"):\n'
    '        path = pathlib.Path(os.environ.get("LOG_CONFIG"))\n'
    "    if path:\n        logging.config.fileConfig(path)\n    else:\n        logging.basicConfig()\n"
    "configure(chosen())\n"
)


def test_the_image_names_the_configuration_that_is_read() -> None:
    held = {
        **PYTHON,
        "log_setup.py": READING,
        "server.py": CALL,
        "json.conf": f"{SECTIONS}class=pythonjsonlogger.json.JsonFormatter\n",
        "plain.conf": f"{SECTIONS}format=%(message)s\n",
    }
    image = "FROM a\nCOPY *.conf /srv/\nENV LOG_CONFIG=/srv/{}\n"
    assert effective({**held, "Dockerfile": image.format("json.conf")}) == {"json"}
    assert effective({**held, "Dockerfile": image.format("plain.conf")}) == {"text"}
    assert effective({**held, "Dockerfile": image.format("json.conf").replace("LOG_CONFIG", "OTHER")}) == {"text"}


def test_a_declared_option_is_what_the_deployment_sets() -> None:
    held = {**PYTHON, "log_setup.py": SETTINGS, "server.py": CALL}
    assert effective({**held, "Dockerfile": "FROM a\nENV WEATHER_LOG_FORMAT=json\n"}) == {"json"}
    assert effective({**held, "Dockerfile": "FROM a\nENV WEATHER_FORMAT=json\n"}) == {"text"}
