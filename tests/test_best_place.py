"""Where a record of a tool is told to be mended: the one of each call before the one of its failures."""

from skillaudit.checks._servers import best_place
from skillaudit.facts import Tool
from skillaudit.model import Location, Surface
from skillaudit.trails import Moment, Said, Trace


def _at(line: int) -> Location:
    return Location("server.py", line)


def _tool(*trail: Trace) -> Tool:
    return Tool("look", _at(1), Surface.PRODUCTION, "", _at(1), (), "decorator", trail=trail)


def test_the_record_of_each_call_comes_before_a_fuller_one_of_its_failures() -> None:
    failed = Trace(_at(9), "handler", Moment.FAILURE, (Said.TOOL, Said.OUTCOME, Said.CALLER))
    each = Trace(_at(5), "middleware", Moment.EITHER, (Said.TOOL,))
    assert best_place(_tool(failed, each)) == _at(5)
    assert best_place(_tool(failed)) == _at(9)
    assert best_place(_tool()) == _at(1)
