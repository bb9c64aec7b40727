"""The coverage matrix as a table of words, for console, Markdown and HTML alike."""

from collections import defaultdict

import msgspec

from skillaudit.matrix import Matrix, Row, Seen

_MOST = 20
_NAMED = 2
WORDS = {Seen.YES: "yes", Seen.PART: "part", Seen.NO: "NO", Seen.UNKNOWN: "?", Seen.NEVER: "-"}


class TableRow(msgspec.Struct, frozen=True):
    """Tools for which the same holds, and a word for each event; ``seen`` are the words' meanings."""

    tools: str
    words: tuple[str, ...]
    seen: tuple[Seen, ...]


class Table(msgspec.Struct, frozen=True):
    """Headings and rows; ``left_out`` counts the tools of rows that are not shown."""

    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    left_out: int


def table(matrix: Matrix) -> Table:
    """One row for all tools of which the same holds, the largest groups first."""
    groups: defaultdict[tuple[Seen, ...], list[Row]] = defaultdict(list)
    for row in matrix.rows:
        groups[tuple(cell.seen for cell in row.cells)].append(row)
    ordered = sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[1][0].tool))
    rows = [
        TableRow(_named([row.tool for row in held]), tuple(WORDS[one] for one in seen), seen) for seen, held in ordered
    ]
    left = sum(len(held) for _, held in ordered[_MOST:])
    return Table(tuple(event.name for event in matrix.events), tuple(rows[:_MOST]), left)


def _named(names: list[str]) -> str:
    shown = names if len(names) <= _NAMED + 1 else names[:_NAMED]
    more = f" and {len(names) - len(shown)} more" if len(names) > len(shown) else ""
    return ", ".join(shown) + more
