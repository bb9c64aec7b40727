"""Run ``semgrep scan``, the public command line: slower, and used only where the engine itself cannot be.

It does not print metavariables, but it writes them into the rule's message: each rule gets a message that holds its
metavariables between marks drawn at random for the run, so that no text in a file can imitate them.
"""

import re
import secrets
import shutil
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from skillaudit.collectors import _semgrep_answer as answers
from skillaudit.collectors import _semgrep_process as process

BATCH_FILES: Final = 2000
"""Starting takes seconds."""

_SCRIPTS: Final = Path(sys.executable).parent
_METAVARIABLE: Final = re.compile(r"\$(?:\.\.\.)?[A-Z_][A-Z0-9_]*")


class _Extra(msgspec.Struct, frozen=True):
    message: str


class _Match(msgspec.Struct, frozen=True):
    check_id: str
    path: str
    start: answers.Position
    end: answers.Position
    extra: _Extra


class _Error(msgspec.Struct, frozen=True):
    type: Any
    path: str | None = None
    rule_id: str | None = None
    spans: list[dict[str, Any]] | None = None


class _Output(msgspec.Struct, frozen=True):
    results: list[_Match]
    errors: list[_Error]


_DECODER: Final = msgspec.json.Decoder(_Output)


def _executable() -> str:
    """The ``semgrep`` command of this interpreter's environment.

    Raises:
        ContractError: it has none.
    """
    found = shutil.which("semgrep", path=str(_SCRIPTS))
    if found is None:
        raise answers.ContractError("there is no semgrep command beside the interpreter")
    return found


def _strings(node: Any) -> Iterator[str]:
    """Every string in a rule's patterns."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from _strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from _strings(value)


def _talkative(rules: bytes, mark: str) -> bytes:
    """The same rules with messages that hold every metavariable: ``mark`` name ``=`` text, repeated."""
    document = msgspec.json.decode(rules)
    for rule in document["rules"]:
        names = sorted({name for text in _strings(rule) for name in _METAVARIABLE.findall(text)})
        rule["message"] = "".join(f"{mark}{name.lstrip('$.')}={name}" for name in names) + mark
    return msgspec.json.encode(document)


def _captures(message: str, mark: str) -> tuple[tuple[str, str], ...]:
    """What the message holds; a metavariable that the match did not bind stands there as itself and is left out."""
    pairs = (part.partition("=")[::2] for part in message.split(mark) if part)
    return tuple(sorted((name, text) for name, text in pairs if text.lstrip("$.") != name))


def _trouble(batch: Sequence[answers.File], error: _Error, path: str) -> answers.Trouble:
    """Bring an error into the shape the engine itself gives it."""
    line = next((span["start"]["line"] for span in error.spans or () if "start" in span), 0)
    place = answers.Place(path, answers.Position(line, 0) if line else None)
    return answers.trouble(batch, error.type, place, error.rule_id)


def read(printed: bytes, batch: Sequence[answers.File], mark: str) -> answers.Outcome:
    """Read what the command printed; no JSON, or an error without a place, is a failure that any file may have caused.

    Raises:
        ContractError: a field is missing, or the command does not accept the rules.
    """
    try:
        output = _DECODER.decode(printed)
    except msgspec.ValidationError as error:
        raise answers.ContractError(f"semgrep's answer has another shape: {error}") from error
    except msgspec.DecodeError:
        return process.Failure("semgrep's answer is no JSON")
    lost = next((error for error in output.errors if error.path is None), None)
    if lost is not None:
        return process.Failure(f"semgrep reports: {answers.kind_of(lost.type).lower()}")
    matches = []
    for match in output.results:
        name = answers.known(batch, match.path).name
        lines, offsets = (match.start.line, match.end.line), (match.start.offset, match.end.offset)
        captures = _captures(match.extra.message, mark)
        matches.append(answers.Match(match.check_id, name, *lines, *offsets, captures))
    troubles = (_trouble(batch, error, error.path) for error in output.errors if error.path is not None)
    return answers.Answer(tuple(matches), tuple(troubles))


def run(
    batch: Sequence[answers.File], rules: bytes, home: Path, seconds: float, cancelled: threading.Event
) -> answers.Outcome:
    """Match all rules in one batch of files; ``home`` is an empty private directory.

    Raises:
        ContractError: there is no such command, or it does not answer as expected.
    """
    mark = f"~{secrets.token_hex(8)}~"
    rule_file = home / "rules.json"
    rule_file.write_bytes(_talkative(rules, mark))
    folder = answers.write(batch, home)
    flags = ["--json", "--quiet", "--no-git-ignore", "--disable-nosem", "--metrics=off", "--disable-version-check"]
    limits = {
        "--config": rule_file,
        "--jobs": 1,
        "--timeout": answers.RULE_SECONDS,
        "--timeout-threshold": answers.RULE_TIMEOUTS,
        "--max-memory": answers.MEMORY_MIB,
        "--max-target-bytes": 0,
    }
    options = [str(part) for pair in limits.items() for part in pair]
    argv = [_executable(), "scan", *flags, "--no-rewrite-rule-ids", *options, str(folder)]
    printed = process.run(argv, home, seconds, cancelled)
    return printed if isinstance(printed, process.Failure) else read(printed, batch, mark)
