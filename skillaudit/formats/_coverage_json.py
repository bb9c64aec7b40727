"""The coverage matrix in the machine-readable report."""

from typing import Any, TypeAlias

from skillaudit.matrix import Cell, Matrix, Row

_Object: TypeAlias = dict[str, Any]


def coverage(matrix: Matrix) -> _Object:
    """Columns and rows; a cell's ``met`` of ``asked`` questions are answered well."""
    return {
        "events": [{"name": one.name, "title": one.title, "check": one.check} for one in matrix.events],
        "tools": [_row(matrix, row) for row in matrix.rows],
    }


def _row(matrix: Matrix, row: Row) -> _Object:
    cells = zip(matrix.events, row.cells, strict=True)
    return {
        "name": row.tool,
        "path": row.location.path,
        "line": row.location.line,
        "package": row.package,
        "events": {event.name: _cell(cell) for event, cell in cells},
    }


def _cell(cell: Cell) -> _Object:
    places = [{"path": p.location.path, "line": p.location.line, "what": p.what} for p in cell.places]
    return {"seen": cell.seen.value.replace(" ", "_"), "met": cell.met, "asked": cell.asked, "evidence": places}
