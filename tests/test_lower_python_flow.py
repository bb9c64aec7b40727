"""The Python front end: names, scopes, control flow, definitions, and files that are no good."""

import subprocess
import sys

import msgspec
import pytest
from lowered_python import body, bound, calls, module, returned, show, where

from skillaudit import ir
from skillaudit.collectors.python import lower
from skillaudit.lowering import LoweringError

# --- names


def test_imports_bind_what_python_binds() -> None:
    source = "import a.b, c.d as e\nfrom . import x\nfrom .p.q import r as s\nfrom m import *\n"
    assert bound(body(source)) == {"a": "<a:>", "e": "<c.d:>", "x": "<.:x>", "s": "<.p.q:r>", "*": "<m:*>"}


def test_packages_of_one_top_level_name_bind_it_once() -> None:
    assert bound(body("import a.b\nimport a.c\n")) == {"a": "<a:>"}


def test_alternative_imports_are_both_known() -> None:
    source = "try:\n    import fast as j\nexcept ImportError:\n    import slow as j\nj.x()\n"
    assert [show(body(source), call.callee) for call in calls(module(source))] == ["-?[<fast:> <slow:>].x"]
    source = "if TYPE_CHECKING:\n    from a import T\nelse:\n    from b import T\nT()\n"
    assert [show(body(source), call.callee) for call in calls(module(source))] == ["-?[<a:T> <b:T>]"]


def test_a_name_that_is_not_bound_here_is_left_to_the_linker() -> None:
    assert returned("x = 1\ndef f():\n    return x\n") == "x"
    assert returned("def f():\n    x = x + 1\n    return x\n") == "(+ x 1)"


def test_global_names_belong_to_the_enclosing_scope() -> None:
    source = "def f():\n    global g\n    if not g:\n        g = make()\n    return g\n"
    function = body(source, 1)
    stores = [s for s in function.steps if isinstance(s, ir.Store)]
    assert [(s.base, s.name, show(function, s.value)) for s in stores] == [(-1, "g", "make()")]
    assert bound(function) == {}
    assert returned(source) == "-?[make() g]"


def test_comprehension_names_end_with_the_comprehension() -> None:
    assert returned("def f(x):\n    y = [x for x in z]\n    return x\n") == "$x"
    assert bound(body("y = [x for x in z]\n")) == {"y": "[each(z)]"}
    assert "x" in bound(body("y = [lambda: x for x in z]\n"))
    assert bound(body("y = [v for x in z if (v := f(x))]\n"))["v"] == "f(each(z))"


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("a, b = f(), g()", {"a": "f()", "b": "g()"}),
        ("a, b = x", {"a": "x[0]", "b": "x[1]"}),
        ("a, *b, c = x", {"a": "x[0]", "b": "[each(x)]", "c": "x[-1]"}),
        ("a, (b, c) = x", {"a": "x[0]", "b": "x[1][0]", "c": "x[1][1]"}),
        ("a = b = x", {"a": "x", "b": "x"}),
        ("for i, v in x: pass", {"i": "each(x)[0]", "v": "each(x)[1]"}),
        ("with f() as (a, b): pass", {"a": "f()[0]", "b": "f()[1]"}),
        ("s = 'a'\ns += b", {"s": "-?['a' concat<'a' b>]"}),
        ("n = k\nn -= 2", {"n": "-?[k (- k 2)]"}),
        ("a: int = x", {"a": "x"}),
        ("type A[T: f()] = list[T]", {"A": "list[T]"}),
    ],
)
def test_assignment(statement: str, expected: dict[str, str]) -> None:
    assert bound(body(statement)) == expected


def test_members_and_items_are_stored() -> None:
    function = body("a.b = x\na['k'] = y\na.b += z\na[0] += 1\n")
    stores = [s for s in function.steps if isinstance(s, ir.Store)]
    assert [(show(function, s.base), s.name, show(function, s.key), show(function, s.value)) for s in stores] == [
        ("a", "b", "-", "x"), ("a", "", "'k'", "y"), ("a", "b", "-", "(+ a.b z)"), ("a", "", "0", "(+ a[0] 1)"),
    ]  # fmt: skip


