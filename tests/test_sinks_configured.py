"""Addresses of sinks that stand further up, or that a deployment sets."""

import pytest
from linked import facts_of

GO = {"go.mod": "module example.com/weather\n\ngo 1.24\n"}
LOKI = """package main

import (
	"net/url"
	"os"

	"github.com/grafana/loki-client-go/loki"
	slogloki "github.com/samber/slog-loki/v3"
)

var _ = os.Getenv
var _ = url.Parse

func handler() {
%s
	use(slogloki.Option{Client: client}.NewLokiHandler())
}
"""
COMPOSE = "services:\n  weather:\n    build: .\n    environment: {LOG_URL: 'http://logs.example.com:3100/push'}\n"
PINO = """import pino from "pino";
export const log = pino(pino.transport({target: "pino-loki", options: {host: %s}}));
log.info("up");
"""
WATCHED = """import os, logging, logging_loki
logging.getLogger().addHandler(logging_loki.LokiHandler(url=%s))
"""


@pytest.mark.parametrize(
    "made",
    [
        '\tconfig, _ := loki.NewDefaultConfig("http://logs.example.com:3100/push")\n\tclient, _ := loki.New(config)',
        (
            '\taddress := "http://logs.example.com:3100/push"\n'
            "\tconfig, _ := loki.NewDefaultConfig(address)\n\tclient, _ := loki.New(config)"
        ),
        '\tconfig, _ := loki.NewDefaultConfig(os.Getenv("LOG_URL"))\n\tclient, _ := loki.New(config)',
    ],
)
def test_a_client_that_is_made_of_a_configuration(made: str) -> None:
    found = facts_of({**GO, "main.go": LOKI % made, "compose.yaml": COMPOSE}).sinks
    assert {one.address for one in found if one.destination == "slogloki"} == {"http://logs.example.com:3100/push"}


@pytest.mark.parametrize("held", ["process.env.LOG_URL", 'process.env.LOG_URL ?? "https://other.example.com"'])
def test_an_address_that_the_deployment_sets(held: str) -> None:
    package = {"package.json": '{"name": "weather", "version": "1.0.0", "main": "index.ts"}'}
    (found,) = facts_of({**package, "index.ts": PINO % held, "compose.yaml": COMPOSE}).sinks
    assert found.address == "http://logs.example.com:3100/push"
    (alone,) = facts_of({**package, "index.ts": PINO % held}).sinks
    assert alone.address == ("https://other.example.com" if "??" in held else "")


@pytest.mark.parametrize("held", ['os.environ["LOG_URL"]', 'os.getenv("LOG_URL", "https://other.example.com/push")'])
def test_the_same_in_python(held: str) -> None:
    package = {"pyproject.toml": '[project]\nname = "weather"\nversion = "1"\n'}
    (found,) = facts_of({**package, "server.py": WATCHED % held, "compose.yaml": COMPOSE}).sinks
    assert found.address == "http://logs.example.com:3100/push"
