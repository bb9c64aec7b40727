"""Silence never pays: a log call less is never a better score, a correct record more never a worse one."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise

import libcst as cst
import pytest
from audits import audit_tree, grades, linked, server
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from libcst.metadata import MetadataWrapper, PositionProvider

from skillaudit.report import Report

Files = dict[str, str]
Place = tuple[str, int]

LEAK = "SA30[1-6]"
ANY = "SA30[1-6]|SA20[234]"
"""Which findings keep a call out: those by which it leaks, or whatever is wrong with it."""
SERVERS = ("reference-python", "reference-typescript", "leaky-python", "leaky-typescript", "article")
FEW = settings(
    max_examples=3,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class _Statements(cst.CSTTransformer):
    """Deletes or doubles the calls that are statements of their own and begin on the given lines."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, lines: Collection[int], *, twice: bool) -> None:
        super().__init__()
        self.lines, self.twice = lines, twice
        self.met: set[int] = set()

    def leave_SimpleStatementLine(  # noqa: N802 - libcst's naming
        self, original_node: cst.SimpleStatementLine, updated_node: cst.SimpleStatementLine
    ) -> cst.SimpleStatementLine | cst.FlattenSentinel[cst.SimpleStatementLine]:
        line = self.get_metadata(PositionProvider, original_node).start.line
        match original_node.body:
            case [cst.Expr(value=cst.Call() | cst.Await())] if line in self.lines:
                self.met.add(line)
                repeated = cst.FlattenSentinel([updated_node, updated_node])
                return repeated if self.twice else cst.SimpleStatementLine([cst.Pass()])
            case _:
                return updated_node


def _python(text: str, lines: Collection[int], *, twice: bool) -> tuple[str, set[int]]:
    visitor = _Statements(lines, twice=twice)
    return MetadataWrapper(cst.parse_module(text)).visit(visitor).code, visitor.met


_BEGINS = re.compile(r"(^|[;{}]|\*/|//.*)$")
_CALL = re.compile(r"\s*(await )?[\w.]+\w\(")
_ENDS = re.compile(r"\);(\s*//.*)?$")


def _typescript(text: str, lines: Collection[int], *, twice: bool) -> tuple[str, set[int]]:
    """The same for calls that fill whole lines."""
    source = text.split("\n")
    met = {first: last for first in lines if (last := _last_line(source, first - 1))}
    for first, last in sorted(met.items(), reverse=True):
        source[first - 1 : last] = source[first - 1 : last] * 2 if twice else []
    return "\n".join(source), set(met)


def _last_line(source: Sequence[str], first: int) -> int:
    """The end (exclusive) of the call statement on the line with this index, 0 where it does not fill its lines."""
    before = next((line.strip() for line in reversed(source[:first]) if line.strip()), "")
    if not _BEGINS.search(before) or not _CALL.match(source[first]):
        return 0
    depth = 0
    for index in range(first, len(source)):
        depth += sum(source[index].count(c) for c in "([{") - sum(source[index].count(c) for c in ")]}")
        if depth <= 0:
            return index + 1 if depth == 0 and _ENDS.search(source[index]) else 0
    return 0


def changed(files: Mapping[str, str], places: Collection[Place], *, twice: bool = False) -> tuple[Files, set[Place]]:
    """The files without the log calls at these places, or with each written twice; and the places where that went."""
    after, met = dict(files), set()
    for path in {path for path, _ in places}:
        change = _python if path.endswith(".py") else _typescript
        after[path], lines = change(files[path], {line for where, line in places if where == path}, twice=twice)
        met |= {(path, line) for line in lines}
    return after, met


@cache
def deletable(name: str, without: str) -> list[Place]:
    """A server's log calls that are statements of their own, no wrapper's inside, and carry no such finding or miss."""
    files = server(name)
    facts = linked(files)
    wrong = re.compile(without)
    places = {one.finding.location for one in audit_tree(files).findings if wrong.match(one.check.id)}
    places |= {
        one.location
        for result in audit_tree(files).checks
        for one in result.verdict.evidence
        if wrong.match(result.check.id) and not one.met
    }
    places |= {inner for call in facts.log_calls for inner in call.via}
    calls = {call.location for call in facts.log_calls if call.surface.counts} - places
    return sorted(changed(files, {(call.path, call.line) for call in calls})[1])


def scores(report: Report) -> dict[str, Decimal]:
    """The four scores; not graded is below everything."""
    return {name: Decimal(-1) if grade.score is None else grade.score for name, grade in grades(report).items()}


def better(before: Report, after: Report) -> dict[str, tuple[Decimal, Decimal]]:
    """The scores that rose, as they were and as they are."""
    was, now = scores(before), scores(after)
    return {name: (was[name], now[name]) for name in was if now[name] > was[name]}


