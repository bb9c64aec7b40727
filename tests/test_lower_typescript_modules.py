import pytest
from lowered_typescript import SOURCES, bound, exports, module, names, show, trace

from skillaudit import ir
from skillaudit.collectors import _tree
from skillaudit.collectors.typescript import _grammar, lower
from skillaudit.lowering import LoweringError

# --- classes and types


def test_classes() -> None:
    source = """class A extends B implements I {
      #log: Logger = make();
      static run = () => this.#log;
      constructor(private readonly db: Db<Row>, other: X) { super(); this.x = other; }
      get y() { return 1; }
      abstract z(): void;
    }"""
    made = module(source)
    (kind,) = made.classes
    scope = made.functions[kind.scope]
    assert [show(scope, base) for base in kind.bases] == ["?B", "?I"]
    assert [(f.name, show(scope, f.type), show(scope, f.value), f.type_text) for f in kind.fields] == [
        ("#log", "?Logger", "?make()", "Logger"),
        ("run", "-", "fn1", ""),
        ("db", "?Db[?Row]", "-", "Db<Row>"),
        ("z", "<function type [] ?void>", "-", "void"),
    ]
    assert [(m.name, m.function, m.static) for m in kind.methods] == [
        ("run", 1, True),
        ("constructor", 2, False),
        ("y", 3, False),
    ]
    assert [each.owner for each in made.functions] == [-1, 0, 0, 0]
    assert trace(made.functions[2]) == ["this.db = db", "?super()", "this.x = other"]


def test_decorators_belong_to_what_they_stand_before() -> None:
    made = module("@A() export class C { @B('x') m() {} @D f = 1 }")
    assert [show(made.functions[0], each) for each in made.classes[0].decorators] == ["?A()"]
    assert [show(made.functions[0], each) for each in made.functions[1].decorators] == ["?B('x')"]


def test_interfaces_aliases_and_enums() -> None:
    made = module(
        "interface I extends J { a?: L; m(): R } type T = { b: 'x' | 'y' }; enum E { P = 1, Q } type U = A | null;"
    )
    scope = made.functions[0]
    assert [
        (kind.kind, kind.name, [(f.name, show(scope, f.type), show(scope, f.value)) for f in kind.fields])
        for kind in made.classes
    ] == [
        ("interface", "I", [("a", "?L", "-"), ("m", "<function type [] ?R>", "-")]),
        ("interface", "T", [("b", "(| 'x' 'y')", "-")]),
        ("enum", "E", [("P", "-", "1"), ("Q", "-", "-")]),
    ]
    assert bound(scope) == {"E": "E=class2", "I": "I=class0", "T": "T=class1", "U": "U=(| ?A null)"}


def test_a_value_overrules_the_type_of_its_name() -> None:
    assert names("type A = { b: string }; const A = make();") == {"A": "A=?make()"}


@pytest.mark.parametrize(
    ("annotation", "shown"),
    [
        ("Logger", "?Logger"),
        ("pino.Logger", "?pino.Logger"),
        ("Promise<Foo<Bar>>", "?Promise[?Foo[?Bar]]"),
        ("Map<string, A>", "?Map[[?string, ?A]]"),
        ("A | B & C | null", "(| ?A (& ?B ?C) null)"),
        ("readonly A[]", "?Array[?A]"),
        ("(a: A) => B", "<function type [?A] ?B>"),
        ("{ a: A }", "class0"),
        ("typeof x", "(typeof ?x)"),
        ("[A, B]", "[?A, ?B]"),
        ("import('m').A", "<m:>.A"),
        ("A['b']", "?A['b']"),
    ],
)
def test_types(annotation: str, shown: str) -> None:
    made = module(f"function f(a: {annotation}): {annotation} {{}}")
    assert show(made.functions[0], made.functions[1].params[0].type) == shown
    assert show(made.functions[0], made.functions[1].returns) == (shown if shown != "class0" else "class1")
    assert made.functions[0].steps == ()


# --- modules


def test_imports() -> None:
    source = """import d, * as n from "a"; import { b as c, type T } from './b.js'; import type { U } from "u";
    import r = require("r"); import "side"; const { e } = require("f"), g = await import("h");"""
    assert names(source) == {
        "d": "d=<a:default>", "n": "n=<a:>", "c": "c=<./b.js:b>", "T": "T=<./b.js:T>", "U": "U=<u:U>", "r": "r=<r:>",
        "e": "e=<f:>.e", "g": "g=<h:>",
    }  # fmt: skip
    assert ir.Import("side", "", 2) in module(source).functions[0].values


def test_exports() -> None:
    source = """export const a = 1, { b } = o; export function f() {} export class C {} export default f;
    export { later as now }; export * from "m"; export * as n from "m"; export { x as y, default as z } from "m";
    export type * from "t"; export interface I {} const later = 2;"""
    assert exports(source) == {
        "a": "a=1", "b": "b=?o.b", "f": "f=fn1", "C": "C=class0", "default": "f=fn1", "now": "later=2", "I": "I=class1",
        "n": "<m:>", "y": "<m:x>", "z": "<m:default>", "*": "<t:*>",
    }  # fmt: skip
    assert exports("export default () => 1;") == {"default": "fn1"}
    assert exports("export = { a };") == {"default": "{a:?a}", "a": "?a"}


def test_commonjs_exports() -> None:
    source = "exports.a = 1; module.exports.b = 2; module.exports = { c, d: 3 }; other.exports.e = 4;"
    assert exports(source, "a.cjs") == {"a": "1", "b": "2", "default": "{c:?c, d:3}", "c": "?c", "d": "3"}


def test_a_namespace_is_a_record_of_its_exports() -> None:
    assert exports("export namespace N { export const a = 1; const b = 2; }") == {"N": "N={a:a}"}


# --- what is no clean source


@pytest.mark.parametrize(
    "source", [b"", b"\n", b"\xef\xbb\xbf", b"\xff\x00f(\x80);", b"function (", b"class { = => }", b"/*", b"`${"]
)
def test_broken_files_do_not_raise(source: bytes) -> None:
    for path in ("a.ts", "a.tsx", "a.js"):
        assert lower(path, "typescript", source).lines == source.count(b"\n") + bool(source.rstrip(b"\n"))


def test_prefixes_of_every_source_can_be_lowered() -> None:
    for path, text in SOURCES.items():
        source = text.encode()
        for end in range(0, len(source), 41):
            assert lower(path, "typescript", source[:end]).path == path


def test_errors_are_counted_and_the_rest_is_lowered() -> None:
    made = module("f();\nconst = ;\ng();\n")
    assert made.unparsed == 1
    assert trace(made.functions[0]) == ["?f()", "?g()"]


def test_type_only_star_exports_are_no_errors() -> None:
    assert module("export type * from 'a';\nexport type * as n from 'b';").unparsed == 0


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(LoweringError, match="nested too deeply"):
        module("f(" * 5000 + ")" * 5000)


def test_long_chains_are_not_deep() -> None:
    assert len(module("const a = 'x'" + " + b" * 3000 + ";").functions[0].values) > 3
    assert len(module("type T = " + " | ".join(f"'v{n}'" for n in range(3000)) + ";").functions[0].values) > 3000


def test_wide_text_is_refused() -> None:
    with pytest.raises(LoweringError, match="UTF-16"):
        lower("a.ts", "typescript", "f()".encode("utf-16"))


def test_parsing_has_a_time_limit() -> None:
    with pytest.raises(LoweringError, match="not parsed within"):
        _tree.parse(_grammar(".ts"), b"f(1);\n" * 20000, seconds=0)
