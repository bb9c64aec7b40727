"""The Go front end: calls, expressions, files, damaged files."""

from collections import Counter

import pytest
from lowered_go import body, bound, calls, function, lowered, show

from skillaudit import ir
from skillaudit.collectors import go
from skillaudit.collectors._go_names import package_names, unquoted
from skillaudit.collectors._tree import parse
from skillaudit.lowering import LoweringError

# --- calls


SAMPLE = """package p

import (
	"fmt"
	slog2 "log/slog"
)

type Tool struct {
	Name string `json:"name"`
	run  func(a int) error
}

var registry = map[string]Tool{"a": {Name: name("a"), run: func(a int) error { return check(a) }}}

const size = len("abc")

func (t *Tool) Run(ctx context.Context, in ...string) (out string, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	for i, s := range split(in...) {
		switch v := parse(s).(type) {
		case string, []byte:
			go send(string(v), []byte("x")[0:len(s)])
		default:
			out += render[Tool](v) + handlers[s](v) + fmt.Sprintf("%d", i)
		}
	}
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case queue <- make(chan int, cap(in)):
	}
	values[key()], t.run = build(t.Name).With("é", 1).Do(), func(int) error { return nil }
	counts[next()] += step()
	if ok := check(1) == nil && check(2) == nil; !ok {
		slog2.Info("no", "tool", t.Name)
	}
	return
}
"""


def expected_calls(source: bytes) -> Counter[tuple[int, int]]:
    found: Counter[tuple[int, int]] = Counter()
    pending = [parse(go._LANGUAGE, source)]
    while pending:
        node = pending.pop()
        if node.type in {"call_expression", "type_conversion_expression"}:
            found[node.start_byte, node.end_byte] += 1
        length = node.child_by_field_name("length")  # of an array type: a constant, types are not evaluated
        pending += [child for child in node.named_children if child != length]
    return found


def actual_calls(module: ir.Module) -> Counter[tuple[int, int]]:
    return Counter((v.start, v.end) for f in module.functions for v in f.values if isinstance(v, ir.Call))


@pytest.mark.parametrize("source", [SAMPLE, "\ufeff" + SAMPLE, SAMPLE.replace("\n", "\r\n")])
def test_every_call_stands_once_at_its_place_and_is_done_once(source: str) -> None:
    raw = source.encode()
    module = lowered(raw)
    assert actual_calls(module) == expected_calls(raw)
    assert sum(actual_calls(module).values()) == 28
    assert module.unparsed == 0
    for f in module.functions:
        done = [s.value for s in f.steps if isinstance(s, ir.Do)]
        assert sorted(done) == [n for n, v in enumerate(f.values) if isinstance(v, ir.Call)]
        for value in f.values:
            if isinstance(value, ir.Call):
                assert raw[value.start : value.end].endswith(b")")
                assert raw[: value.start].count(b"\n") + 1 == value.line
                assert raw[: value.end].count(b"\n") + 1 == value.end_line


@pytest.mark.parametrize("start", range(0, len(SAMPLE), 29))
def test_broken_files_are_lowered_as_far_as_they_go(start: int) -> None:
    raw = SAMPLE.encode()
    for damaged in (raw[:start], raw[start:], raw[:start] + raw[start + 7 :], raw[:start] + b"{(\xff" + raw[start:]):
        assert actual_calls(lowered(damaged)) == expected_calls(damaged)


def test_lines_inside_syntax_errors_are_counted() -> None:
    module = lowered("package p\nfunc f() {\n\ta := := 1\n\tg()\n}\nfunc h() { i() }\n")
    assert module.unparsed == 1
    assert calls(function(module, "h")) == ["i()"]
    assert "g()" in calls(function(module, "f"))


def test_new_with_a_value() -> None:
    module = lowered('package p\nvar a, b = new("x"), new(pkg.Level(3))\nvar c = new([]int)\n')
    assert module.unparsed == 0
    assert calls(module.functions[0]) == ['new("x")', "pkg.Level(3)", "new(pkg.Level(3))", "new([][int])"]


def test_functions_survive_an_error_around_them() -> None:
    module = lowered("package p\n)\nfunc f() { g() }\n")
    assert calls(function(module, "f")) == ["g()"]


@pytest.mark.parametrize("source", [b"", b"\n", b"// nothing", b"\xff\x00\xfe)("])
def test_files_without_a_package_clause(source: bytes) -> None:
    assert lowered(source).package == ""


def test_too_deep_nesting_is_said() -> None:
    deep = "(" * 5000 + "1" + ")" * 5000
    with pytest.raises(LoweringError, match="nested too deeply"):
        lowered(f"package p\nvar x = {deep}\n")


def test_long_chains_are_no_deep_nesting() -> None:
    f = body("x := " + " + ".join(f'"{n}"' for n in range(3000)))
    text = next(v for v in f.values if isinstance(v, ir.Text))
    assert len(text.parts) == 3000
    assert sum(isinstance(v, ir.Text) for v in f.values) == 1


def test_invalid_utf8_keeps_byte_offsets() -> None:
    raw = b'package p\nfunc f() { g("\xff\xfe"); h() }\n'
    (first, second) = (v for v in function(lowered(raw), "f").values if isinstance(v, ir.Call))
    assert raw[second.start : second.end] == b"h()"
    assert raw[first.start : first.end] == b'g("\xff\xfe")'


def test_arguments_and_order_of_evaluation() -> None:
    f = body('a.b(g(1), "x", xs...).c(h())')
    assert calls(f) == ["g(1)", 'a.b(g(1), "x", ...xs)', "h()", 'a.b(g(1), "x", ...xs).c(h())']


