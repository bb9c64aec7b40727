"""``skillaudit tools``: the tools of a server, what would be noticed of each, and the lock on what clients see."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from skillaudit.clean import clean
from skillaudit.errors import ExitCode, RefusedError, SkillauditError
from skillaudit.facts import Tool
from skillaudit.matrix import Row
from skillaudit.pipeline import Options, audit
from skillaudit.report import Report
from skillaudit.source import AcquireOptions, Source
from skillaudit.terminal import progress, scratch, warn, write_file, write_out
from skillaudit.toollock import InvalidLockError, changes, lock_text, surface_hash

_SHOWN = 12
_LARGEST_LOCK = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ToolsRequest:
    """One ``skillaudit tools``: ``lock`` and ``check`` are paths of lock files, or empty."""

    source: str = field(repr=False)
    ref: str = ""
    subdir: str = ""
    as_json: bool = False
    lock: str = ""
    check: str = ""
    offline: bool = False


class UnrecognisedError(SkillauditError):
    """There is code, and no tool of a server was recognised in it."""

    exit_code = ExitCode.NOTHING_AUDITED


def run_tools(request: ToolsRequest) -> ExitCode:
    """List the tools, write their lock, or say what differs from it.

    Raises:
        SkillauditError: nothing could be audited, or a file cannot be read or written.
    """
    options = Options(datetime.now(UTC).date().isoformat(), AcquireOptions(offline=request.offline))
    with scratch(), progress() as step:
        report = audit(Source(request.source, request.ref, request.subdir), options, step, warn)
    tools = [tool for tool in report.inventory.tools if tool.surface.counts]
    for gap in (one for one in report.gaps if one.kind == "tools"):
        warn(f"{gap.path}: {gap.reason}" if gap.path else gap.reason)
    if not tools and not request.check:
        raise UnrecognisedError("no tool of a server was recognised, so there is nothing to list or to pin")
    if request.lock:
        write_file(Path(request.lock), lock_text(tools))
    if request.check:
        return _checked(request.check, tools)
    if not request.lock:
        write_out(tools_document(report, tools) if request.as_json else tools_table(report, tools))
    return ExitCode.DONE


def _checked(path: str, tools: Sequence[Tool]) -> ExitCode:
    """One line for each tool that was added, removed or changed."""
    try:
        with Path(path).open(encoding="utf-8") as file:
            found = changes(file.read(_LARGEST_LOCK), tools)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no UTF-8 text"
        raise RefusedError(f"cannot read {clean(path)}: {reason}") from error
    except InvalidLockError as error:
        raise RefusedError(f"{clean(path)}: {error}") from error
    write_out("".join(f"{clean(str(change))}\n" for change in found))
    return ExitCode.BELOW_DEMAND if found else ExitCode.DONE


def _rows(report: Report) -> dict[tuple[str, str], Row]:
    return {(row.package, row.tool): row for row in report.coverage.rows}


def tools_table(report: Report, tools: Sequence[Tool]) -> str:
    """A table: name, effects, handler, hash, and the events of each tool that nobody would notice."""
    rows = _rows(report)
    table = [("tool", "effects", "handler", "hash", "unnoticed")]
    for tool in tools:
        row = rows.get((tool.package, tool.name))
        unnoticed = ", ".join(row.unnoticed) if row else "?"
        partial = " (partial)" if tool.pinned.partial else ""
        shown = tool.pinned.hash(tool.name)[:_SHOWN] + partial
        table.append((tool.name, ", ".join(tool.effects), str(tool.handler), shown, unnoticed or "nothing"))
    widths = [max(len(line[column]) for line in table) for column in range(len(table[0]))]
    lines = ("  ".join(f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True)) for line in table)
    count = f"{len(tools)} tool{'' if len(tools) == 1 else 's'}"
    return "".join(f"{line.rstrip()}\n" for line in lines) + f"{count}, surface {surface_hash(tools)}\n"


def tools_document(report: Report, tools: Sequence[Tool]) -> str:
    """The same as JSON, with what clients see of each tool as digests."""
    rows = _rows(report)
    listed = []
    for tool in tools:
        row = rows.get((tool.package, tool.name))
        cells = zip(report.coverage.events, row.cells, strict=True) if row else ()
        listed.append(
            {
                "name": tool.name,
                "package": tool.package,
                "path": tool.location.path,
                "line": tool.location.line,
                "handler": {"path": tool.handler.path, "line": tool.handler.line},
                "effects": [effect.value for effect in tool.effects],
                "hash": tool.pinned.hash(tool.name),
                "description": tool.pinned.description,
                "schema": tool.pinned.schema,
                "partial": tool.pinned.partial,
                "coverage": {event.name: cell.seen.value.replace(" ", "_") for event, cell in cells},
            }
        )
    return json.dumps({"schema_version": 1, "surface": surface_hash(tools), "tools": listed}, indent=1) + "\n"