@pytest.mark.parametrize("without", [ANY, LEAK], ids=["faultless", "harmless"])
@pytest.mark.parametrize("name", SERVERS)
def test_deleting_every_such_log_call_never_pays(name: str, without: str) -> None:
    files, places = server(name), deletable(name, without)
    assert len(places) > 3
    assert better(audit_tree(files), audit_tree(changed(files, places)[0])) == {}


@FEW
@given(st.data())
@pytest.mark.parametrize("name", SERVERS)
def test_deleting_some_faultless_log_calls_never_pays(name: str, data: st.DataObject) -> None:
    files = server(name)
    places = data.draw(st.sets(st.sampled_from(deletable(name, ANY)), min_size=1))
    assert better(audit_tree(files), audit_tree(changed(files, places)[0])) == {}


@FEW
@given(st.data())
@pytest.mark.parametrize("name", SERVERS)
def test_writing_a_correct_record_again_never_costs(name: str, data: st.DataObject) -> None:
    files = server(name)
    places = data.draw(st.sets(st.sampled_from(deletable(name, ANY)), min_size=1))
    assert better(audit_tree(changed(files, places, twice=True)[0]), audit_tree(files)) == {}


HEAD = {
    "python": "import logging\nimport os\nimport sys\n{imports}from mcp.server.fastmcp import FastMCP\n\n{setup}\n"
    'mcp = FastMCP("made")\n',
    "typescript": "import {{ McpServer }} from '@modelcontextprotocol/sdk/server/mcp.js';\n"
    "import {{ StdioServerTransport }} from '@modelcontextprotocol/sdk/server/stdio.js';\n{imports}\n{setup}\n"
    "const server = new McpServer({{ name: 'made', version: '1.0.0' }});\n",
}
LOGGERS = {
    "python": {
        "plain": ("", "logging.basicConfig(level='INFO')\nlog = logging.getLogger(__name__)\n"),
        "unset": ("", "log = logging.getLogger(__name__)\n"),
        "json": (
            "from pythonjsonlogger.json import JsonFormatter\n",
            """
handler = logging.StreamHandler(sys.stderr)
handler.setFormatter(JsonFormatter())
logging.basicConfig(level='INFO', handlers=[handler])
log = logging.getLogger(__name__)
""",
        ),
        "structlog": (
            "import structlog\n",
            "structlog.configure(processors=[structlog.processors.JSONRenderer()])\nlog = structlog.get_logger()\n",
        ),
    },
    "typescript": {
        "plain": ("", "const log = console;\n"),
        "json": ("import pino from 'pino';\n", "const log = pino({}, pino.destination(2));\n"),
        "winston": (
            "import winston from 'winston';\n",
            """
const console_ = new winston.transports.Console({ stderrLevels: ['info', 'warn', 'error'] });
const log = winston.createLogger({ format: winston.format.json(), transports: [console_] });
""",
        ),
    },
}
CALLS = {
    "python": {
        "event": 'log.info("tool called", extra={{"event": "tool.called", "tool": "{name}"}})',
        "text": 'log.info("called {name}")',
        "shown": 'log.warning("called with %d characters", len(query))',
        "value": 'log.info(f"asked for {{query}}")',
        "stdout": 'print("called {name}")',
        "stderr": 'print("called {name}", file=sys.stderr)',
    },
    "typescript": {
        "event": "log.error({{ event: 'tool.called', tool: '{name}' }}, 'tool called');",
        "text": "log.error('called {name}');",
        "shown": "log.error(`called with ${{query.length}} characters`);",
        "value": "log.error(`asked for ${{query}}`);",
        "stdout": "console.log('called {name}');",
        "stderr": "console.error('called {name}');",
    },
}
FAULTLESS = ("event", "text", "shown")
HARMLESS = (*FAULTLESS, "stderr", "stdout")
TOOL = {
    "python": '\n\n@mcp.tool()\ndef {name}(query: str) -> str:\n    """Look it up."""\n{calls}    return query\n',
    "typescript": "\nserver.registerTool(\n  '{name}',\n  {{ description: 'Look something up', inputSchema: {{}} }},\n"
    "  async ({{ query }}) => {{\n{calls}    return {{ content: [{{ type: 'text', text: query }}] }};\n  }},\n);\n",
}
TAIL = {
    "python": '\n\nif __name__ == "__main__":\n    mcp.run(transport="{transport}")\n',
    "typescript": "\nawait server.connect(new StdioServerTransport());\n",
}
MANIFEST = {
    "python": ("pyproject.toml", '[project]\nname = "made"\nversion = "1.0.0"\ndependencies = ["mcp"]\n'),
    "typescript": ("package.json", '{"name": "made", "version": "1.0.0", "bin": {"made": "dist/server.js"}}\n'),
}
TOOLS = ("find_place", "delete_entry")


def made(language: str, logger: str, calls: Sequence[Sequence[str]], transport: str) -> Files:
    """A server of two tools with these log calls in each."""
    imports, setup = LOGGERS[language][logger]
    text = HEAD[language].format(imports=imports, setup=setup)
    for name, kinds in zip(TOOLS, calls, strict=True):
        lines = "".join(f"    {CALLS[language][kind].format(name=name)}\n" for kind in kinds)
        text += TOOL[language].format(name=name, calls=lines)
    text += TAIL[language].format(transport=transport)
    path, manifest = MANIFEST[language]
    return {path: manifest, "made/server.py" if language == "python" else "src/server.ts": text}


