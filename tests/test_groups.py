"""The groups of a regular expression."""

import pytest

from skillaudit.facts import ALL_BUT_FEW
from skillaudit.linking.values._groups import groups, harmless, kept, one_line


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a(b+)c", {"0": "a(b+)c", "1": "b+"}),
        (r"(?P<key>\w+)=(?:x|(y))", {"0": r"(?P<key>\w+)=(?:x|(y))", "1": r"\w+", "key": r"\w+", "2": "y"}),
        (r"/(?<day>\d+)\((.)/g", {"0": r"(?<day>\d+)\((.)", "1": r"\d+", "day": r"\d+", "2": "."}),
        ("[()]+([^)]])", {"0": "[()]+([^)]])", "1": "[^)]]"}),
        ("((a)b)(?=c)(?<!d)", {"0": "((a)b)(?=c)(?<!d)", "1": "(a)b", "2": "a"}),
        ("a)(", {"0": "a)("}),
    ],
)
def test_each_group_by_number_and_by_name(text: str, found: dict[str, str]) -> None:
    assert groups(text) == found


@pytest.mark.parametrize(
    ("group", "size"), [(".+", ALL_BUT_FEW), (r"\S*?", ALL_BUT_FEW), (".{4}", 4), (".{2,6}", 6), ("ab", 0)]
)
def test_how_much_a_group_shows(group: str, size: int) -> None:
    assert kept(group) == size


def test_what_a_group_may_be() -> None:
    assert one_line(".+")
    assert one_line(r"\w+")
    assert not one_line("[^;]+")
    assert not one_line(r"[\s\S]*")
    assert harmless(r"\d+")
    assert harmless("[a-z]{1,8}")
    assert not harmless(".+")
    assert not harmless("(")
