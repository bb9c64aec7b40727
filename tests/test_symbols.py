import pytest
from probes import go, python, script

BACK = 'module.exports = require("./a");'

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