# --- control flow


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("if a: x()", [("if", "a")]),
        ("if a: pass\nelif b: pass\nelse: x()", [("else", "a"), ("else", "b")]),
        ("for i in a: x()", [("loop", "a")]),
        ("while a: x()", [("loop", "a")]),
        ("for i in a: pass\nelse: x()", [("else", "-")]),
        ("with a: x()", [("with", "a")]),
        ("with a, b: x()", [("with", "a"), ("with", "b")]),
        ("try: x()\nexcept E: pass", [("try", "-")]),
        ("try: pass\nexcept (E, F): x()", [("except", "caught(E F)")]),
        ("try: return\nexcept E: pass\nelse: x()", [("else", "-")]),
        ("try: pass\nfinally: x()", [("finally", "-")]),
        ("try: pass\nexcept* E as e: x()", [("except", "caught(E)")]),
        ("a and x()", [("if", "a")]),
        ("a or x()", [("else", "a")]),
        ("x() if a else 0", [("if", "a")]),
        ("0 if a else x()", [("else", "a")]),
        ("[x() for i in a if i]", [("loop", "a"), ("if", "each(a)")]),
        ("assert a, x()", [("else", "a")]),
        ("match a:\n  case 'b' | 'c': x()", [("case", "(or (== a 'b') (== a 'c'))")]),
        ("match a:\n  case 1 if b: x()", [("case", "(and (== a 1) b)")]),
        ("match a:\n  case K(m=v) if v: x()", [("case", "(and (isinstance a K) a.m)")]),
        ("match a:\n  case _: x()", [("case", "-")]),
    ],
)
def test_a_call_stands_in_its_blocks(source: str, blocks: list[tuple[str, str]]) -> None:
    assert where(body(source), "x") == blocks


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("if c: v = 1\nelse: v = 2", "-?[1 2]"),
        ("v = 0\nif c: v = 1", "-?[1 0]"),
        ("v = 0\nif c:\n    v = 1\n    return", "0"),
        ("v = 0\nfor i in x: v = 1", "-?[1 0]"),
        ("for i in x:\n    v = 1\n    break\nelse: v = 2", "-?[2 1]"),
        ("while True:\n    try:\n        v = 1\n        break\n    except E: continue", "1"),
        ("v = 0\ntry: v = 1\nexcept E: use(v)", "-?[1 0]"),
        ("try: v = 1\nexcept E: raise", "1"),
        ("try: v = 1\nfinally: v = 2", "2"),
        ("match x:\n    case 1: v = 1\n    case _: v = 2", "-?[1 2]"),
        ("match x:\n    case [a, *v]: pass\n    case {'k': v}: pass\n    case str(v): pass", "-?[[each(x)] x['k'] x]"),
        ("v = 0\nwith c: v = 1", "1"),
    ],
)
def test_what_reaches_the_end(lines: str, expected: str) -> None:
    indented = "".join(f"    {line}\n" for line in lines.split("\n"))
    assert returned(f"def f():\n{indented}    return v\n") == expected


@pytest.mark.parametrize(
    ("lines", "exits"),
    [
        ("if c: return", True),
        ("if c: use()", False),
        ("if c:\n  if d: return\n  else: raise E", True),
        ("if c:\n  with d: return", True),
        ("if c:\n  while True: use()", True),
        ("if c:\n  while True:\n    if d: break", False),
        ("if c:\n  try: return\n  except E: pass", False),
        ("if c:\n  try: use()\n  finally: raise E", True),
        ("if c:\n  match d:\n    case 1: return\n    case _: raise E", True),
        ("if c: assert d", False),
    ],
)
def test_blocks_know_whether_their_end_is_reached(lines: str, exits: object) -> None:
    assert body(lines).blocks[1].exits is exits


