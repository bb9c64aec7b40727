"""Routing trees: whom an alert reaches is what Alertmanager's own tool answers."""

import json
from functools import cache

import pytest
from oracles import program
from routing.record import FOLDER, TABLE, ask, label_sets

from skillaudit.alerting.prometheus import trees
from skillaudit.alerting.routes import OPEN, Matcher, Route, matchers
from skillaudit.configuration import Document, Documents, Source
from skillaudit.configurations.structured import READER
from skillaudit.model import Location, Surface

CONFIGURATIONS = sorted(path.name for path in FOLDER.glob("*.yaml"))
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()]
PLACE = Location("a.yaml", 1)


@cache
def _root(name: str) -> Route:
    held = READER.read(Source(name, (FOLDER / name).read_text(encoding="utf-8"), lambda _: None))
    documents = tuple(Document(name, kind, node, Surface.PRODUCTION, "") for kind, node in held)
    (tree,) = trees(Documents(documents))
    return tree.root


def _ours(name: str, labels: dict[str, str]) -> str:
    return ",".join(route.receiver for route in _root(name).routed(labels))


def test_the_table_holds_every_label_set_for_every_configuration() -> None:
    sets = [json.dumps(labels) for labels in label_sets()]
    assert [row[:2] for row in ROWS] == [[name, labels] for name in CONFIGURATIONS for labels in sets]
    assert len(CONFIGURATIONS) >= 6
    assert len(ROWS) >= 60 * len(CONFIGURATIONS)
    assert all(len({row[2] for row in ROWS if row[0] == name}) >= 3 for name in CONFIGURATIONS)


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_receivers_are_those_that_amtool_gave(name: str) -> None:
    rows = [(labels, expected) for configuration, labels, expected in ROWS if configuration == name]
    assert [(labels, _ours(name, json.loads(labels))) for labels, _ in rows] == rows


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_amtool_still_gives_what_the_table_says(name: str) -> None:
    amtool = program("amtool")
    rows = [(json.loads(labels), expected) for configuration, labels, expected in ROWS if configuration == name][::6]
    assert [(labels, ask(amtool, FOLDER / name, labels)) for labels, _ in rows] == rows


def _leaf(name: str, *conditions: Matcher, continues: bool = False) -> Route:
    return Route(name, PLACE, conditions, (), continues)


def test_labels_that_are_not_known_leave_every_way_open() -> None:
    root = Route("root", PLACE, (), (_leaf("team", Matcher("team", "=", "a")), _leaf("all", Matcher("sev", "=", "p0"))))
    assert [one.receiver for one in root.possible({"sev": "p0"})] == ["team", "all"]
    assert [one.receiver for one in root.possible({"sev": "p0", "team": "b"})] == ["all"]
    assert [one.receiver for one in root.possible({"sev": "p1"})] == ["team", "root"]


def test_a_condition_that_cannot_be_read_never_decides() -> None:
    root = Route("root", PLACE, (), (_leaf("open", OPEN), _leaf("p0", Matcher("sev", "=", "p0"))))
    assert [one.receiver for one in root.possible({"sev": "p0"})] == ["open", "p0"]


def test_a_root_that_takes_only_its_own_alerts_takes_no_others() -> None:
    root = Route("root", PLACE, (Matcher("namespace", "=", "mcp"),))
    assert root.routed({"namespace": "other"}) == ()
    assert root.possible({}) == (root,)


@pytest.mark.parametrize("text", ["a", 'a="b', "=b", 'a="b"c"', "a=~"])
def test_what_is_no_matcher_is_none(text: str) -> None:
    assert matchers(text) in {None, (Matcher("a", "=~", ""),)}


def test_hostile_patterns_are_matched_in_linear_time() -> None:
    assert not Matcher("a", "=~", "(a+)+b").takes("a" * 50_000)
    assert not Matcher("a", "=~", "(").takes("(")
    assert not Matcher("a", "!~", "(?=a)").takes("b")
