"""How a condition is put together: what its parts are asked, and which answers hold."""

import pytest
from linked import probed, program_of

from skillaudit.linking.calls.connectives import Reading
from skillaudit.linking.names.program import At

CASES = {
    "a": ({"a"}, {"not a"}),
    "not a": ({"not a"}, {"a"}),
    "a and b": ({"a", "b"}, set()),
    "a or b": (set(), {"not a", "not b"}),
    "not (a or not b)": ({"not a", "b"}, set()),
    "bool(a)": ({"a"}, {"not a"}),
    "(a and b) or (a and c)": ({"a"}, set()),
}


@pytest.mark.parametrize("condition", CASES)
def test_each_part_is_asked(condition: str) -> None:
    program = program_of({"m.py": f"def f(a, b, c):\n    held = {condition}\n    probe(held)\n"})

    def asked(at: At, *, sense: bool, depth: int) -> list[str]:
        assert depth > 0
        name = "abc"[getattr(program.value(at), "index", 0)]
        return [name if sense else f"not {name}"]

    def either(ways: list[tuple[str, ...]]) -> set[str]:
        return set.intersection(*map(set, ways))

    (at,) = probed(program, "m.py")
    reading = Reading(program, asked, either)
    assert (set(reading.of(at, sense=True, depth=12)), set(reading.of(at, sense=False, depth=12))) == CASES[condition]
    assert list(reading.of(at, sense=True, depth=1)) == []
