"""Where values come from: traces, and what must not change a verdict."""

from collections.abc import Callable, Mapping
from functools import cache

import pytest
from audits import audit_tree, linked
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from small_servers import golang, python, typescript

from skillaudit.facts import Flow, Form, LogCall, Nature
from skillaudit.rubric import rubric

Files = Mapping[str, str]

FEW = settings(
    max_examples=2,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
SETTINGS = """\
import os

def key():
    return os.environ["DESK_API_KEY"]
"""
CONNECT = """\
import logging

log = logging.getLogger(__name__)


def connect(given):
    opened = open("state")
    opened.write("x")
    opened.close()
    text = opened.read()
    rest = text.split(",")
    log.info("to %s, %d", given, len(rest))
    return rest
"""


def records(files: Files) -> tuple[LogCall, ...]:
    return linked(files).log_calls


def flows(files: Files) -> list[Flow]:
    return [flow for call in records(files) for flow in call.flows]


def only(files: Files) -> Flow:
    (flow,) = flows(files)
    return flow


Verdicts = list[tuple[Nature, Form, bool, bool]]


def natures(files: Files) -> Verdicts:
    """What reaches records, with nothing in it that a name or a place could change."""
    return _natures(tuple(files.items()))


@cache
def _natures(files: tuple[tuple[str, str], ...]) -> Verdicts:
    return sorted((flow.nature, flow.form, flow.partial, flow.escaped) for flow in flows(dict(files)))


def stops(flow: Flow) -> list[tuple[str, int]]:
    return [(step.location.path, step.location.line) for step in flow.trace]


# --- traces


def test_a_trace_begins_at_the_source_and_ends_at_the_record() -> None:
    files = {
        "settings.py": SETTINGS,
        "server.py": python('found = key()\nlog.info("key %s", found)', "from settings import key"),
    }
    trace = stops(only(files))
    assert trace[0] == ("settings.py", 4)
    assert ("server.py", 10) in trace
    assert trace[-1] == ("server.py", 11)


def test_a_trace_follows_a_parameter_to_its_caller() -> None:
    files = {
        "desk.py": CONNECT,
        "settings.py": SETTINGS,
        "server.py": python("connect(key())", "from desk import connect\nfrom settings import key"),
    }
    trace = stops(only(files))
    assert trace[0] == ("settings.py", 4)
    assert trace[-1] == ("desk.py", 12)
    assert ("server.py", 11) in trace


def test_a_trace_crosses_files_in_typescript() -> None:
    files = {
        "package.json": '{"name": "desk"}',
        "settings.ts": "export function key() {\n  return process.env.DESK_API_KEY!;\n}\n",
        "server.ts": typescript("log.info({ v: key() });", 'import { key } from "./settings.js";'),
    }
    trace = stops(only(files))
    assert trace[0] == ("settings.ts", 2)
    assert trace[-1] == ("server.ts", 10)


def test_a_trace_crosses_files_in_go() -> None:
    files = {
        "go.mod": "module example.test/desk\n\ngo 1.24\n",
        "settings.go": 'package main\n\nimport "os"\n\nfunc key() string {\n\treturn os.Getenv("DESK_API_KEY")\n}\n',
        "main.go": golang('slog.Info("key", "v", key())'),
    }
    trace = stops(only(files))
    assert trace[0] == ("settings.go", 6)
    assert trace[-1] == ("main.go", 14)


def test_every_stop_says_what_happens_there() -> None:
    files = {"settings.py": SETTINGS, "server.py": python('log.info("key %s", key())', "from settings import key")}
    assert all(step.note for step in only(files).trace)


# --- names do not matter where the origin speaks

GO_MODULE = {"go.mod": "module example.test/desk\n\ngo 1.24\n"}
GATE = """

async def gate({a}: Request):
    {b} = {a}.headers["authorization"]
    {c} = "<" + {b} + ">"
    log.info("x %s", {c})
"""
USE = """
express().use(({a}, answer) => {{
  const {b} = {a}.headers.authorization;
  const {c} = `<${{{b}}}>`;
  log.info({{ {c} }});
}});
"""
SPREAD = """
const {a} = process.env.DESK_API_KEY!;
const {b} = {{ {a} }};
const {{ {a}: {c} }} = {b};
log.info({{ {c} }});
"""
MAPPED = """
{a} := os.Getenv("DESK_API_KEY")
{b} := map[string]string{{"k": {a}}}
{c} := {b}["k"]
slog.Info("x", "v", {c})
"""


def _environment_python(a: str, b: str, c: str) -> Files:
    body = f'{a} = os.environ["DESK_API_KEY"]\n{b} = [{a}]\n{c} = {b}[0].strip()\nlog.info("x %s", {c})'
    return {"server.py": python(body, "import os")}


def _argument_python(a: str, b: str, c: str) -> Files:
    return {"server.py": python(f'{b} = {a}.upper()\n{c} = f"<{{{b}}}>"\nlog.info("x %s", {c})', "", f"{a}: str")}


def _argument_typescript(a: str, b: str, c: str) -> Files:
    return {"server.ts": typescript(f"const {b} = {a}.title;\nconst {c} = `<${{{b}}}>`;\nconsole.error({c});", "", a)}


def _argument_go(a: str, b: str, c: str) -> Files:
    body = f'{a} := req.GetArguments()\n{b} := {a}\n{c} := {b}\nslog.Info("x", "v", {c})'
    return GO_MODULE | {"main.go": golang(body)}


def _header_typescript(a: str, b: str, c: str) -> Files:
    return {"server.ts": typescript("log.info('went');", USE.format(a=a, b=b, c=c))}


ORIGINS: dict[str, Callable[[str, str, str], Files]] = {
    "environment, Python": _environment_python,
    "environment, TypeScript": lambda a, b, c: {"server.ts": typescript(SPREAD.format(a=a, b=b, c=c))},
    "environment, Go": lambda a, b, c: GO_MODULE | {"main.go": golang(MAPPED.format(a=a, b=b, c=c))},
    "header, Python": lambda a, b, c: {"server.py": python("log.info('went')") + GATE.format(a=a, b=b, c=c)},
    "header, TypeScript": _header_typescript,
    "argument, Python": _argument_python,
    "argument, TypeScript": _argument_typescript,
    "argument, Go": _argument_go,
}
MEANINGLESS = st.lists(
    st.sampled_from(["v1", "v2", "v3", "x", "y", "tmp", "thing", "item2", "foo", "qux"]),
    min_size=3,
    max_size=3,
    unique=True,
)


@pytest.mark.parametrize("origin", ORIGINS)
@FEW
@given(names=MEANINGLESS)
def test_renaming_local_variables_changes_no_verdict(origin: str, names: list[str]) -> None:
    render = ORIGINS[origin]
    found = natures(render(*names))
    assert found != []
    assert found == natures(render("one", "two", "three"))


# --- distance does not matter

HOPS = (0, 1, 2, 4)


def _returned(hops: int) -> Files:
    """The value comes out of a chain of functions, each in a file of its own."""
    files = {"f0.py": SETTINGS}
    for n in range(1, hops + 1):
        files[f"f{n}.py"] = f"from f{n - 1} import key as inner\n\n\ndef key():\n    got = inner()\n    return got\n"
    return files | {"server.py": python('log.info("x %s", key())', f"from f{hops} import key")}


def _passed(hops: int) -> Files:
    """The value goes through functions that give back what they are given."""
    value = 'os.environ["DESK_API_KEY"]'
    for n in range(hops):
        value = f"same{n}({value})"
    functions = "".join(f"\n\ndef same{n}(given):\n    kept = given\n    return kept\n" for n in range(hops))
    names = ", ".join(f"same{n}" for n in range(hops))
    imports = f"import os\nfrom same import {names}" if hops else "import os"
    return {"same.py": functions, "server.py": python(f'log.info("x %s", {value})', imports)}


def _handed_down(hops: int) -> Files:
    """The value goes down from function to function, and the last one writes it among other things."""
    last = CONNECT.replace("connect", "step0")
    steps = "".join(f"\n\ndef step{n}(given):\n    return step{n - 1}(given)\n" for n in range(1, hops + 1))
    body = f'step{hops}(os.environ["DESK_API_KEY"])'
    return {
        "steps.py": f"{last}{steps}",
        "server.py": python(body, f"import os\nfrom steps import step{hops}"),
    }


def _returned_typescript(hops: int) -> Files:
    files = {"f0.ts": "export const key = async () => process.env.DESK_API_KEY!;\n"}
    for n in range(1, hops + 1):
        inner = f'import {{ key as inner }} from "./f{n - 1}.js";\n'
        files[f"f{n}.ts"] = f"{inner}export async function key() {{\n  const got = await inner();\n  return got;\n}}\n"
    server = typescript("log.info({ v: await key() });", f'import {{ key }} from "./f{hops}.js";')
    return files | {"package.json": '{"name": "desk"}', "server.ts": server}


@pytest.mark.parametrize("hops", HOPS[1:])
@pytest.mark.parametrize("split", [_returned, _passed, _returned_typescript])
def test_one_more_function_on_the_way_changes_no_verdict(split: Callable[[int], Files], hops: int) -> None:
    near = natures(split(0))
    assert [nature for nature, *_ in near] == [Nature.SECRET_VARIABLE]
    assert natures(split(hops)) == near


@pytest.mark.parametrize("hops", [1, 2, 3])
def test_one_more_caller_changes_no_verdict(hops: int) -> None:
    near = natures(_handed_down(0))
    assert [nature for nature, *_ in near] == [Nature.SECRET_VARIABLE]
    assert natures(_handed_down(hops)) == near


# --- what happens on the way matters


PIECES = {"v": False, "v[:8]": True, "v[-8:]": True, "v.strip()": False, "f'<{v}>'": False, "v[:4] + '…'": True}
NOTHING = ("len(v)", "bool(v)", "not v", "v is None", "v == 'x'", "hashlib.sha256(v.encode()).hexdigest()", "type(v)",
           "'set' if v else 'unset'", "v.startswith('sk-')", "'x' in v", "hash(v)", "'*' * len(v)")  # fmt: skip


@cache
def _taken() -> dict[str, tuple[Flow, ...]]:
    """What arrives of a secret, by the expression that is logged."""
    expressions = (*PIECES, *NOTHING)
    lines = [f"v{n} = os.environ['DESK_API_KEY']; v = v{n}; log.info('x %s', {e})" for n, e in enumerate(expressions)]
    calls = records({"server.py": python("\n".join(lines), "import hashlib\nimport os")})
    return dict(zip(expressions, (call.flows for call in calls), strict=True))


@pytest.mark.parametrize("expression", PIECES)
def test_a_piece_of_a_secret_is_partial(expression: str) -> None:
    assert [flow.partial for flow in _taken()[expression]] == [PIECES[expression]]


@pytest.mark.parametrize("expression", NOTHING)
def test_nothing_of_a_secret_is_left(expression: str) -> None:
    assert _taken()[expression] == ()


@pytest.mark.parametrize(
    ("taken", "escaped"),
    [("%s", False), ("%r", True)],
)
def test_repr_escapes_a_tool_argument(taken: str, escaped: bool) -> None:  # noqa: FBT001 - a parameter of the case
    files = {"server.py": python(f'log.info("x {taken}", title)', "", "title: str")}
    assert only(files).escaped is escaped


def test_a_variable_that_is_overwritten_forgets() -> None:
    body = 'v = os.environ["DESK_API_KEY"]\nv = "x"\nlog.info("x %s", v)'
    assert flows({"server.py": python(body, "import os")}) == []


def test_a_branch_is_enough() -> None:
    body = 'v = "x"\nif log:\n    v = os.environ["DESK_API_KEY"]\nlog.info("x %s", v)'
    assert only({"server.py": python(body, "import os")}).nature is Nature.SECRET_VARIABLE


def test_a_recursive_function_ends() -> None:
    body = 'log.info("x %s", again(os.environ["DESK_API_KEY"], 3))'
    again = "import os\n\n\ndef again(v, n):\n    return v if n == 0 else again(v, n - 1)\n"
    assert [flow.nature for flow in flows({"server.py": python(body, again)})] == [Nature.SECRET_VARIABLE]


def test_code_outside_production_hands_nothing_to_production() -> None:
    test = (
        'import os\nfrom desk import connect\n\n\ndef test_connect():\n    assert connect(os.environ["DESK_API_KEY"])\n'
    )
    server = python('connect("state")', "from desk import connect")
    assert flows({"desk.py": CONNECT, "tests/test_desk.py": test, "server.py": server}) == []


# --- one place, one finding


@pytest.mark.parametrize(
    ("body", "check"),
    [
        ('log.info("x %s %s %s", os.environ, os.environ["DESK_API_KEY"], title)', "SA301"),
        ('log.info("x %s %s", os.environ["DESK_API_KEY"], title)', "SA302"),
        ('log.info("x %s", title)', "SA202"),
        ('log.info("x", extra={"title": title, "v": os.environ["DESK_API_KEY"]})', "SA302"),
    ],
)
def test_one_place_has_one_finding(body: str, check: str) -> None:
    text = python(body, "import os", "title: str")
    line = next(number for number, held in enumerate(text.splitlines(), 1) if "log.info" in held)
    report = audit_tree({"server.py": text})
    here = [one.check.id for one in report.findings if one.finding.location.line == line]
    assert [identifier for identifier in here if identifier in rubric().precedence.log_call] == [check]
