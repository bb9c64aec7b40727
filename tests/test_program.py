import msgspec
import pytest
from linked import denoted, inventory_of, probed, program_of

from skillaudit import ir
from skillaudit.linking.names._sound import is_sound
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.model import Gap

GO_MOD = {"go.mod": "module example.com/app\n\ngo 1.24\n"}


# --- what other functions assign


def _assigned(source: str, fn: int, name: str) -> list[ir.Value]:
    program = program_of({"a.py": source})
    found = [program.value(at) for at in program.assigned(Fn(0, fn), name)]
    return [program.value(At(0, 2, v.value)) for v in found if isinstance(v, ir.Variable)]


def test_assigned_is_asked_of_the_function_that_binds_the_name() -> None:
    source = "def f():\n    x = 0\n    def g():\n        nonlocal x\n        x = 1\n    return x"
    assert _assigned(source, 1, "x") == [ir.Literal("num", "1")]
    assert _assigned(source, 0, "x") == []
    assert _assigned(source, 1, "y") == []


def test_a_name_leads_to_its_innermost_binding() -> None:
    source = "x = 0\ndef f():\n    x = 1\n    def g(): probe(x)\nprobe(x)"
    assert denoted({"a.py": source}, "a.py") == ["0", "1"]
    assert denoted({"a.py": "x = 0\ndef f():\n    for i in y:\n        probe(x)\n        x = 1"}, "a.py") == ["1"]


# --- Python imports


def test_star_imports_and_reexports() -> None:
    files = {
        "pkg/__init__.py": "from .log import *\nfrom .shape import Shape as Form",
        "pkg/log.py": "def record(): pass\ndef _hidden(): pass",
        "pkg/shape.py": "class Shape: pass",
    }
    for source in ("from pkg import record\nprobe(record)", "from pkg import *\nprobe(record)"):
        assert denoted({**files, "a.py": source}, "a.py") == ["def record"]
    assert denoted({**files, "a.py": "import pkg\nprobe(pkg.Form)"}, "a.py") == ["class Shape"]
    assert denoted({**files, "a.py": "from pkg import *\nprobe(_hidden)"}, "a.py") == ["_hidden"]


def test_star_imports_in_a_circle_end() -> None:
    files = {"a.py": "from b import *\nprobe(missing)", "b.py": "from a import *"}
    assert denoted(files, "a.py") == ["missing"]


def test_production_does_not_import_tests_by_a_dotted_name() -> None:
    files = {"src/app.py": "from helpers import f\nprobe(f)", "tests/helpers.py": "def f(): pass"}
    assert denoted(files, "src/app.py") == ["helpers.f"]


# --- ECMAScript imports

MANIFEST = '{"name": "app", "dependencies": {"@hono/node-server": "1"}}'


@pytest.mark.parametrize(
    "source",
    [
        'import { f } from "./lib";',
        'import { f } from "./lib/index.js";',
        'import { f } from "@/lib/log";',
        'import { f } from "~/lib/log.js";',
        'import { f } from "#lib/log.js";',
        'import { f } from "$lib/log";',
        'import { f } from "@lib/log";',
        'import { f } from "src/lib/log";',
        'import { f } from "@lib";',
        'import { f } from "../dist/lib/log.js";',
        'import * as lib from "./lib"; const { f } = lib;',
        'import { logging } from "./lib"; const f = logging.f;',
    ],
)
def test_barrels_and_aliases(source: str) -> None:
    files = {
        "package.json": MANIFEST,
        "src/app.ts": f"{source} probe(f);",
        "src/lib/index.ts": 'export * from "./log"; export * as logging from "./log";',
        "src/lib/log.ts": "export function f() {}",
    }
    assert denoted(files, "src/app.ts") == ["def f"]


def test_a_dependency_is_no_alias() -> None:
    files = {
        "package.json": MANIFEST,
        "src/app.ts": 'import { serve } from "@hono/node-server"; probe(serve);',
        "src/node-server.ts": "export function serve() {}",
    }
    assert denoted(files, "src/app.ts") == ["@hono/node-server.serve"]


def test_a_dependency_of_the_workspace_is_no_alias() -> None:
    files = {
        "package.json": '{"name": "root", "workspaces": ["apps/*"], "dependencies": {"@hapi/hapi": "21.0.0"}}',
        "apps/web/package.json": '{"name": "web"}',
        "apps/web/src/app.ts": 'import { server } from "@hapi/hapi"; probe(server);',
        "apps/web/src/hapi.ts": "export function server() {}",
    }
    assert denoted(files, "apps/web/src/app.ts") == ["@hapi/hapi.server"]


def test_a_file_imports_nothing_of_itself_by_a_name_like_its_own() -> None:
    files = {"hapi.ts": 'import { server } from "@hapi/hapi"; probe(server);'}
    assert denoted(files, "hapi.ts") == ["@hapi/hapi.server"]


@pytest.mark.parametrize("entry", ["src/index.ts", "index.ts", "src/logger.ts"])
def test_workspace_packages_are_read_at_their_sources(entry: str) -> None:
    files = {
        "package.json": '{"name": "root", "workspaces": ["packages/*"]}',
        "packages/logger/package.json": '{"name": "@acme/logger", "main": "dist/index.js"}',
        f"packages/logger/{entry}": "export function f() {}",
        "packages/app/package.json": '{"name": "@acme/app", "dependencies": {"@acme/logger": "workspace:*"}}',
        "packages/app/src/app.ts": 'import { f } from "@acme/logger"; probe(f);',
    }
    assert denoted(files, "packages/app/src/app.ts") == ["def f"]


