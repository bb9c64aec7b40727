from collections import Counter
from collections.abc import Iterator

import pytest
from lowered_typescript import SOURCES, bound, function, main, module, names, show, trace
from tree_sitter import Node

from skillaudit import ir
from skillaudit.collectors._tree import parse
from skillaudit.collectors.typescript import _grammar, lower

# --- every call, once, where it stands


def _calls(root: Node) -> Iterator[Node]:
    pending = [root]
    while pending:
        node = pending.pop()
        if node.type in {"call_expression", "new_expression"}:
            yield node
        pending.extend(node.children)


def _loads(node: Node, source: bytes) -> bool:
    return source[node.start_byte : node.end_byte] == b"require('x')"


@pytest.mark.parametrize("path", SOURCES)
def test_every_call_appears_once_with_one_step(path: str) -> None:
    source = SOURCES[path].encode()
    made = lower(path, "typescript", source)
    found = []
    for each in made.functions:
        numbers = [number for number, value in enumerate(each.values) if isinstance(value, ir.Call)]
        assert sorted(step.value for step in each.steps if isinstance(step, ir.Do)) == numbers
        found += [value for value in each.values if isinstance(value, ir.Call)]
    # What something else calls later stands one character into the call that hands it over.
    begun = {(call.start, call.end) for call in found}
    found = [call for call in found if (call.start - 1, call.end) not in begun]
    wanted = [node.end_byte for node in _calls(parse(_grammar(path[1:]), source)) if not _loads(node, source)]
    assert Counter(call.end for call in found) == Counter(wanted)
    assert made.unparsed == 0
    for call in found:
        text = source[call.start : call.end].decode()
        assert not text.startswith(("await ", "!", "-", "void ", "delete ", "typeof "))
        assert text.endswith((")", "`")) or call.new
        assert source[: call.start].count(b"\n") + 1 == call.line
        assert source[: call.end].count(b"\n") + 1 == call.end_line


def test_calls_with_type_arguments_keep_their_await_and_start() -> None:
    assert main("x = await a.b<T>(c).d(); !f<A>(x); g && h<B>(y);") == [
        "await ?a.b(?c)",
        "await await ?a.b(?c).d()",
        "?f(x)",
        "if(?g): ?h(?y)",
    ]


def test_an_assertion_swallows_no_operator() -> None:
    """The grammar takes ``a && b!.c`` for ``(a && b)!.c``, which is something else where it is written so."""
    assert main(
        "ok && b!.c(1)!.d(); 'key ' + y!.z(); !a!.f(); p(h() !== q!.r!.s); u((v || w)!.t()); typeof n!.m();"
    ) == [
        "if(?ok): ?b.c(1)",
        "if(?ok): ?b.c(1).d()",
        "?y.z()",
        "?a.f()",
        "?h()",
        "?p((!== ?h() ?q.r.s))",
        "(|| ?v ?w).t()",
        "?u((|| ?v ?w).t())",
        "?n.m()",
    ]


def test_nested_calls_come_first_and_in_order() -> None:
    assert main("a(b(), ...c()).d(e());") == ["?b()", "?c()", "?a(?b(), ...?c())", "?e()", "?a(?b(), ...?c()).d(?e())"]


# --- names


def test_destructuring() -> None:
    source = "const { a, b: c, d: { e = 1 }, [k]: f, 's-t': g, ...rest } = o; const [x, , y = 2, ...z] = l;"
    assert names(source) == {
        "a": "a=?o.a", "c": "c=?o.b", "e": "e={?o.d.e | 1}", "f": "f=?o[?k]", "g": "g=?o.s-t", "rest": "rest=<rest ?o>",
        "x": "x=?l[0]", "y": "y={?l[2] | 2}", "z": "z=<rest ?l>",
    }  # fmt: skip


def test_destructured_parameter_catch_and_loop() -> None:
    source = """function f({ a, b: [c] }: P, d = 1, ...r) {
      try { a(); } catch ({ message }) { c(message); }
      for (const [k] of r) k();
    }"""
    made = function(source, "f")
    assert [(p.name, p.kind, p.type_text) for p in made.params] == [
        ("", "plain", "P"),
        ("d", "plain", ""),
        ("r", "rest", ""),
    ]
    assert trace(made) == ["try: a()", "except(caught): c(message)", "loop(r): k()"]
    assert bound(made)["c"] == "c=$0.b[0]"
    assert bound(made)["message"] == "message=caught.message"
    assert bound(made)["k"] == "k=each(r)[0]"


