"""The Go front end: variables, scopes, assignments and control flow."""

import pytest
from lowered_go import blocks, body, bound, calls, function, lowered, returns, stores

# --- variables and scopes


def test_several_results_are_items_of_the_call() -> None:
    f = body("a, err := g()\nb, err := h()\nuse(a, b, err)")
    assert calls(f)[-1] == "use(a=g()[0], b=h()[0], err=h()[1])"


def test_success_flags_are_not_part_of_the_value() -> None:
    f = body("v, ok := m[k]\nw, ok := x.(T)\nu, ok := <-c")
    assert bound(f) == {
        "v": "v=m[k]",
        "ok": "{ok=<ok m[k]> | ok=<ok <type_assertion x T>> | ok=<ok <receive c>>}",
        "w": "w=<type_assertion x T>",
        "u": "u=<receive c>",
    }


def test_a_block_has_its_own_names() -> None:
    f = body("x := 1\nif c {\n\tx := 2\n\tuse(x)\n}\nuse(x)\n{ y := 3; use(y) }\nuse(y)")
    assert calls(f) == ["use(x=2)", "use(x=1)", "use(y=3)", "use(y)"]


def test_an_assignment_in_a_block_reaches_what_follows() -> None:
    f = body("x := 1\nif c { x = 2 }\nuse(x)\nif c { x = 3 } else { x = 4 }\nuse(x)")
    assert calls(f) == ["use({x=2 | x=1})", "use({x=3 | x=4})"]


def test_swapping() -> None:
    f = body("a, b := 1, 2\na, b = b, a\nuse(a, b)")
    assert calls(f) == ["use(a=b=2, b=a=1)"]


def test_zero_values() -> None:
    f = body("var s string\nvar n int\nvar e error\nvar t pkg.T\nvar p *T\nvar l []T\nvar m map[K]V\nvar g func()")
    assert list(bound(f).values()) == [
        's=""', "n=0", "e=nil", "t=pkg.T{}", "p=T{}", "l=[]", "m=map[[K, V]]{}", "g=nil",
    ]  # fmt: skip


def test_constants_repeat_what_stands_above() -> None:
    f = lowered('package p\nconst (\n\tA, B = iota, 1\n\tC, D\n\tE = "e"\n)\n').functions[0]
    assert bound(f) == {"A": "A=<iota >", "B": "B=1", "C": "C=<iota >", "D": "D=1", "E": 'E="e"'}


def test_stores() -> None:
    f = body('x := 0\nx++\ns.a.b = x\ns.m[k] = 1\n*p = 2\ns.n += "t"\npkg = 3\nq := &x\n*q = 4\nuse(x, q)')
    assert stores(f) == [
        "s.a.b[-] <- x=(+ x=0 1)",
        "s.m.[k] <- 1",
        "-.p[-] <- p=2",
        's.n[-] <- text(s.n, "t")',
        "-.pkg[-] <- pkg=3",
    ]
    assert calls(f) == ["use(x=(+ x=0 1), q=4)"]


def test_what_a_closure_assigns_belongs_to_the_function_around_it() -> None:
    module = lowered("package p\nfunc f() {\n\tn := 0\n\tg(func() {\n\t\tn = 1\n\t\tuse(n)\n\t})\n}\n")
    closure = function(module, "f.func1")
    assert stores(closure) == ["-.n[-] <- n=1"]
    assert calls(closure) == ["use(n=1)"]
    assert closure.parent == 1
    assert bound(closure) == {}


def test_an_outer_variable_assigned_in_a_branch_is_unknown_after_it() -> None:
    f = body("if c {\n\tlogger = g()\n\tuse(logger)\n}\nuse(logger)")
    assert calls(f) == ["g()", "use(logger=g())", "use(logger)"]


def test_string_building() -> None:
    f = body('s := "a"\ns += x\nuse(s + y)')
    assert calls(f) == ['use(text(s=text(s="a", x), y))']


# --- control flow


def test_if_with_initialiser() -> None:
    f = body("if err := g(); err != nil {\n\treturn nil, err\n} else if c {\n\th()\n} else {\n\ti()\n}\nuse(err)")
    assert blocks(f) == [
        ("if", 0, "(!= err=g() nil)", True),
        ("else", 0, "(!= err=g() nil)", False),
        ("if", 2, "c", False),
        ("else", 2, "c", False),
    ]
    assert returns(f) == ["[nil, err=g()]"]
    assert calls(f)[-1] == "use(err)"