@pytest.mark.parametrize(
    ("imported", "called", "exits"),
    [
        ("from flask import abort", "abort(400)", True),
        ("from werkzeug.exceptions import abort as stop", "stop(400)", True),
        ("import sys", "sys.exit()", True),
        ("import sys", "exit()", True),
        ("from mine import abort", "abort(400)", False),
        ("import mine", "mine.exit()", False),
        ("from mine import exit", "exit()", False),
        ("import sys", "sys.stdout.flush()", False),
    ],
)
def test_a_call_that_never_comes_back_ends_its_block(imported: str, called: str, exits: bool) -> None:  # noqa: FBT001
    source = f"{imported}\n\n\ndef f(x):\n    if x:\n        {called}\n    return x\n"
    assert body(source, 1).blocks[1].exits is exits


def test_a_raise_keeps_its_cause() -> None:
    function = body("try: f()\nexcept E as e:\n    raise X(1) from e\n")
    kept = [(s.name, show(function, s.value)) for s in function.steps if isinstance(s, ir.Store)]
    raised = [show(function, s.value) for s in function.steps if isinstance(s, ir.Raise)]
    assert (kept, raised) == ([("__cause__", "caught(E)")], ["X(1)"])


def test_yields() -> None:
    function = body("def f():\n    x = yield a\n    y = yield from b\n", 1)
    given = [(show(function, s.value), s.yields) for s in function.steps if isinstance(s, ir.Return)]
    assert given == [("a", True), ("each(b)", True)]
    assert bound(function) == {"x": "~yield()", "y": "~yield from(b)"}


# --- definitions

FUNCTION = '''\
# before
@d.e(1)
async def f(a: "x.Y | None", /, b=g(), *c, k: int = 2, **m) -> R[S]:
    """
    Doc.
      In.
    """
'''

CLASS = """\
@d
class A(B, m=c()):
    x: int = f()
    y: str
    z = x
    if q: w = 1
    def g(self, p): return self.x, (lambda: self)
    @staticmethod
    def s(p): return p
    class In:
        def h(this): return self, this
    @overload
    def o(self): ...
    def o(self, p): ...
"""


def test_a_function() -> None:
    outer, f = module(FUNCTION).functions
    assert (f.name, f.qualname, f.line, f.end_line, f.is_async, f.doc) == ("f", "f", 3, 7, True, "Doc.\n  In.")
    assert FUNCTION.encode()[f.start : f.end].startswith(b"async def f")
    assert [(p.name, p.kind, show(outer, p.type), show(outer, p.default), p.type_text) for p in f.params] == [
        ("a", "plain", "(| x.Y null)", "-", '"x.Y | None"'), ("b", "plain", "-", "g()", ""),
        ("c", "rest", "-", "-", ""), ("k", "plain", "int", "2", "int"), ("m", "keywords", "-", "-", ""),
    ]  # fmt: skip
    assert ([show(outer, d) for d in f.decorators], show(outer, f.returns)) == (["d.e(1)"], "R[S]")
    assert bound(outer) == {"f": "fn1"}


def test_a_comment_right_above_documents_a_function_without_docstring() -> None:
    assert body("x = 1\n# far\n\n# near\n# it\ndef f(): pass\n", 1).doc == "near\nit"


def test_a_lambda_takes_the_name_it_is_assigned_to() -> None:
    names = [(f.name, f.qualname) for f in module("a = lambda: 1\nb.c = lambda: 2\nf(lambda: 3)\n").functions[1:]]
    assert names == [("a", "a"), ("c", "c"), ("", "<lambda>")]