# --- Go packages


def test_tests_see_the_package_and_the_package_does_not_see_tests() -> None:
    files = {
        **GO_MOD,
        "a.go": "package main\nfunc f() { probe(helper); probe(own) }",
        "b.go": "package main\nfunc own() {}",
        "a_test.go": "package main\nfunc helper() {}\nfunc TestA() { probe(own) }",
    }
    assert denoted(files, "a.go") == ["def own", "helper"]
    assert denoted(files, "a_test.go") == ["def own"]


def test_an_external_test_package_is_a_package_of_its_own() -> None:
    files = {
        **GO_MOD,
        "log/log.go": "package log\nfunc F() {}\nfunc g() { probe(helper) }",
        "log/log_test.go": 'package log_test\nimport "example.com/app/log"\nfunc helper() {}\n'
        "func TestF() { probe(log.F); probe(helper) }",
    }
    assert denoted(files, "log/log_test.go") == ["def F", "def helper"]
    assert denoted(files, "log/log.go") == ["helper"]


def test_importing_a_package_does_not_reach_its_tests() -> None:
    files = {
        **GO_MOD,
        "main.go": 'package main\nimport "example.com/app/log"\nfunc f() { probe(log.Fake) }',
        "log/a_test.go": "package log\nvar Fake = 1",
        "log/log.go": "package log",
    }
    assert denoted(files, "main.go") == []


# --- modules that do not hang together


def _module(source: str = "def f(x):\n    return g(x)\nclass A:\n    def m(self): return lambda: 1") -> ir.Module:
    (module,) = program_of({"a.py": source}).modules
    return module


def _with(module: ir.Module, number: int, **changes: object) -> ir.Module:
    functions = list(module.functions)
    functions[number] = msgspec.structs.replace(functions[number], **changes)
    return msgspec.structs.replace(module, functions=tuple(functions))


def _values(*values: ir.Value) -> dict[str, object]:
    return {"values": values, "steps": (), "bindings": (), "blocks": (ir.Block("body", -1, -1, 1, 1),)}


BROKEN = [
    {"parent": 1},
    {"parent": 7},
    {"owner": 7},
    {"returns": 999},
    {"decorators": (999,)},
    {"params": (ir.Parameter("x", type=999),)},
    {"blocks": ()},
    {"blocks": (ir.Block("body", 0, -1, 1, 1),)},
    {"blocks": (ir.Block("body", -1, 999, 1, 1),)},
    {"bindings": (ir.Binding("x", 999, 1),)},
    {"bindings": (ir.Binding("x", -1, 1),)},
    {"steps": (ir.Do(999, 0),)},
    {"steps": (ir.Do(-1, 0),)},
    {"steps": (ir.Do(0, 5),)},
    {"steps": (ir.Store(999, "x", 0, 0, 1),)},
    {"steps": (ir.Store(-1, "", 0, 0, 1, 999),)},
    {"steps": (ir.Return(999, 0, 1),)},
    _values(ir.Param(5)),
    _values(ir.Closure(99)),
    _values(ir.ClassValue(99)),
    _values(ir.Variable("x", 0, 1)),
    _values(ir.Element(-1)),
    _values(ir.Text("concat", (3,), 1)),
    _values(ir.Literal("num", "1"), ir.Choice((0,), 7)),
    _values(ir.Literal("num", "1"), ir.Call(0, (ir.Argument(9),), 1, 1, 0, 1)),
    _values(ir.Literal("num", "1"), ir.Record((ir.Entry("k", 9),), 1)),
    _values(ir.Literal("num", "1"), ir.Record((), 1, 9)),
]


@pytest.mark.parametrize("changes", BROKEN, ids=str)
def test_what_leads_nowhere_or_in_a_circle_is_not_sound(changes: dict[str, object]) -> None:
    assert is_sound(_module())
    assert not is_sound(_with(_module(), 1, **changes))


def test_classes_exports_and_empty_modules_are_looked_at() -> None:
    module = _module()
    (declared,) = module.classes
    replace = msgspec.structs.replace
    for changed in (
        replace(module, functions=()),
        replace(module, exports=(ir.Export("x", 999),)),
        replace(module, classes=(replace(declared, scope=9),)),
        replace(module, classes=(replace(declared, bases=(999,)),)),
        replace(module, classes=(replace(declared, fields=(ir.Field("x", 999, -1, 1),)),)),
        replace(module, classes=(replace(declared, methods=(ir.Method("m", 99),)),)),
    ):
        assert not is_sound(changed)


def test_a_module_that_is_not_sound_is_left_out_and_said() -> None:
    files = {"a.py": "probe(1)", "b.py": "x = 1"}
    good, bad = program_of(files).modules
    bad = _with(bad, 0, steps=(ir.Do(99, 0),))
    program = Program(inventory_of(files), [bad, good], {})
    assert program.gaps == (
        Gap("not-analysed", "b.py", "values nested too deeply, or facts that do not hang together", 1),
    )
    assert [module.path for module in program.modules] == ["a.py"]
    assert program.value(probed(program, "a.py")[0]) == ir.Literal("num", "1")
