"""What our semgrep rules know of the frameworks in TypeScript, JavaScript and Go files.

Rules collect, they never judge: each match becomes an ``ir.Mark`` with the roles its rule declares.
"""

import tempfile
import threading
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Final

import msgspec

from skillaudit import ir
from skillaudit.collectors import _semgrep_answer as answers
from skillaudit.collectors import _semgrep_cli, _semgrep_core, _semgrep_rules
from skillaudit.collectors._semgrep_process import Failure
from skillaudit.model import Gap

needs = _semgrep_rules.needs

_START_SECONDS: Final = 15.0
_FILE_SECONDS: Final = 0.5


class _Run(msgspec.Struct, frozen=True):
    """One call of ``run_rules``: engine, rules, the moment (monotonic) when time is up, what ends it early."""

    engine: ModuleType
    rules: bytes
    end: float
    cancelled: threading.Event

    def analyse(self, batch: Sequence[answers.File]) -> answers.Answer:
        """Match one batch; on failure halve it until the file at fault stands alone."""
        left = self.end - time.monotonic()
        if left <= 0:
            return _unseen(batch, "rules: the time for the whole run was used up")
        if self.cancelled.is_set():
            return _unseen(batch, "rules: the audit was stopped")
        seconds = min(left, _START_SECONDS + _FILE_SECONDS * len(batch))
        with tempfile.TemporaryDirectory(prefix="skillaudit-") as home:
            outcome: answers.Outcome = self.engine.run(batch, self.rules, Path(home).resolve(), seconds, self.cancelled)
        if not isinstance(outcome, Failure):
            return outcome
        if len(batch) == 1:
            return _unseen(batch, f"rules: {outcome.reason}")
        middle = len(batch) // 2
        return _joined(self.analyse(half) for half in (batch[:middle], batch[middle:]))


def _unseen(batch: Sequence[answers.File], reason: str) -> answers.Answer:
    """An answer that says of every file that it was not looked at."""
    return answers.Answer((), tuple(answers.Trouble(entry.name, answers.NOT_ANALYSED, reason) for entry in batch))


def _joined(parts: Iterable[answers.Answer]) -> answers.Answer:
    """Several answers as one."""
    whole = list(parts)
    matches = tuple(match for part in whole for match in part.matches)
    return answers.Answer(matches, tuple(trouble for part in whole for trouble in part.troubles))


def _batches(files: Sequence[answers.File], jobs: int, limit: int) -> list[list[answers.File]]:
    """Deal files out so that every batch costs about the same."""
    count = min(len(files), max(jobs, -(-len(files) // limit)))
    by_size = sorted(files, key=lambda entry: (-len(entry.source), entry.name))
    return [by_size[start::count] for start in range(count)]


def _mark(rule: _semgrep_rules.Rule, entry: answers.File, match: answers.Match) -> ir.Mark:
    """Put what the rule declares and what the match found together.

    Only captures that a role names (``$NAME``) are kept: everything else is read from the call itself, and where a
    pattern matches one call in several ways the engine is free to report any of them.
    """
    named = {value[1:] for _, value in rule.roles if value.startswith("$")}
    captures = tuple(capture for capture in match.captures if capture[0] in named)
    lines = (match.line, match.end_line)
    return ir.Mark(
        rule.fact, rule.identity, entry.path, *lines, match.start, match.end, roles=rule.roles, captures=captures
    )


def _marks(answer: answers.Answer, files: Sequence[answers.File], rules: _semgrep_rules.RuleSet) -> tuple[ir.Mark, ...]:
    """One mark for each rule and stretch of source, ordered by place."""
    by_name = {entry.name: entry for entry in files}
    first: dict[tuple[str, int, int, str], answers.Match] = {}
    for match in sorted(answer.matches, key=lambda match: match.captures):
        first.setdefault((match.name, match.start, match.end, match.rule), match)
    return tuple(_mark(rules.rules[match.rule], by_name[match.name], match) for _, match in sorted(first.items()))


def _answer(
    files: Sequence[answers.File], rules: bytes, jobs: int, timeout: float, cancelled: threading.Event
) -> answers.Answer:
    """Ask the engine, or the public command line where the engine is not what it should be."""
    end = time.monotonic() + timeout
    reason = ""
    for engine in (_semgrep_core, _semgrep_cli):
        run = _Run(engine, rules, end, cancelled)
        try:
            with ThreadPoolExecutor(max_workers=jobs) as pool:
                return _joined(pool.map(run.analyse, _batches(files, jobs, engine.BATCH_FILES)))
        except answers.ContractError as error:
            reason = str(error)
    return _unseen(files, f"rules: {reason}")


def run_rules(
    files: Sequence[tuple[str, str, bytes]],
    *,
    jobs: int,
    timeout: float,
    cancelled: threading.Event | None = None,
) -> tuple[tuple[ir.Mark, ...], tuple[Gap, ...]]:
    """Match every rule in the files that can matter to one.

    Args:
        files: path relative to the tree, ``Language.label`` and bytes of each; the engine sees the bytes only, in a
            private directory under names of ours, so nothing in the tree can steer it.
        jobs: engine processes at a time.
        timeout: seconds for the whole call; what is not done by then is a gap.
        cancelled: ends the engine and the call soon after it is set.

    Returns:
        Marks ordered by file (as given) and offset, and what could not be looked at. A gap's ``lines`` is 0: only the
        caller knows whether the file's front end read it all the same.
    """
    gaps: list[Gap] = []
    chosen: list[answers.File] = []
    for number, (path, language, source) in enumerate(files):
        if not needs(language, source):
            continue
        if len(source) > answers.FILE_BYTES:
            gaps.append(Gap(answers.NOT_ANALYSED, path, f"rules: larger than {answers.FILE_BYTES >> 20} MiB"))
        else:
            chosen.append(answers.file(number, path, language, source))
    if not chosen:
        return (), tuple(gaps)
    rules = _semgrep_rules.load()
    answer = _answer(chosen, rules.document, jobs, timeout, cancelled or threading.Event())
    paths = {entry.name: entry.path for entry in chosen}
    gaps += (Gap(trouble.kind, paths[trouble.name], trouble.reason) for trouble in answer.troubles)
    return _marks(answer, chosen, rules), tuple(sorted(set(gaps), key=lambda gap: (gap.path, gap.kind, gap.reason)))