@st.composite
def servers(draw: st.DrawFn, kinds: Collection[str]) -> tuple[str, str, list[list[str]], str]:
    language = draw(st.sampled_from(sorted(LOGGERS)))
    logger = draw(st.sampled_from(sorted(LOGGERS[language])))
    some = st.lists(st.sampled_from(sorted(kinds)), max_size=3)
    transport = draw(st.sampled_from(["stdio", "streamable-http"])) if language == "python" else "stdio"
    return language, logger, [draw(some), draw(some)], transport


def _subsets(calls: list[list[str]], data: st.DataObject) -> list[list[str]]:
    return [[kind for kind in kinds if data.draw(st.booleans())] for kinds in calls]


@settings(FEW, max_examples=8)
@given(st.data())
@pytest.mark.parametrize("kinds", [FAULTLESS, HARMLESS], ids=["faultless", "harmless"])
def test_a_made_server_gains_nothing_by_silence(kinds: Collection[str], data: st.DataObject) -> None:
    language, logger, calls, transport = data.draw(servers(kinds))
    before = audit_tree(made(language, logger, calls, transport))
    after = audit_tree(made(language, logger, _subsets(calls, data), transport))
    assert better(before, after) == {}


DEPLOYED = {
    "fly": {"fly.toml": 'app = "made"\n[http_service]\ninternal_port = 8080\n'},
    "compose": {"compose.yaml": "services:\n  made:\n    build: .\n    ports: ['8080:8080']\n"},
    "kubernetes": {
        "deploy/made.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: made}\n"
        "spec:\n  template:\n    spec:\n      containers: [{name: made, image: 'registry.example.com/made:1'}]\n"
    },
}
"""Ways to say how the server is run, none of which forwards or watches anything."""


@pytest.mark.parametrize("deployed", sorted(DEPLOYED))
@pytest.mark.parametrize("kind", ["event", "none"])
@pytest.mark.parametrize(
    ("language", "transport"), [("python", "streamable-http"), ("python", "stdio"), ("typescript", "stdio")]
)
def test_leaving_the_deployment_out_never_pays(deployed: str, kind: str, language: str, transport: str) -> None:
    bare = made(language, "json", [[kind], [kind]] if kind != "none" else [[], []], transport)
    assert better(audit_tree(bare | DEPLOYED[deployed]), audit_tree(bare)) == {}


@pytest.mark.parametrize("name", ["reference-python", "reference-typescript", "reference-go"])
def test_leaving_a_references_deployment_out_never_pays(name: str) -> None:
    files = server(name)
    bare = {
        path: text
        for path, text in files.items()
        if not re.search(r"\.(?:ya?ml|tf|toml|conf)$", path) or "project" in path
    }
    assert len(bare) < len(files)
    assert better(audit_tree(files), audit_tree(bare)) == {}


SILENT_AND_NOT: tuple[list[list[str]], ...] = ([[], []], [["event"], ["event"]])


def test_what_is_never_written_is_neither_kept_nor_switched_off() -> None:
    outcomes = {
        (one.check.id, bool(calls[0])): one.verdict.outcome.value
        for calls in SILENT_AND_NOT
        for one in audit_tree(made("python", "json", calls, "streamable-http")).checks
    }
    for check in ("SA206", "SA402"):
        assert outcomes[check, False] == "not_applicable"
        assert outcomes[check, True] == "met"


def loggers(*, structured: bool) -> Iterator[tuple[str, str]]:
    for language, known in LOGGERS.items():
        yield from ((language, logger) for logger in known if (logger not in {"plain", "unset"}) is structured)


@pytest.mark.parametrize(("language", "logger"), [*loggers(structured=True), *loggers(structured=False)])
@pytest.mark.parametrize("kind", [*HARMLESS, "value"])
def test_a_server_that_is_silenced_whole_is_no_better(language: str, logger: str, kind: str) -> None:
    transport = "streamable-http"
    before = audit_tree(made(language, logger, [[kind], [kind]], transport))
    assert better(before, audit_tree(made(language, logger, [[], []], transport))) == {}


@pytest.mark.parametrize(("language", "logger"), list(loggers(structured=True)))
def test_the_first_correct_records_of_a_silent_server_never_cost(language: str, logger: str) -> None:
    steps: list[list[list[str]]] = [[[], []], [["event"], []], [["event"], ["event"]], [["event", "shown"], ["event"]]]
    reports = [audit_tree(made(language, logger, calls, "streamable-http")) for calls in steps]
    assert [better(after, before) for before, after in pairwise(reports)] == [{}] * 3
    assert scores(reports[0])["observability"] == 0 < scores(reports[2])["observability"]
