"""Classes, types and interfaces: what their members denote."""

import pytest
from probes import go, python, script

# --- types


def test_what_is_asserted_or_declared() -> None:
    assert go('import "log/slog"\nfunc f(x any) { l := x.(*slog.Logger); probe(l) }') == ["log/slog.Logger()"]
    assert script('import { Logger } from "pino"; let log: Logger; probe(log);') == ["pino.Logger()"]


# --- members of classes


def test_properties_are_what_they_return() -> None:
    source = """
import logging
from functools import cached_property
class A:
    @property
    def log(self): return logging.getLogger()
    @log.setter
    def log(self, value): pass
    @cached_property
    def other(self): return logging.getLogger("x")
    def plain(self): return 1
probe(A().{name})
"""
    assert python(source.replace("{name}", "log")) == ["logging.getLogger()"]
    assert python(source.replace("{name}", "other")) == ["logging.getLogger()"]
    assert python(source.replace("{name}", "plain")) == ["def A.plain"]


def test_members_of_a_getter_are_members_of_what_it_returns() -> None:
    source = 'import pino from "pino"; class A { get log() { return pino(); } run() { probe(this.log.info); } }'
    assert script(source) == ["pino().info"]


@pytest.mark.parametrize("decorator", ["lru_cache(maxsize=1)", "cache", "wraps(print)"])
def test_decorated_functions_stay_functions(decorator: str) -> None:
    assert python(f"from functools import *\n@{decorator}\ndef f(): return 1\nprobe(f)") == ["def f"]


def test_context_managers_give_what_they_yield() -> None:
    source = """
import logging
from contextlib import contextmanager
@contextmanager
def opened():
    yield logging.getLogger()
with opened() as log:
    probe(log)
"""
    assert python(source) == ["logging.getLogger()"]


def test_fields_made_by_a_factory() -> None:
    source = """
import logging
from dataclasses import dataclass, field
class Store: pass
@dataclass
class A:
    store: object = field(default_factory=Store)
    log: object = field(default_factory=lambda: logging.getLogger())
    one: object = field(default=1)
probe(A().{name})
"""
    assert python(source.replace("{name}", "store")) == ["a Store"]
    assert python(source.replace("{name}", "log")) == ["logging.getLogger()"]
    assert python(source.replace("{name}", "one")) == ["1"]


def test_injected_dependencies() -> None:
    source = "from fastapi import Depends\nclass Db: pass\ndef db(): return Db()\ndef f(d=Depends(db)): probe(d)"
    assert python(source) == ["a Db"]


def test_members_of_enumerations() -> None:
    assert python("from enum import Enum\nclass C(Enum):\n    RED = 'r'\nprobe(C.RED.value)") == ["r"]
    assert script('enum C { Red = "r" } probe(C.Red);') == ["r"]


# --- Go: embedding and interfaces


def test_embedded_structs_promote_their_methods() -> None:
    source = """
import "log/slog"
type Base struct{}
func (b *Base) Run() {}
type Server struct { *Base; *slog.Logger }
func f(s *Server) { probe(s.Run); probe(s.Info) }
"""
    assert go(source) == ["def Base.Run", "log/slog.Logger().Info"]


STORE = "type Store interface { Get(k string) string; Put(k string) }\nfunc f(s Store) { probe(s.Get) }\n"


def _type(name: str, *methods: str) -> str:
    return f"type {name} struct{{}}\n" + "".join(
        f'func (x {name}) {m}(k string) string {{ return "" }}\n' for m in methods
    )


def test_an_interface_is_implemented_by_what_has_all_its_methods() -> None:
    assert go(STORE + _type("Disk", "Get", "Put") + _type("Half", "Get")) == ["def Disk.Get"]
    elsewhere = {"disk/disk.go": "package disk\n" + _type("Disk", "Get", "Put")}
    assert go(STORE, elsewhere) == ["def Disk.Get"]


def test_an_interface_with_many_implementations_says_nothing() -> None:
    assert go(STORE + "".join(_type(name, "Get", "Put") for name in ("A", "B", "C", "D"))) == []


def test_a_test_double_does_not_implement_for_production() -> None:
    double = {"fake_test.go": "package main\n" + _type("Fake", "Get", "Put")}
    assert go(STORE + _type("Disk", "Get", "Put"), double) == ["def Disk.Get"]
    assert go(STORE, double) == []


def test_a_single_method_counts_only_among_acquaintances() -> None:
    source = "type Runner interface { Run(k string) string }\nfunc f(r Runner) { probe(r.Run) }\n"
    assert go(source + _type("Job", "Run")) == ["def Job.Run"]
    assert go(source, {"job/job.go": "package job\n" + _type("Job", "Run")}) == []