def test_a_block_forgets_its_own_names_and_keeps_assignments() -> None:
    assert main("const a = 1; let b = 1; { const a = 2; b = 3; } f(a, b);") == ["?f(a, b)"]
    made = module("let b = 1; if (x) b = 2; f(b);").functions[0]
    assert trace(made) == ["?f({b | b})"]
    shadowed = module("const a = 1; { const a = g(); a.x(); } f(a);").functions[0]
    call = shadowed.values[-1]
    assert isinstance(call, ir.Call)
    assert show(shadowed, call.args[0].value) == "a=1"


def test_break_carries_what_was_found_out_of_the_loop() -> None:
    assert main("let a = null; for (const x of l) { if (x) { a = x.y; break; } } f(a);")[-1] == "?f({a | a})"


def test_an_assignment_in_a_closure_reaches_the_outer_name() -> None:
    assert trace(module("let a; function f(p) { a = p; }").functions[1]) == ["-.a = a"]


def test_function_declarations_are_hoisted() -> None:
    made = module("main(); function main() {} export function other() {}")
    assert trace(made.functions[0]) == ["main()"]
    assert [each.name for each in made.functions] == ["<module>", "main", "other"]


def test_functions_take_the_name_they_are_given() -> None:
    source = """const a = () => 1; x.b = function () {};
    const o = { c: async () => 2, d() {} }; let { e = () => 3 } = o; f(() => 4);"""
    assert [each.name for each in module(source).functions[1:]] == ["a", "b", "c", "d", "e", ""]
    assert function("class A { m() { const n = () => 1; } }", "n").qualname == "A.m.n"


def test_leading_comments_are_the_doc() -> None:
    assert (
        function("/**\n * Adds.\n * @param a first\n */\nexport const add = (a) => a;", "add").doc
        == "Adds.\n@param a first"
    )
    assert function("// One\n// two\nfunction f() {}", "f").doc == "One\ntwo"
    assert function("g(); // of g\nfunction f() {}", "f").doc == ""


# --- expressions


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("`a${b}c`", "template('a' ?b 'c')"),
        ("`plain`", "'plain'"),
        ("'a' + b + c", "concat('a' ?b ?c)"),
        ("b + c + 'a' + ('d' + e)", "concat((+ ?b ?c) 'a' 'd' ?e)"),
        ("b + c", "(+ ?b ?c)"),
        ("a?.b?.[c]!", "?a.b[?c]"),
        ("<T>a as B satisfies C", "?a"),
        ("typeof a === 'x'", "(=== (typeof ?a) 'x')"),
        ("delete a.b", "(delete ?a.b)"),
        ("'k' in a", "(in 'k' ?a)"),
        ("a instanceof B", "(instanceof ?a ?B)"),
        ("/a.c/gi", "/a.c/gi"),
        ("(a, b)", "?b"),
        ("c ? a : b", "{?c? ?a | ?b}"),
        ("a ?? b", "(?? ?a ?b)"),
        ("{ a, 'b-c': 1, ...d, [e]: 2, ['f']: 3 }", "{a:?a, b-c:1, ...:?d, :2, f:3}"),
        ("[a, ...b]", "[?a, each(?b)]"),
        ("this.#x.y", "this.#x.y"),
        ("await p", "(await ?p)"),
        ("undefined", "undefined"),
        (r"'\x41\u{1F600}\n\ud83d'", "'A\U0001f600\\n\ufffd'"),
        ("import.meta.url", "<import.meta>.url"),
        ("await import('m')", "<m:>"),
        ("require('m').x", "<m:>.x"),
        ("class B {}", "class0"),
        ("i++", "i"),
    ],
)
def test_expressions(source: str, shown: str) -> None:
    made = module(f"v = {source};").functions[0]
    assert bound(made)["v"] == f"v={shown}"


