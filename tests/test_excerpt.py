from pathlib import Path

from judged import KEY, finding
from test_clean import SECRETS

from skillaudit.events import Cause, Rejection
from skillaudit.excerpt import line_hashes, places_of, take_excerpts
from skillaudit.facts import Step
from skillaudit.model import Location, Surface


def test_excerpts_are_masked_and_clipped(tmp_path: Path) -> None:
    secret = SECRETS["npm"]
    body = SECRETS["private key"].split("\n")[1]
    (tmp_path / "server.py").write_text(f"one = '{secret}'\n\n{SECRETS['private key']}\n{'x' * 500}\nlast\n")
    places = [Location("server.py", n) for n in (1, 4, 8, 9, 99)] + [Location("gone.py", 1), Location("", 1)]
    taken = take_excerpts(tmp_path, places, KEY)
    assert set(taken) == {("server.py", n, n) for n in (1, 4, 8, 9)}
    assert secret[:8] not in taken["server.py", 1, 1].lines[0]
    assert body[:8] not in "".join(taken["server.py", 4, 4].lines)
    assert len(taken["server.py", 8, 8].lines[0]) == 203
    assert taken["server.py", 9, 9].lines == ("last",)
    assert taken["server.py", 9, 9].end_column == 5


def test_line_hashes_are_those_of_codeql() -> None:
    # The expectations are those of github/codeql-action, src/fingerprints.test.ts.
    assert line_hashes("", [1]) == {1: "c129715d7a2bc9a3:1"}
    assert line_hashes(" a\nb\n  \tc\n d", range(1, 9)) == {
        1: "271789c17abda88f:1",
        2: "54703d4cd895b18:1",
        3: "180aee12dab6264:1",
        4: "a23a3dc5e078b07b:1",
    }
    windows = line_hashes(" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End", range(1, 7))
    assert windows[1] == "8b7cf3e952e7aeb2:1"
    assert windows[6] == "e6ceba753e1a442:1"


def test_equal_windows_are_counted() -> None:
    assert [one[-2:] for one in line_hashes("x\n" * 200, range(1, 4)).values()] == [":1", ":2", ":3"]


def test_a_fact_names_its_own_places() -> None:
    refused = Rejection(Location("a.py", 2), Surface.PRODUCTION, "", Cause.CREDENTIAL, "401", (Location("a.py", 1),))
    assert [str(one) for one in places_of(refused)] == ["a.py:2", "a.py:1"]
    assert [str(one) for one in places_of(finding(4, trace=(Step(Location("a.py", 2), "source"),)))] == ["server.py:4"]
    assert list(places_of("a.py")) == []
