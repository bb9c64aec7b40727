"""The Python front end: no call is lost or misplaced, and what becomes of each expression."""

import ast
import re
from collections import Counter

import libcst as cst
import pytest
from libcst.metadata import ByteSpanPositionProvider, MetadataWrapper, PositionProvider
from lowered_python import calls, module, value_of

from skillaudit import ir
from skillaudit.collectors._python_positions import Positions
from skillaudit.collectors.python import lower

EVERYTHING = '''\
"""Doc."""
import os, a.b as ab
from . import near
from ..up import one as two
X: int = first(second(1), key=third())[fourth()]

@outer.tool(name="té", desc=f"{fifth(1)!r:>{sixth()}} {{}}")
async def handler(ctx: "Context | None", q: Annotated[str, Field(description="ü")] = default(), *r, k=kdefault(), **kw):
    async with session.get(q, timeout=limit()) as (r, s), lock(): pass
    data = [await work(x, (lambda y: call(y))) for x in source() if check(x) for z in x.items()]
    table = {key(): value(), **spread()}
    text = "a" "b" f"{inner()}" + str(q) % (tail(),)
    (chained(1)
        .then(2)
        .also(
            3,
        ))
    if (m := match(q)) and m.group(1) or fallback():
        return (parenthesised(m))
    elif other(): raise Wrong("x") from cause()
    else:
        for i, v in enumerate(data): v[i].w = compute(v)
        else: afterwards()
    while running():
        try: risky()
        except (Bad, errors.get("x")) as e: report(e)
        else: fine()
        finally: done()
    match subject():
        case Point(x=0) if guard(): hit()
        case [a, *b] | {"k": a, **b}: several(a)
        case _: nothing()
    with (open(q) as f, open(k) as g): f.write(g.read())
    assert valid(q), explain(q)
    del table[key2()]
    yield emit()
    got = yield from sub()
    return one() if cond() else another()

class Thing(Base[arg()], meta=Meta()):
    field: int = Field(default=make())
    def method(self, a=adefault()) -> Result[call2()]:
        return self.run(a)(b)(c)
'''

SAMPLES = [
    EVERYTHING,
    EVERYTHING.replace("\n", "\r\n"),
    "\ufeff" + EVERYTHING,
    EVERYTHING.rstrip("\n"),
    "f(\n)\r\ng()\rh()",
]


# --- every call once, at its place


@pytest.mark.parametrize("source", SAMPLES)
def test_every_call_is_there_once_with_the_offsets_the_interpreter_gives(source: str) -> None:
    raw = source.encode()
    starts = [0, *(found.end() for found in re.finditer(rb"\r\n?|\n", raw))]
    mark = 3 if source.startswith("\ufeff") else 0
    tree = ast.parse(raw)
    inside = {c for t in ast.walk(tree) if isinstance(t, ast.JoinedStr) for c in ast.walk(t)}
    wanted = Counter(
        (
            starts[node.lineno - 1] + node.col_offset + mark * (node.lineno == 1),
            starts[node.end_lineno - 1] + (node.end_col_offset or 0) + mark * (node.end_lineno == 1),
            node.lineno,
            node.end_lineno,
        )
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and node not in inside
        and node.end_lineno  # before 3.12 those have no true position
    )
    found = Counter((call.start, call.end, call.line, call.end_line) for call in calls(lower("a.py", "python", raw)))
    assert not wanted - found
    assert sum((found - wanted).values()) == len([node for node in inside if isinstance(node, ast.Call)])


@pytest.mark.parametrize("source", SAMPLES)
def test_a_call_slices_back_to_an_expression_that_is_a_call(source: str) -> None:
    for call in calls(module(source)):
        text = source.encode()[call.start : call.end].decode()
        assert isinstance(cst.parse_expression(f"({text})"), cst.Call), text


