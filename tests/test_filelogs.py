"""Logs that a project writes into files of its own are logs; other files are not."""

import pytest
from audits import linked
from small_servers import golang, python, typescript

from skillaudit.facts import LogCall, Nature, Sink

BUFFERED = """\
import json
from pathlib import Path

LOG_DIR = Path("state") / "logs"


class BufferedLogger:
    def __init__(self):
        self._held = {}

    def write(self, path, entry):
        key = str(path)
        self._held.setdefault(key, [])
        self._held[key].append(entry)
        if len(self._held[key]) > 9:
            self._flush(key)

    def _flush(self, key):
        with open(key, "a", encoding="utf-8") as out:
            out.writelines(self._held[key])


_logger = BufferedLogger()


def log_event(name, data):
    _logger.write(LOG_DIR / f"{name}.jsonl", json.dumps({"event": name, "data": data}) + "\\n")
"""
KEPT = """\
import json


class AuditFile:
    def __init__(self, path):
        self.out = open(path, "a")

    def keep(self, entry):
        self.out.write(json.dumps(entry) + "\\n")


class Notes:
    def __init__(self, path):
        self.out = open(path, "a")
        self.held = []

    def keep(self, entry):
        self.held.append(entry)
        self.out.write(json.dumps(entry) + "\\n")
"""
SCRIPTS = """\
import fs from "node:fs";
import {{ appendFile }} from "fs/promises";
const {name} = process.env.PLACE + "{path}";
const stream = fs.createWriteStream({name}, {{ flags: "{flags}" }});
class {trail} {{
  private lines: string[] = [];
  keep(entry: unknown) {{ this.lines.push(JSON.stringify(entry)); }}
  flush() {{ fs.appendFileSync({name}, this.lines.join("\\n")); }}
}}
const trail = new {trail}();
"""
GO_LOG = """\
func writeAudit(v any) {
	f, err := os.OpenFile(os.Getenv("PLACE"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return
	}
	defer f.Close()
	fmt.Fprintf(f, "%v\\n", v)
}
"""


def into_files(files: dict[str, str]) -> list[LogCall]:
    return [call for call in linked(files).log_calls if call.sink is Sink.FILE]


def arrived(files: dict[str, str]) -> list[tuple[str, Nature]]:
    return [(flow.name, flow.nature) for call in into_files(files) for flow in call.flows]


def in_python(body: str, imports: str = "", **others: str) -> dict[str, str]:
    text = python(body, imports, "title: str, content: str")
    return {"server.py": text, **{f"{name}.py": held for name, held in others.items()}}


@pytest.mark.parametrize(
    "body",
    [
        'with open("server.log", "a") as out:\n    out.write(f"{content}\\n")',
        'with open(Path("state") / "logs" / "calls.jsonl", mode="a") as out:\n    out.write(content)',
        'with Path("audit.jsonl").open("a", encoding="utf-8") as out:\n    print(content, file=out)',
        'out = io.open(LOG_FILE, "ab")\nout.writelines([content])',
    ],
)
def test_what_is_appended_to_a_log_is_a_record(body: str) -> None:
    imports = 'import io\nimport os\nfrom pathlib import Path\nLOG_FILE = os.environ["PLACE"]'
    assert arrived(in_python(body, imports)) == [("content", Nature.ARGUMENT)]


@pytest.mark.parametrize(
    "body",
    [
        'with open("server.log", "w") as out:\n    out.write(content)',
        'with open("notes.jsonl", "a") as out:\n    out.write(content)',
        'with open("blog.md", "a") as out:\n    out.write(content)',
        'with open(".gitignore", "a") as out:\n    out.write(content)',
        'with open("server.log") as held:\n    content = held.read()',
        'with open(os.environ["GITHUB_OUTPUT"], "a") as out:\n    print(content, file=out)',
    ],
)
def test_other_files_are_no_logs(body: str) -> None:
    assert not into_files(in_python(body, "import os"))


def test_a_buffer_that_a_logger_writes_out_is_its_record() -> None:
    calls = into_files(in_python('log_event("go", {"title": title})', "from logs import log_event", logs=BUFFERED))
    (call,) = [call for call in calls if call.location.path == "server.py"]
    assert [place.path for place in call.via] == ["logs.py", "logs.py"]
    assert {flow.nature for flow in call.flows} == {Nature.ARGUMENT}


@pytest.mark.parametrize(("made", "arrives"), [("AuditFile", True), ("Notes", False)])
def test_a_handle_that_an_audit_trail_keeps(made: str, *, arrives: bool) -> None:
    body = f'{made}("calls.txt").keep({{"content": content}})'
    assert bool(arrived(in_python(body, f"from kept import {made}", kept=KEPT))) is arrives


def test_a_working_directory_is_no_password() -> None:
    body = 'with open("server.log", "a") as out:\n    out.write(os.getenv("PWD") + os.getenv("DESK_PWD"))'
    assert [name for name, _ in arrived(in_python(body, "import os"))] == ["DESK_PWD"]


SCRIPT_BODIES = [
    "fs.appendFileSync({name}, `${{args.title}}\\n`);",
    "await fs.promises.appendFile({name}, args.title);",
    "await appendFile({name}, args.title);",
    "stream.write(args.title);",
]


@pytest.mark.parametrize("body", SCRIPT_BODIES)
@pytest.mark.parametrize(
    ("name", "path", "arrives"), [("logFile", "/x", True), ("kept", "/x.log", True), ("kept", "/x.md", False)]
)
def test_in_typescript(body: str, name: str, path: str, *, arrives: bool) -> None:
    functions = SCRIPTS.format(name=name, path=path, flags="a", trail="Trail")
    files = {"package.json": '{"name": "desk"}', "server.ts": typescript(body.format(name=name), functions)}
    assert bool(arrived(files)) is arrives


def test_a_stream_that_starts_anew_is_no_log() -> None:
    functions = SCRIPTS.format(name="logFile", path="/x", flags="w", trail="Trail")
    files = {"package.json": '{"name": "desk"}', "server.ts": typescript("stream.write(args.title);", functions)}
    assert not arrived(files)


@pytest.mark.parametrize(("trail", "arrives"), [("AuditTrail", True), ("Trail", False)])
def test_a_buffer_in_typescript(trail: str, *, arrives: bool) -> None:
    functions = SCRIPTS.format(name="kept", path="/x.md", flags="a", trail=trail)
    files = {"package.json": '{"name": "desk"}', "server.ts": typescript("trail.keep(args);", functions)}
    assert bool(arrived(files)) is arrives


@pytest.mark.parametrize(("name", "arrives"), [("writeAudit", True), ("writeNote", False)])
def test_in_go(name: str, *, arrives: bool) -> None:
    text = golang(f"{name}(req.Params.Arguments)", GO_LOG.replace("writeAudit", name)).replace(
        '"log/slog"', '"fmt"\n\t"log/slog"'
    )
    files = {"go.mod": "module example.test/desk\n\ngo 1.24\n", "main.go": text}
    assert bool(arrived(files)) is arrives
