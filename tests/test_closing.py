"""What a helper gives back to one caller is not what another one handed in, however it goes through closures."""

import pytest
from linked import facts_of

from skillaudit.facts import Facts, Nature

_SCRIPTS = {
    "foreach": "(h) { const out = {}; h.forEach((v, k) => { out[k] = v; }); return out; }",
    "entries": "(h) { const o = {}; Object.entries(h).forEach(([k, v]) => { o[k.trim()] = v; }); return o; }",
    "collected": "(h) { const m = new Map(); Object.entries(h).forEach(([k, v]) => m.set(k, v)); return [...m]; }",
    "assigned": "(h) { let kept; [h].forEach((one) => { kept = one; }); return kept; }",
    "classes": "(h) { class Box { constructor(v) { this.v = v; } get() { return this.v; } } return new Box(h).get(); }",
    "folded": "(h) { return Object.keys(h).reduce((all, k) => { all[k] = h[k]; return all; }, {}); }",
    "folded_copies": "(h) { return Object.entries(h).reduce((all, [k, v]) => ({...all, [k]: v}), {}); }",
    "settled": "(h) { return new Promise((answer) => { setTimeout(() => answer(h), 1); }); }",
}
_CLASSES = """
from dataclasses import dataclass

class Box:
    def __init__(self, kept):
        self.kept = kept

    def get(self):
        return self.kept

class Heir(Box):
    pass

@dataclass
class Pair:
    first: object
    second: int
"""
_PYTHON = {
    "held": "    kept = None\n    def put(x):\n        nonlocal kept\n        kept = x\n    put(h)\n    return kept",
    "folded": "    return functools.reduce(lambda all, pair: {**all, pair[0]: pair[1]}, h.items(), {})",
    "objects": "    return Box(h).get()",
    "heirs": "    box = Heir(h)\n    return box.get()",
    "fields": "    return Box(h).kept",
    "records": "    return Pair(h, 1).first",
    "mapped": "    return dict(map(lambda pair: (pair[0], pair[1]), h.items()))",
}
_GO = """package main

import (
	"log/slog"
	"os"
)

func helper(h map[string]string) map[string]string {
	out := map[string]string{}
	put := func(k, v string) { out[k] = v }
	for k, v := range h {
		put(k, v)
	}
	return out
}

func one() { slog.Info("first", "got", helper(map[string]string{"authorization": os.Getenv("API_SECRET_TOKEN")})) }

func two() { slog.Info("second", "got", helper(map[string]string{"accept": "text/plain"})) }

func main() { one(); two() }
"""


def _script(body: str) -> str:
    return (
        'import pino from "pino";\nconst log = pino();\n'
        f"export function helper{body}\n"
        "export function one() {\n"
        '  log.info({ got: helper({ authorization: process.env.API_SECRET_TOKEN }) }, "first");\n}\n'
        'export function two() {\n  log.info({ got: helper({ accept: "text/plain" }) }, "second");\n}\none(); two();\n'
    )


def _python(body: str) -> str:
    return (
        f"import functools\nimport logging\nimport os\nlog = logging.getLogger(__name__)\n{_CLASSES}\n"
        f"def helper(h):\n{body}\n\n"
        'def one():\n    log.info("one", extra={"got": helper({"authorization": os.environ["API_SECRET_TOKEN"]})})\n\n'
        'def two():\n    log.info("second", extra={"got": helper({"accept": "text/plain"})})\n\none()\ntwo()\n'
    )


@pytest.fixture(scope="module")
def facts() -> Facts:
    files = {f"{name}.ts": _script(body) for name, body in _SCRIPTS.items()}
    files |= {f"{name}.py": _python(body) for name, body in _PYTHON.items()}
    return facts_of(files | {"main.go": _GO, "go.mod": "module example.com/m\n\ngo 1.22\n"})


@pytest.mark.parametrize("path", [*(f"{n}.ts" for n in _SCRIPTS), *(f"{n}.py" for n in _PYTHON), "main.go"])
def test_only_the_call_that_hands_a_secret_in_gets_one(facts: Facts, path: str) -> None:
    calls = [call for call in facts.log_calls if call.location.path == path]
    secret = [any(flow.nature is Nature.SECRET_VARIABLE for flow in call.flows) for call in calls]
    assert secret == [True, False]


def test_what_masks_each_element_hides_it() -> None:
    masked = "    return list(map(lambda pair: len(pair[1]), h.items()))"
    facts = facts_of({"server.py": _python(masked)})
    assert [call.flows for call in facts.log_calls] == [(), ()]


def test_a_text_that_is_split_at_commas_is_no_credential_whatever_it_is_called() -> None:
    facts = facts_of(
        {
            "server.py": "import logging\nlog = logging.getLogger(__name__)\n"
            'def parts(token):\n    return token.split(",")\n'
            'def look(text):\n    log.info("looked up %s", parts(text))\n'
            'def check(token):\n    log.info("checked %s", token.split("."))\n'
        }
    )
    held = {call.location.line: [flow.nature for flow in call.flows] for call in facts.log_calls}
    assert held == {6: [], 8: [Nature.CREDENTIAL]}