@pytest.mark.parametrize("source", SAMPLES)
def test_every_call_that_runs_has_one_step(source: str) -> None:
    lowered = module(source)
    steps = Counter(
        function.values[step.value]
        for function in lowered.functions
        for step in function.steps
        if isinstance(step, ir.Do)
    )
    in_types = [text for text in ('Field(description="ü")', "call2()") if text in source]
    silent = [source.encode()[c.start : c.end].decode() for c in calls(lowered) if c not in steps]
    assert set(steps.values()) == {1}
    assert silent == in_types


@pytest.mark.parametrize("source", SAMPLES)
def test_positions_are_those_of_libcst(source: str) -> None:
    wrapper = MetadataWrapper(cst.parse_module(source.removeprefix("\ufeff")), unsafe_skip_copy=True)
    raw = source.removeprefix("\ufeff").encode()
    positions = Positions(wrapper.module, raw, (), single_byte=False)
    spans = wrapper.resolve(ByteSpanPositionProvider)
    lines = wrapper.resolve(PositionProvider)
    compared = [
        node for node in spans if positions.known(node) and isinstance(node, cst.BaseExpression | cst.BaseStatement)
    ]
    assert len(compared) > 3
    for node in compared:
        span, place = spans[node], lines[node]
        assert positions.span(node) == (span.start, span.start + span.length)
        assert positions.line(node) == place.start.line
        if not isinstance(node, cst.BaseStatement):
            assert positions.end_line(node) == place.end.line
    assert positions.complete


# --- expressions


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("'a' 'b'", "'ab'"),
        ("'a\\n\\x41\\u00e9\\101\\q' r'\\n'", "'a\nAéA\\q\\n'"),
        ("'\\ud800'", "'\ufffd'"),
        ("b'raw'", "'raw'"),
        ("f'{{}}'", "'{}'"),
        ("f'a{b}c' 'd'", "template<'a' b 'cd'>"),
        ("f'{b!r:>{w}}'", "template<(format (!r b) '>' w)>"),
        ("f'{b=}'", "template<'b=' (!r b)>"),
        ("f'{d[\"k\"]}'", "template<d['k']>"),
        ("'%s %s' % (a, b)", "percent<'%s %s' a b>"),
        ("'%s' % a", "percent<'%s' a>"),
        ("'a' + b + 'c' + d", "concat<'a' b 'c' d>"),
        ("a + b + 'c'", "concat<(+ a b) 'c'>"),
        ("'%s' % a + b + ('c' + d) - e", "(- concat<percent<'%s' a> b 'c' d> e)"),
        ("a + b", "(+ a b)"),
        ("'x {}'.format(a)", "'x {}'.format(a)"),
        ("0x_ff", "255"),
        ("1_000.5", "1000.5"),
        ("-1", "(- 1)"),
        ("None is not True", "(is not null true)"),
        ("a < b <= c", "(and (< a b) (<= b c))"),
        ("not a in b", "(not (in a b))"),
        ("a if b else c", "b?[a c]"),
        ("a or b and c", "(or a (and b c))"),
        ("{'k': a, b: c, **d}", "{k:a :c **:d}"),
        ("[a, *b]", "[a each(b)]"),
        ("a[1:, 'x']", "a[[~slice(1 null null) 'x']]"),
        ("f(a, *b, k=c, **d)", "f(a, *b, k=c, *d)"),
        ("[x.n for x in y]", "[each(y).n]"),
        ("{k: v for k, v in y}", "{:each(y)[1]}"),
        ("(x := a) + x", "(+ a a)"),
        ("\uff45val(x)", "eval(x)"),
        ("...", "~...()"),
        ("'" + "z" * 300 + "'", "'" + "z" * 200 + "…'"),
    ],
)
def test_expression(expression: str, expected: str) -> None:
    assert value_of(expression) == expected


def test_a_local_constant_is_a_key_like_a_literal_one() -> None:
    held = module('KEY = "search"\nx = {KEY: 1, "read": 2, other(): 3}\n').functions[0].values
    (record,) = (value for value in held if isinstance(value, ir.Record))
    assert [entry.key for entry in record.entries] == ["search", "read", ""]
