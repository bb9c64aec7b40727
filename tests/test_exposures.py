"""Objects that show credentials when they are written as a whole, and what is taken out of typed containers."""

import pytest
from linked import facts_of

from skillaudit.facts import Nature

GO = """\
package main

import (
	"encoding/json"
	"fmt"
	"log"
)

type Server struct {
	Name string
	Env  map[string]string
}

func (s *Server) String() string {
	var text string
	for name, value := range s.Env {
		text += fmt.Sprintf("%%s=%%s ", name, value)
	}
	return text
}

type Hidden struct {
	Token string
}

func (h Hidden) String() string { return "hidden" }

type Lists struct {
	Servers []Server
	Secret  []Hidden
}

type All map[string]*Lists

type Configs interface {
	GetData() any
}

func (a All) GetData() any { return a }

func show(all All, lists *Lists, configs Configs) {
	%s
	_, _ = json.Marshal(nil)
	log.Print("shown")
}
"""
PYTHON = """\
import logging
from dataclasses import dataclass

log = logging.getLogger(__name__)


@dataclass
class Settings:
    title: str
    env: dict[str, str]


class Registry:
    def __init__(self, path: str):
        self.held = self.load(path)

    def load(self, path: str) -> dict[str, Settings]:
        raise NotImplementedError


def show(registry: Registry, many: list[Settings], one: Settings):
    taken = registry.held.get("first")
    %s
"""


def dumps(files: dict[str, str]) -> int:
    return sum(flow.nature is Nature.CONFIG for call in facts_of(files).log_calls for flow in call.flows)


def in_go(text: str) -> int:
    return dumps({"go.mod": "module example.test/desk\n\ngo 1.24\n", "main.go": GO % text})


@pytest.mark.parametrize(
    "text",
    [
        'for _, one := range lists.Servers {\n\t\tlog.Printf("%s: %s", one.Name, one.String())\n\t}',
        "for _, one := range lists.Servers {\n\t\tfor _, value := range one.Env {\n\t\t\tlog.Print(value)\n\t\t}\n\t}",
    ],
)
def test_structs_in_go(text: str) -> None:
    assert in_go(text)


@pytest.mark.parametrize(
    "text",
    [
        "for _, one := range lists.Servers {\n\t\tlog.Print(one.Name)\n\t}",
        "for _, one := range lists.Secret {\n\t\tlog.Print(one)\n\t}",
        "log.Print(len(lists.Servers))",
    ],
)
def test_what_structs_keep_to_themselves(text: str) -> None:
    assert not in_go(text)


@pytest.mark.parametrize(
    "text",
    [
        'log.info("%s", taken)',
        'log.info("%s", registry.held["second"])',
        'for each in many:\n        log.info("%s", each)',
        'log.info("%s", one.env)',
    ],
)
def test_containers_that_say_what_they_hold(text: str) -> None:
    assert dumps({"server.py": PYTHON % text}) == 1


@pytest.mark.parametrize(
    "text",
    [
        'log.info("%s", taken.title)',
        'for each in many:\n        log.info("%s", each.title)',
        'log.info("%s", sorted(one.env.keys()))',
    ],
)
def test_fields_that_are_no_secrets(text: str) -> None:
    assert not dumps({"server.py": PYTHON % text})


WRITING = """package main

import (
	"log/slog"
	"net/url"
	"os"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

type held struct{ host, token string }

func (h *held) MarshalLogObject(enc zapcore.ObjectEncoder) error {
	enc.AddString("host", h.host)
	enc.AddBool("signed_in", h.token != "")
	return nil
}

type open string

func (o open) MarshalLogObject(enc zapcore.ObjectEncoder) error {
	enc.AddString("text", string(o))
	return nil
}

type closed string

func (c closed) LogValue() slog.Value { return slog.StringValue("[hidden]") }

func parsed(address string) (*held, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	return &held{host: u.Host, token: u.User.String()}, nil
}

func main() {
	log := zap.L()
	h, _ := parsed(os.Getenv("DATABASE_URL"))
	log.Info("fine", zap.Object("held", h))
	log.Info("bad", zap.Object("open", open(os.Getenv("DATABASE_URL"))))
	slog.Info("fine", "closed", closed(os.Getenv("DATABASE_URL")))
	u, _ := url.Parse(os.Getenv("DATABASE_URL"))
	slog.Info("fine", "host", u.Host, "port", u.Port(), "path", u.Path)
	slog.Info("bad", "url", u.String())
}
"""


def test_what_a_type_writes_of_itself_and_the_parts_of_an_address_that_hold_no_password() -> None:
    calls = facts_of({"main.go": WRITING, "go.mod": "module example.org/shelf\n"}).log_calls
    whole = {call.message for call in calls if any("DATABASE" in f.name and not f.partial for f in call.flows)}
    assert [call.message for call in calls].count("fine") == 3
    assert whole == {"bad"}
    assert sum(any("DATABASE" in flow.name for flow in call.flows) for call in calls if call.message == "bad") == 2
