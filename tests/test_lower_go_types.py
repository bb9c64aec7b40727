"""The Go front end: functions, methods and types."""

from lowered_go import body, bound, calls, function, lowered, returns, show

from skillaudit import ir


def test_a_method() -> None:
    module = lowered("""package p

// Other.

// Run runs
// it.
//go:noinline
func (s *Set[T]) Run(ctx context.Context, a, b string, _ int, o ...Option) (n int, err error) {
	go func() { s.log() }()
	return s.size, nil
}
type Set[T any] struct{ size int }
""")
    method = function(module, "Set.Run")
    assert (method.name, method.owner, method.parent, method.line, method.doc) == ("Run", 0, 0, 8, "Run runs\nit.")
    assert module.classes[0].methods == (ir.Method("Run", module.functions.index(method)),)
    assert [(p.name, p.kind, p.type_text, show(module.functions[0], p.type)) for p in method.params] == [
        ("ctx", "plain", "context.Context", "context.Context"),
        ("a", "plain", "string", "string"),
        ("b", "plain", "string", "string"),
        ("_", "plain", "int", "int"),
        ("o", "rest", "Option", "Option"),
    ]
    assert show(module.functions[0], method.returns) == "[int, error]"
    assert returns(method) == ["[self.size, nil]"]
    closure = function(module, "Set.Run.func1")
    assert (closure.name, closure.owner, closure.parent) == ("", -1, module.functions.index(method))
    assert calls(closure) == ["s.log()"]
    assert bound(method)["s"] == "self"


def test_named_results_are_returned_by_a_bare_return() -> None:
    module = lowered("""package p
func f() (n int, t pkg.T) {
	n = 1
	return
}
func g() (err error) { return }
func h() { return }""")
    assert returns(function(module, "f")) == ["[n=1, t=pkg.T{}]"]
    assert returns(function(module, "g")) == ["err=nil"]
    assert returns(function(module, "h")) == ["-"]


def test_functions_are_named_by_what_holds_them() -> None:
    module = lowered("""package p
var a = func() {}
var r = Command{Run: func() {}}
func f() {
	b := func() {}
	s.c = func() {}
	g(func() {})
}
""")
    assert [f.qualname for f in module.functions] == ["<module>", "f", "a", "Run", "f.b", "f.c", "f.func1"]
    assert [f.name for f in module.functions] == ["<module>", "f", "a", "Run", "b", "c", ""]


def test_structs() -> None:
    module = lowered("""package p
type S struct {
	*pkg.Base
	Mixin[int]
	A, b string `json:"a"`
	c map[string]*T // comment
	d func(int) error
}
""")
    (klass,) = module.classes
    scope = module.functions[0]
    assert (klass.name, klass.kind, [show(scope, b) for b in klass.bases]) == (
        "S",
        "struct",
        ["pkg.Base", "Mixin[int]"],
    )
    assert [(f.name, show(scope, f.type), f.type_text) for f in klass.fields] == [
        ("Base", "pkg.Base", "pkg.Base"),
        ("Mixin", "Mixin[int]", "Mixin[int]"),
        ("A", "string", 'string `json:"a"`'),
        ("b", "string", 'string `json:"a"`'),
        ("c", "map[[string, T]]", "map[string]*T"),
        ("d", "<function_type [int] error>", "func(int) error"),
    ]


def test_interfaces_and_other_types() -> None:
    module = lowered(
        "package p\ntype I interface {\n\tRun(ctx C, n int) (string, error)\n\tio.Closer\n\t~int | ~string\n}\n"
        "type H func(w W)\ntype L []T\ntype A = pkg.T\nvar l = L{{X: 1}}\n"
    )
    scope = module.functions[0]
    interface, handler, named = module.classes
    assert [(f.name, f.type_text, show(scope, f.type)) for f in interface.fields] == [
        ("Run", "func(ctx C, n int) (string, error)", "<function_type [C, int] [string, error]>")
    ]
    assert [show(scope, b) for b in interface.bases] == ["io.Closer", "(| int string)"]
    assert (handler.kind, show(scope, handler.bases[0])) == ("type", "<function_type [W]>")
    assert (named.kind, show(scope, named.bases[0])) == ("type", "[][T]")
    assert bound(scope)["A"] == "A=pkg.T"
    assert bound(scope)["l"] == "l=[T{X: 1}]"


def test_methods_of_a_type_declared_elsewhere() -> None:
    module = lowered("package p\nfunc (s Server) A() {}\nfunc (*Server) B() {}\n")
    (klass,) = module.classes
    assert (klass.name, klass.kind, [m.name for m in klass.methods]) == ("Server", "extension", ["A", "B"])
    assert "Server" not in bound(module.functions[0])


def test_types_inside_functions() -> None:
    f = body("type args struct { A string }\nvar a args\nuse(a)")
    assert calls(f) == ["use(a=args=class0{})"]
