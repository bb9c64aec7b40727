"""Values that hold their like: followed as far as their number allows, and still found."""

import pytest
from linked import facts_of, program_of

from skillaudit.facts import Nature
from skillaudit.linking.origins import depths
from skillaudit.linking.origins.depths import Depths
from skillaudit.linking.values.origin import CUT, LONGEST_PATH

_DEEP = """\
import logging
import os

log = logging.getLogger(__name__)


def kept(part):
    return {"inner": {"first": {"key": part["held"]["one"]["key"]}}}


def main():
    part = {"held": {"one": {"key": os.environ["SHELF_API_KEY"]}}}
    log.info("made %s", kept(part)["inner"]["first"]["key"])


main()
"""


@pytest.mark.parametrize("longest", [1, 2, 3])
def test_shorter_paths_lose_no_secret(longest: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(depths, "_SPARED", 0)
    monkeypatch.setattr(depths, "_SHORTER", ((0.0, longest),))
    held = {flow.nature for call in facts_of({"app.py": _DEEP}).log_calls for flow in call.flows}
    assert Nature.SECRET_VARIABLE in held


def test_paths_get_shorter_as_answers_are_counted() -> None:
    counted = Depths.of(program_of({"app.py": "print(1)\n"}))
    longest = []
    for _ in range(100):
        for _ in range(1_000):
            counted.answered()
        longest.append(counted.longest)
    assert longest[0] == LONGEST_PATH
    assert longest == sorted(longest, reverse=True)
    assert longest[-1] == 1


def test_a_path_is_cut_once() -> None:
    short = Depths(longest=2, answers=0, _values=0)
    assert short.cut(("a", "b"), CUT) == ("a", "b")
    assert short.cut(("a", "b", "c", "d"), CUT) == ("a", "b", CUT)
    assert short.cut(("a", "b", CUT), CUT) == ("a", "b", CUT)


def test_counting_goes_on_from_an_earlier_place() -> None:
    counted = Depths.of(program_of({"app.py": "print(1)\n"}))
    for _ in range(100_000):
        counted.answered()
    counted.resume(0)
    assert counted.longest == LONGEST_PATH