def test_a_class_has_fields_and_methods() -> None:
    lowered = module(CLASS)
    outer, (a, inner) = lowered.functions[0], lowered.classes
    assert ([show(outer, n) for n in a.bases], [show(outer, n) for n in a.decorators]) == (["B"], ["d"])
    assert [(f.name, show(outer, f.type), show(outer, f.value), f.type_text) for f in a.fields] == [
        ("x", "int", "f()", "int"), ("y", "str", "-", "str"), ("z", "-", "f()", ""), ("w", "-", "1", ""),
        ("In", "-", "class1", ""),
    ]  # fmt: skip
    assert [(m.name, lowered.functions[m.function].qualname, m.static) for m in (*a.methods, *inner.methods)] == [
        ("g", "A.g", False), ("s", "A.s", True), ("o", "A.o", False), ("h", "A.In.h", False),
    ]  # fmt: skip
    assert bound(outer) == {"A": "class0"}


def test_methods_know_their_object_and_closures_that_of_the_method() -> None:
    lowered = module(CLASS)
    g, s, h = (next(f for f in lowered.functions if f.name == name) for name in "gsh")
    closure = lowered.functions[2]
    assert [[p.name for p in f.params] for f in (g, s, h)] == [["p"], ["p"], []]
    ends = [show(f, [step.value for step in f.steps if isinstance(step, ir.Return)][-1]) for f in (g, s, h, closure)]
    assert ends == ["[self.x fn2]", "$p", "[self self]", "self"]
    assert isinstance(closure.values[0], ir.Receiver)
    assert (g.owner, s.owner, h.owner, closure.owner, closure.parent) == (0, 0, 1, -1, 1)


# --- files


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (b"x = 1\ny = = 2\n", "syntax error at line 2"),
        (b"print 'x'\n", "syntax error at line 1"),
        (b"x = \0\n", "syntax error"),
        (b"x = 'a' b'b'\n", "syntax error: Cannot concatenate"),
        (b"x = 'a' t'b'\n", "syntax error"),
        (b"x = " + b"not " * 2000 + b"1\n", "nested too deeply"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(source: bytes, reason: str) -> None:
    with pytest.raises(LoweringError, match=reason):
        lower("a.py", "python", source)


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        (b"", 0),
        (b"\xef\xbb\xbf", 1),
        (b"# only", 1),
        (b"\n \n", 2),
        (b"\xef\xbb\xbf\x0cf()\n\x0c\n\x0cdef g():\n  f()\n", 4),
        (b"f('\xe9')\n\x0cf()", 2),
        (b"# \xc3\xa9\r\nf('\xc3\xa9', f())\r", 2),
        (b"class A: return 1\nbreak\ncontinue\nyield\nglobal q\nf()\n", 6),
        (b"lazy import a\nlazy from b import c\ntry: f()\nexcept A, B: f()\n", 4),
        (b"x = f'{d[\"k\"]} {f(f\"{1}\")}' + t'{y!r}'\n", 1),
        (b"if a: pass\n" + b"elif b: f()\n" * 300, 301),
        (b"x = '\\ud800' f'\\udfff{f()}'\n", 1),
        (b"x = 0x" + b"f" * 9000 + b"\nf(" + b"9" * 9000 + b")\n", 2),
    ],
)
def test_odd_files_keep_lines_and_offsets(source: bytes, lines: int) -> None:
    lowered = lower("a.py", "python", source)
    assert lowered.lines == lines
    assert all(source[c.start : c.end].startswith(b"f(") and source[c.end - 1 : c.end] == b")" for c in calls(lowered))
    assert len(calls(lowered)) == source.count(b"f(")
    assert msgspec.json.decode(msgspec.json.encode(lowered), type=ir.Module) == lowered


CONFINED = r"""
import resource
from skillaudit.collectors.python import lower
from skillaudit.lowering import LoweringError
resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
lower("a.py", "python", b"def f(a: 'x | y', b: 'no (') -> None:\n  return f'{a!r}', '\\N{BULLET}', g(b)\n# \xff\n")
try:
    lower("a.py", "python", b"x = = 1")
except LoweringError as error:
    print(error)
"""


def test_nothing_is_loaded_after_the_import() -> None:
    done = subprocess.run([sys.executable, "-c", CONFINED], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("syntax error at line 1\n", "")
