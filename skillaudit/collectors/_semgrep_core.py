"""Run the ``semgrep-core`` binary of the semgrep wheel directly: no start-up of the Python front end to pay.

The formats are those of ``semgrep_output_v1`` in the wheel (types ``targets`` and ``core_output``); the fields used
here are checked on every run, their meaning by the contract test.
"""

import importlib.util
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from skillaudit.collectors import _semgrep_answer as answers
from skillaudit.collectors import _semgrep_process as process
from skillaudit.rulefiles import ENGINE_VERSION

BATCH_FILES: Final = 60
"""Starting costs as much as parsing about ten files: large enough to drown it, small enough to bisect."""


class _Value(msgspec.Struct, frozen=True):
    start: answers.Position
    end: answers.Position


class _Extra(msgspec.Struct, frozen=True):
    metavars: dict[str, _Value]


class _Match(msgspec.Struct, frozen=True):
    check_id: str
    path: str
    start: answers.Position
    end: answers.Position
    extra: _Extra


class _Error(msgspec.Struct, frozen=True):
    error_type: Any
    location: answers.Place | None = None
    rule_id: str | None = None


class _Output(msgspec.Struct, frozen=True):
    version: str
    results: list[_Match]
    errors: list[_Error]
    skipped_rules: list[Any]


_DECODER: Final = msgspec.json.Decoder(_Output)


def binary() -> Path | None:
    """The engine in the installed wheel, or ``None``; never one that merely stands on the ``PATH``."""
    spec = importlib.util.find_spec("semgrep")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        candidate = Path(place) / "bin" / "semgrep-core"
        if candidate.is_file():
            return candidate
    return None


def _targets(batch: Sequence[answers.File], folder: Path) -> bytes:
    """The list of files with their languages, in the engine's own format."""
    return msgspec.json.encode(
        [
            "Targets",
            [
                [
                    "CodeTarget",
                    {
                        "path": {"fpath": str(folder / entry.name), "ppath": f"/{entry.name}"},
                        "analyzer": entry.language,
                        "products": ["sast"],
                    },
                ]
                for entry in batch
            ],
        ]
    )


def _argv(engine: Path, rules: Path, targets: Path) -> list[str]:
    """The command line; one process uses one core, parallelism is ours."""
    options = {
        "-rules": rules,
        "-targets": targets,
        "-j": 1,
        "-timeout": answers.RULE_SECONDS,
        "-timeout_threshold": answers.RULE_TIMEOUTS,
        "-max_memory": answers.MEMORY_MIB,
    }
    return [str(engine), "-json_nodots", "-fast", *(str(part) for pair in options.items() for part in pair)]


def read(printed: bytes, batch: Sequence[answers.File]) -> answers.Outcome:
    """Read what the engine printed; no JSON, or an error without a place, is a failure that any file may have caused.

    Raises:
        ContractError: another version, a missing field, or rules that the engine does not accept.
    """
    try:
        output = _DECODER.decode(printed)
    except msgspec.ValidationError as error:
        raise answers.ContractError(f"the engine's answer has another shape: {error}") from error
    except msgspec.DecodeError:
        return process.Failure("the engine's answer is no JSON")
    if output.version != ENGINE_VERSION:
        raise answers.ContractError(f"the engine is {output.version}, not {ENGINE_VERSION}")
    if output.skipped_rules:
        raise answers.ContractError("the engine does not understand some of the rules")
    lost = next((error for error in output.errors if error.location is None), None)
    if lost is not None:
        return process.Failure(f"the engine reports: {answers.kind_of(lost.error_type).lower()}")
    matches = []
    for match in output.results:
        entry = answers.known(batch, match.path)
        spans = {name: (value.start.offset, value.end.offset) for name, value in match.extra.metavars.items()}
        lines, offsets = (match.start.line, match.end.line), (match.start.offset, match.end.offset)
        matches.append(answers.Match(match.check_id, entry.name, *lines, *offsets, answers.cut(entry, spans)))
    troubles = (
        answers.trouble(batch, error.error_type, error.location, error.rule_id)
        for error in output.errors
        if error.location is not None
    )
    return answers.Answer(tuple(matches), tuple(troubles))


def run(
    batch: Sequence[answers.File], rules: bytes, home: Path, seconds: float, cancelled: threading.Event
) -> answers.Outcome:
    """Match all rules in one batch of files; ``home`` is an empty private directory.

    Raises:
        ContractError: there is no such engine, or it is another one.
    """
    engine = binary()
    if engine is None:
        raise answers.ContractError("the semgrep package holds no semgrep-core")
    rule_file, target_file = home / "rules.json", home / "targets.json"
    rule_file.write_bytes(rules)
    target_file.write_bytes(_targets(batch, answers.write(batch, home)))
    printed = process.run(_argv(engine, rule_file, target_file), home, seconds, cancelled)
    return printed if isinstance(printed, process.Failure) else read(printed, batch)
