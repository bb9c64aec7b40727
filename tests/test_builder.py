from skillaudit import ir
from skillaudit.builder import FunctionBuilder, Header


def _builder() -> FunctionBuilder:
    return FunctionBuilder(0, Header("f", "f", 1, 9))


def _literal(builder: FunctionBuilder, text: str) -> int:
    return builder.add(ir.Literal("num", text))


def _leaves(builder: FunctionBuilder, number: int) -> set[str]:
    value = builder.values[number]
    match value:
        case ir.Choice():
            return {leaf for option in value.options for leaf in _leaves(builder, option)}
        case ir.Variable():
            return _leaves(builder, value.value)
        case ir.Literal():
            return {value.text}
        case _:
            return {type(value).__name__}


def test_closures_see_every_value_of_a_name_that_is_assigned_often() -> None:
    builder = _builder()
    for number in range(1000):
        builder.assign("x", _literal(builder, str(number)), number + 1)
    (binding,) = builder.finish().bindings
    assert _leaves(builder, binding.value) == {str(number) for number in range(1000)}
    assert binding.line == 1000


def test_many_assignments_stay_linear() -> None:
    builder = _builder()
    for number in range(1000):
        builder.assign("x", _literal(builder, str(number)), number + 1)
    sizes = [len(value.options) for value in builder.values if isinstance(value, ir.Choice)]
    assert max(sizes) <= 32
    assert len(sizes) <= 1000


def test_every_value_refers_to_earlier_ones_only() -> None:
    builder = _builder()
    for number in range(100):
        builder.assign("x", _literal(builder, str(number)), number + 1)
    choices = [(n, value) for n, value in enumerate(builder.values) if isinstance(value, ir.Choice)]
    assert all(option < number for number, value in choices for option in value.options)


def test_a_choice_between_choices_is_one_choice() -> None:
    builder = _builder()
    one, two, three = (_literal(builder, text) for text in "123")
    inner = builder.choice((one, two))
    assert builder.values[builder.choice((inner, three, one))] == ir.Choice((one, two, three))
    assert builder.choice((inner, one, two)) == inner


def test_a_conditional_expression_keeps_its_test_apart() -> None:
    builder = _builder()
    test, one, two = (_literal(builder, text) for text in "012")
    conditional = builder.choice((one, two), test)
    joined = builder.values[builder.choice((conditional, one))]
    assert joined == ir.Choice((conditional, one))
    assert builder.values[conditional] == ir.Choice((one, two), test)


def test_branches_join_only_what_differs() -> None:
    builder = _builder()
    same, before, after = (builder.assign(name, _literal(builder, name), 1) for name in ("same", "x", "y"))
    with builder.branch() as ways, ways.when("if", 2, 3):
        changed = builder.assign("x", _literal(builder, "changed"), 2)
        new = builder.assign("new", _literal(builder, "new"), 2)
    assert builder.env["same"] == same
    assert builder.env["y"] == after
    assert builder.env["new"] == new
    assert set(_options(builder, builder.env["x"])) == {before, changed}


def _options(builder: FunctionBuilder, number: int) -> tuple[int, ...]:
    value = builder.values[number]
    assert isinstance(value, ir.Choice)
    return value.options


def test_a_branch_that_leaves_contributes_nothing() -> None:
    builder = _builder()
    before = builder.assign("x", _literal(builder, "1"), 1)
    with builder.branch() as ways, ways.when("if", 2, 3):
        builder.assign("x", _literal(builder, "2"), 2)
        builder.give_back(-1, 3)
    assert builder.env["x"] == before


def test_the_body_says_whether_its_end_is_reached() -> None:
    left, ended = _builder(), _builder()
    left.give_back(-1, 2)
    assert left.finish().blocks[0] == ir.Block("body", -1, -1, 1, 9, exits=True)
    assert not ended.finish().blocks[0].exits


def test_names_of_an_enclosing_scope_are_stored_there_and_not_bound_here() -> None:
    builder = _builder()
    builder.declare_outer("x")
    value = builder.assign("x", _literal(builder, "1"), 2)
    made = builder.finish()
    assert made.bindings == ()
    assert made.steps == (ir.Store(-1, "x", value, 0, 2),)
    assert builder.read("x", 3) == value
