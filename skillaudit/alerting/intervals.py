"""Times at which a route of Alertmanager or Grafana says nothing: whether it is silent always.

Source: Alertmanager's documentation, ``time_interval``; a field that is left out takes every time, and each interval of
a list adds to the others.
"""

from collections.abc import Iterable, Mapping

from skillaudit.configuration import Node, at, children, raw

_DAY = 24 * 60
_DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_FIELDS = {
    "weekdays": (_DAYS, 0, 6), "days_of_month": ((), 1, 31), "months": (_MONTHS, 1, 12), "daysOfMonth": ((), 1, 31),
}  # fmt: skip
_FIRST = 2021
"""Alertmanager 0.22, the first with such intervals, is of this year: one before it never comes."""

Named = Mapping[str, tuple[Node, ...]]


def named(root: Node, *keys: str) -> Named:
    """The intervals of a file by name."""
    listed = [one for key in keys for one in children(root, key)]
    return {raw(one, "name"): (*children(one, "time_intervals"), *children(one, "timeIntervals")) for one in listed}


def silent(route: Node, known: Named, muting: Iterable[str], acting: Iterable[str]) -> bool:
    """Whether a route is muted at every time, or active at none; False where an interval is not in sight."""
    muted = [raw(one) for key in muting for one in children(route, key)]
    active = [raw(one) for key in acting for one in children(route, key)]
    if any(name not in known for name in (*muted, *active)):
        return False
    if active and all(_is_over(one) for name in active for one in known[name]):
        return True
    return _covers([one for name in muted for one in known[name]])


def _covers(intervals: list[Node]) -> bool:
    """Whether some time interval takes every time, or those that restrict one field alone do so together."""
    if any(_is_whole(one, "") for one in intervals):
        return True
    times = [span for one in intervals if _is_whole(one, "times") for span in _spans(one)]
    days = [day for one in intervals if _is_whole(one, "weekdays") for day in _numbers(one, "weekdays")]
    return _fills(times) or set(days) >= set(range(7))


def _is_whole(one: Node, left_out: str) -> bool:
    """Whether an interval restricts nothing but the field ``left_out``; time zones only shift the day."""
    if at(one, "years") is not None or (
        left_out != "times" and not _fills(_spans(one)) and at(one, "times") is not None
    ):
        return False
    fields = ((name, low, high) for name, (_, low, high) in _FIELDS.items() if name != left_out)
    return all(
        at(one, name) is None or set(_numbers(one, name)) >= set(range(low, high + 1)) for name, low, high in fields
    )


def _spans(one: Node) -> list[tuple[int, int]]:
    """The times of a day, in minutes."""
    found = []
    for span in children(one, "times"):
        first = _minutes(raw(span, "start_time") or raw(span, "startTime"))
        last = _minutes(raw(span, "end_time") or raw(span, "endTime"))
        if first is not None and last is not None:
            found.append((first, last))
    return found


def _minutes(text: str) -> int | None:
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes) if hours.isdigit() and minutes.isdigit() else None


def _fills(spans: list[tuple[int, int]]) -> bool:
    reached = 0
    for first, last in sorted(spans):
        if first > reached:
            return False
        reached = max(reached, last)
    return reached >= _DAY


def _numbers(one: Node, field: str) -> list[int]:
    """What a field of ranges takes: ``monday:friday``, ``1:15``, ``december``."""
    names, low, high = _FIELDS[field]
    found: list[int] = []
    for part in children(one, field):
        ends = [_number(text.strip().lower(), names, low) for text in raw(part).split(":")]
        held = [number for number in ends if number is not None]
        if len(held) == len(ends):
            found += [number for number in range(held[0], held[-1] + 1) if number <= high]
    return found


def _number(text: str, names: tuple[str, ...], low: int) -> int | None:
    if text in names:
        return names.index(text) + low
    return int(text) if text.isdigit() else None


def _is_over(one: Node) -> bool:
    """Whether all the years of an interval have passed."""
    years = [text.rpartition(":")[2].strip() for part in children(one, "years") if (text := raw(part))]
    return bool(years) and all(year.isdigit() and int(year) < _FIRST for year in years)