@pytest.mark.parametrize(
    ("source", "callee"),
    [
        ("F[T](x)", "F"),
        ("F[int](x)", "F"),
        ("pkg.F[int, []string](x, y)", "pkg.F"),
        ("reflect.TypeFor[T]()", "reflect.TypeFor"),
        ("handlers[name](x)", "handlers[name]"),
        ("handlers[name](x, y)", "handlers[name]"),
        ('s.handlers["a"](x)', 's.handlers["a"]'),
        ("m := table(); m[Name](x)", "m=table()[Name]"),
        ("n := Key(); table[n](x)", "table[n=Key()]"),
        ("(*T)(nil)", "T"),
        ("[]byte(s)", "[][byte]"),
        ("string(b)", "string"),
        ("interface{}(b)", "any"),
        ("func() {}()", "fn2"),
    ],
)
def test_what_is_called(source: str, callee: str) -> None:
    f = body(source)
    call = [v for v in f.values if isinstance(v, ir.Call)][-1]
    assert show(f, call.callee) == callee


# --- values


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        (r'"a\tb\x41é\"\101"', '"a\tbAé"A"'),
        ("`a\\n`", '"a\\n"'),
        ("0x1F", "0x1F"),
        ("'a'", "'a'"),
        ("nil", "nil"),
        ("true", "true"),
        ("iota", "<iota >"),
        ("&x.y", "x.y"),
        ("*p", "p"),
        ("!ok", "(! ok)"),
        ("<-ch", "<receive ch>"),
        ("x.(*T)", "<type_assertion x T>"),
        ("m[k]", "m[k]"),
        ("s[1:n]", "s[<slice 1 n>]"),
        ("a + b", "(+ a b)"),
        ('"a" + b + (c + "d")', 'text("a", b, c, "d")'),
        ('a + 1 + "x" + b', 'text((+ a 1), "x", b)'),
        ("a && b || c", "(|| (&& a b) c)"),
        ("T{A: 1, B: &U{2}}", "T{A: 1, B: U{: 2}}"),
        ("[]T{{A: 1}, {A: 2}}", "[T{A: 1}, T{A: 2}]"),
        ("[]*T{{A: 1}}", "[T{A: 1}]"),
        ("[...]int{3: 1, 2}", "[1, 2]"),
        ('map[string]T{"k": {A: 1}, k: {}}', "map[[string, T]]{k: T{A: 1}, : T{}}"),
        ("map[string][]string{`a`: {`b`}}", 'map[[string, [][string]]]{a: ["b"]}'),
        ("pkg.T[int]{A: 1}", "pkg.T{A: 1}"),
        ("struct{ a, b int }{1, 2}", "class0{a: 1, b: 2}"),
        ("s.Handle", "s.Handle"),
        ("(*T).Handle", "T.Handle"),
        ("make(chan int)", "make(chan[int])"),
        ("new(T)", "new(T)"),
    ],
)
def test_expressions(expression: str, value: str) -> None:
    f = body(f"v := {expression}")
    assert bound(f)["v"] == f"v={value}"


def test_positional_literals_take_the_names_of_a_struct_in_the_file() -> None:
    module = lowered("package p\nvar x = []T{{1, 2}}\ntype T struct {\n\tA int\n\t*base.B\n}\n")
    assert bound(module.functions[0])["x"] == "x=[T=class0{A: 1, B: 2}]"


def test_long_literals_are_cut() -> None:
    f = body(f'v := "{"x" * 300}"')
    assert bound(f)["v"] == f'v="{"x" * 200}…"'


def test_escapes() -> None:
    assert unquoted(r'"\U0001F600\\\'"') == "\U0001f600\\'"
    assert unquoted(r'"\UFFFFFFFF"') == "\ufffd"


# --- files


def test_imports() -> None:
    module = lowered(
        'package p\nimport "fmt"\nimport (\n\tslog2 "log/slog"\n\t"github.com/x/y/v2"\n\t"gopkg.in/yaml.v3"\n'
        '\t"github.com/x/mcp-go"\n\t. "dot"\n\t_ "embed"\n\t"github.com/x/y/mcp"\n)\n'
    )
    f = module.functions[0]
    assert bound(f) == {
        name: f"{name}=import {path}"
        for name, path in {
            "fmt": "fmt",
            "slog2": "log/slog",
            "v2": "github.com/x/y/v2",
            "yaml": "gopkg.in/yaml.v3",
            "mcp-go": "github.com/x/mcp-go",
            "mcp": "github.com/x/y/mcp",
            "y": "github.com/x/y/v2",
        }.items()
    }
    assert ir.Import("dot", "*", 8) in f.values
    assert ir.Import("embed", "", 9) in f.values


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("log/slog", ("slog",)),
        ("github.com/x/y/v2", ("y", "v2")),
        ("k8s.io/api/core/v1", ("v1",)),
        ("gopkg.in/yaml.v3", ("yaml",)),
        ("github.com/x/go-foo", ("go-foo", "foo")),
        ("github.com/x/go-foo/v3", ("go-foo", "v3", "foo")),
        ("github.com/nats-io/nats.go", ("nats.go", "nats")),
    ],
)
def test_package_names(path: str, names: tuple[str, ...]) -> None:
    assert package_names(path) == names


def test_a_file() -> None:
    module = lowered("""//go:build linux

package store

import "C"

func main() {}
func Open() {}
type T int
var V, w = 1, 2
const K = `c`
""")
    assert (module.path, module.language, module.package, module.lines, module.unparsed) == (
        "main.go",
        "go",
        "store",
        11,
        0,
    )
    assert [(e.name, show(module.functions[0], e.value)) for e in module.exports] == [
        ("Open", "Open=fn2"),
        ("T", "T=class0"),
        ("V", "V=1"),
        ("K", 'K="c"'),
    ]
