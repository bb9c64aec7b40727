import pytest
from linked import denoted

PY, TS = "app.py", "src/app.ts"
BACK = 'module.exports = require("./a");'


def python(source: str, **others: str) -> list[str]:
    """What ``probe(…)`` is given in a Python program; other files by their names."""
    return denoted({PY: source, **{f"{name}.py": text for name, text in others.items()}}, PY)


def script(source: str, files: dict[str, str] | None = None) -> list[str]:
    return denoted({TS: source, **(files or {})}, TS)


def go(source: str, files: dict[str, str] | None = None) -> list[str]:
    module = {"go.mod": "module example.com/app\n\ngo 1.24\n"}
    return denoted({**module, "main.go": f"package main\n{source}", **(files or {})}, "main.go")


# --- variables that other functions assign


def test_a_module_variable_set_by_an_init_function() -> None:
    source = """
    import { Client } from "sdk";
    let client: Client | undefined;
    export function init() { client = new Client(); }
    export function use() { probe(client); }
    """
    assert script(source) == ["sdk.Client()"]


def test_a_module_variable_imported_from_where_an_init_function_sets_it() -> None:
    state = 'import pino from "pino"; export let log = null; export function init() { log = pino(); }'
    assert "pino()" in script('import { log } from "./state"; probe(log);', {"src/state.ts": state})


def test_python_globals_with_and_without_a_binding_at_the_top() -> None:
    bound = "import logging\nlog = None\ndef init():\n    global log\n    log = logging.getLogger()\nprobe(log)"
    assert "logging.getLogger()" in python(bound)
    unbound = "import logging\ndef init():\n    global log\n    log = logging.getLogger()\ndef use(): probe(log)"
    assert python(unbound) == ["logging.getLogger()"]
    imported = "from state import log\nprobe(log)"
    assert python(imported, state=unbound) == ["logging.getLogger()"]


def test_python_nonlocal() -> None:
    source = """
import logging
def outer():
    log = None
    def set():
        nonlocal log
        log = logging.getLogger()
    set()
    probe(log)
"""
    assert "logging.getLogger()" in python(source)


def test_callbacks_that_assign() -> None:
    looped = (
        'import pino from "pino"; function f(names) { let last; names.forEach(n => { last = pino(n); }); probe(last); }'
    )
    assert "pino()" in script(looped)
    once = """
import ("log/slog"; "sync")
var once sync.Once
func get() { var log *slog.Logger; once.Do(func() { log = slog.Default() }); probe(log) }
"""
    assert "log/slog.Default()" in go(once)


def test_a_package_variable_set_in_another_file() -> None:
    other = 'package main\nimport "log/slog"\nfunc setup() { logger = slog.Default() }'
    assert "log/slog.Default()" in go("var logger Logger\nfunc f() { probe(logger) }", {"setup.go": other})


def test_a_test_does_not_assign_to_production() -> None:
    other = 'package main\nimport "log/slog"\nfunc TestX() { now = slog.Default() }'
    assert "log/slog.Default()" not in go("var now Clock\nfunc f() { probe(now) }", {"main_test.go": other})


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


# --- objects and modules


def test_frozen_objects_keep_their_members() -> None:
    assert script("function f() {} const t = Object.freeze({ f }); probe(t.f);") == ["def f"]


def test_commonjs() -> None:
    files = {"src/log.js": 'const pino = require("pino"); module.exports = pino();'}
    assert script('const log = require("./log"); probe(log.info);', files) == ["pino().info"]
    assert script('import { info } from "./log"; probe(info);', files) == ["pino().info"]
    made = {"src/make.js": "class A {} module.exports = function make() { return new A(); };"}
    assert script('const make = require("./make"); probe(make());', made) == ["a A"]
    named = {"src/named.js": "function f() {} exports.f = f; module.exports.g = f;"}
    assert script('const n = require("./named"); probe(n.f); probe(n.g);', named) == ["def f"]


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


# --- circles


@pytest.mark.parametrize(
    ("source", "others"),
    [
        ("let s = { a: 1 }; function f() { s = { ...s, b: 2 }; } probe(s.c);", {}),
        ("const s = {}; let t = { ...s }; function f() { t = { u: t.u, ...t }; } probe(t.u.u);", {}),
        ('probe(require("./a").x);', {"src/a.js": 'module.exports = require("./b");', "src/b.js": BACK}),
        ("class A { get next() { return this.next.next; } run() { probe(this.next.next); } }", {}),
        ("let f = () => f(); function g() { f = () => g(); } probe(f());", {}),
    ],
)
def test_circles_end(source: str, others: dict[str, str]) -> None:
    assert script(source, others) == []