@pytest.mark.parametrize(
    ("source", "exits"),
    [
        ('panic("x")', True),
        ("os.Exit(1)", True),
        ('stdlog.Fatalf("x")', True),
        ('log.Fatal("x")', False),
        ("os := g()\nos.Exit(1)", False),
        ("panic := g()\npanic(1)", False),
        ("g()", False),
    ],
)
def test_calls_that_never_return(source: str, exits: bool) -> None:  # noqa: FBT001 - a parameter of the table
    imports = 'import (\n"os"\nstdlog "log"\n"example.org/app/log"\n)'
    module = lowered(f"package p\n{imports}\nfunc f() {{\nif c {{\n{source}\n}}\n}}\n")
    assert function(module, "f").blocks[1].exits == exits


def test_loops() -> None:
    f = body("for i := 0; i < n; i++ { a(i) }\nfor k, v := range xs { b(k, v) }\nfor ok() { c() }\nfor { d() }")
    assert [b[:3] for b in blocks(f)] == [
        ("loop", 0, "(< i=0 n)"),
        ("loop", 0, "xs"),
        ("loop", 0, "ok()"),
        ("loop", 0, "-"),
    ]
    assert calls(f) == ["a(i=0)", "b(k=<key xs>, v=each(xs))", "ok()", "c()", "d()"]


def test_range_over_existing_variables() -> None:
    f = body("var v int\nfor _, v = range xs { }\nfor s.i = range xs { }\nuse(v)")
    assert stores(f) == ["s.i[-] <- <key xs>"]
    assert calls(f) == ["use({v=each(xs) | v=0})"]


def test_what_is_assigned_before_a_break_holds_after_the_loop() -> None:
    f = body("found := 0\nfor _, v := range xs {\n\tif v.ok { found = v; break }\n}\nuse(found)")
    assert calls(f) == ["use({found=0 | found=v=each(xs)})"]
    assert blocks(f) == [("loop", 0, "xs", False), ("if", 1, "v=each(xs).ok", True)]


def test_labelled_jumps() -> None:
    f = body("""x := 0
outer:
for a() {
	for b() {
		x := 9
		if x > c { continue outer }
	}
	x = 1
	break outer
}
use(x)""")
    assert calls(f)[-1] == "use({x=0 | x=1})"
    assert [b[3] for b in blocks(f)] == [True, False, True]


def test_switch() -> None:
    f = body(
        "x := 0\nswitch y := g(); y {\ncase 1, 2:\n\tx = 1\n\tbreak\ncase h():\n\tx = 2\ndefault:\n\treturn\n}\nuse(x)"
    )
    assert blocks(f) == [
        ("case", 0, "(|| (== y=g() 1) (== y=g() 2))", True),
        ("case", 0, "(== y=g() h())", False),
        ("case", 0, "-", True),
    ]
    assert calls(f) == ["g()", "h()", "use({x=2 | x=1})"]


def test_a_switch_all_of_whose_cases_return() -> None:
    f = body(
        "if c {\nswitch {\ncase a:\n\treturn 1\ndefault:\n\treturn 2\n}\n}\nfor {\nselect {\ncase <-d:\nreturn\n}\n}"
    )
    assert blocks(f) == [
        ("if", 0, "c", True),
        ("case", 1, "a", True),
        ("case", 1, "-", True),
        ("loop", 0, "-", True),
        ("case", 4, "<receive d>", True),
    ]


def test_type_switch() -> None:
    f = body("switch v := x.y.(type) {\ncase string:\n\ta(v)\ncase int, *T:\n\tb(v)\ndefault:\n\tc(v)\n}")
    assert [b[2] for b in blocks(f)] == ["string", "[int, T]", "-"]
    asserted = ["a(v=<type_assertion x.y string>)", "b(v=<type_assertion x.y [int, T]>)"]
    assert calls(f) == [*asserted, "c(v=x.y)"]


def test_select() -> None:
    f = body("select {\ncase <-ctx.Done():\n\treturn\ncase m, ok := <-in:\n\ta(m, ok)\ncase out <- g():\n\tb()\n}")
    assert [(b[2], b[3]) for b in blocks(f)] == [
        ("<receive ctx.Done()>", True),
        ("<receive in>", False),
        ("<send_statement out g()>", False),
    ]
    assert calls(f) == ["ctx.Done()", "g()", "a(m=<receive in>, ok=<ok <receive in>>)", "b()"]


def test_goto_leaves_and_its_label_is_reached() -> None:
    f = body("if c {\n\tgoto end\n}\nreturn\nend:\n\tg()")
    assert blocks(f) == [("if", 0, "c", True)]
    assert calls(f) == ["g()"]