def test_long_literals_are_cut() -> None:
    assert names(f"const a = '{'x' * 500}';")["a"] == f"a='{'x' * 200}…'"


def test_augmented_assignment() -> None:
    made = module("let s = ''; s += a; o.t += 'x'; o.u ??= f(); n -= 1;").functions[0]
    assert trace(made) == ["?o.t = concat(?o.t 'x')", "else(?o.u): ?f()", "?o.u = (?? ?o.u ?f())"]
    assert bound(made)["n"] == "n=(- ?n 1)"
    texts = [show(made, number) for number, value in enumerate(made.values) if isinstance(value, ir.Text)]
    assert texts == ["concat(s ?a)", "concat(?o.t 'x')"]


def test_conditional_operands_stand_in_their_own_block() -> None:
    assert main("a && b(); c || d(); e ? f() : g();") == [
        "if(?a): ?b()",
        "else(?c): ?d()",
        "if(?e): ?f()",
        "else(?e): ?g()",
    ]


def test_generators_yield() -> None:
    assert trace(function("function* f() { yield 1; yield* g(); }", "f")) == ["yield 1", "?g()", "yield each(?g())"]


def test_jsx_takes_attributes_and_children() -> None:
    assert (
        names("const v = <A b={c} d='e' {...f}>{g} text<i>{h}</i></A>;", "a.tsx")["v"]
        == "v=<jsx ?A ?c 'e' each(?f) ?g <jsx ?h>>"
    )


# --- control flow


def test_switch_joins_empty_cases_and_ends_at_break() -> None:
    source = "switch (a) { case 1: case 2: { f(); break; } case 3: return; default: g(); }"
    assert trace(function(f"function t() {{ {source} }}", "t")) == [
        "case((|| (=== ?a 1) (=== ?a 2))): ?f()",
        "case((=== ?a 3)): return -",
        "case: ?g()",
    ]


def test_exits() -> None:
    made = function("function t() { if (a) return 1; else throw b; f(); }", "t")
    assert [(block.kind, block.exits) for block in made.blocks] == [("body", True), ("if", True), ("else", True)]
    ended = function("function t() { if (a) process.exit(1); const b = c || d.e; }", "t")
    assert [(block.kind, block.exits) for block in ended.blocks] == [("body", False), ("if", True)]
    caught = function("function t() { try { return a(); } catch { b(); } c(); }", "t")
    assert trace(caught) == ["try: ?a()", "try: return ?a()", "except(caught): ?b()", "?c()"]


def test_handlers_see_what_the_try_block_assigned() -> None:
    made = function("function t() { let a = 1; try { a = 2; f(); } catch (e) { g(a, e); } finally { h(a); } }", "t")
    assert trace(made) == ["try: ?f()", "except(e): ?g({a | a}, e)", "finally: ?h({a | a})"]


def test_loops() -> None:
    source = """for (const k in o) f(k); for (let i = 0; i < n; i++) g(i);
    while (a) h(); do j(); while (b); outer: for (;;) break outer;"""
    assert main(source) == ["loop(?o): ?f(k)", "loop((< i ?n)): ?g(i)", "loop(?a): ?h()", "loop: ?j()"]


def test_what_is_rewritten_is_lowered_once() -> None:
    assert main("(f().a)++; (g() as B).c += 1;") == [
        "?f()",
        "?f().a = (++ ?f().a)",
        "?g()",
        "?g().c = (+ ?g().c 1)",
    ]
    assert main("h()" + "++" * 200 + ";", "a.js") == ["?h()"]


def test_a_local_constant_is_a_key_like_a_literal_one() -> None:
    held = module('const KEY = "search"; const x = { [KEY]: 1, ["read"]: 2, [other()]: 3 };').functions[0].values
    (record,) = (value for value in held if isinstance(value, ir.Record))
    assert [entry.key for entry in record.entries] == ["search", "read", ""]


def test_a_carriage_return_alone_ends_a_line() -> None:
    module = lower("server.ts", "typescript", b"first();\rsecond();\r\nthird();\n")
    assert [value.line for value in module.functions[0].values if isinstance(value, ir.Call)] == [1, 2, 3]
