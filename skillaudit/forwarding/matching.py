"""How agents compare tags and paths: by wildcards, in time linear in pattern and text."""


def glob(pattern: str, text: str) -> bool:
    """Whether a pattern in which ``*`` stands for anything fits a whole text."""
    if "*" not in pattern:
        return pattern == text
    first, *middle, last = pattern.split("*")
    if len(text) < len(first) + len(last) or not text.startswith(first) or not text.endswith(last):
        return False
    place, end = len(first), len(text) - len(last)
    for part in middle:
        found = text.find(part, place, end)
        if found < 0:
            return False
        place = found + len(part)
    return True


def fluentd_matches(patterns: str, tag: str) -> bool:
    """Fluentd: several patterns; ``*`` is one part, ``**`` any number, ``{a,b}`` either."""
    if not patterns:
        return True
    return any(_parts(one.split("."), tag.split(".")) for pattern in patterns.split() for one in _braces(pattern))


def _braces(pattern: str) -> list[str]:
    before, opened, rest = pattern.partition("{")
    inner, closed, after = rest.partition("}")
    if not opened or not closed or "{" in after:
        return [pattern]
    return [f"{before}{one}{after}" for one in inner.split(",")[:20]]


def _parts(pattern: list[str], tag: list[str]) -> bool:
    """By a table over both, as ``**`` may take any number of parts."""
    fits = {0}
    for part in pattern:
        if part == "**":
            fits = set(range(min(fits, default=len(tag) + 1), len(tag) + 1))
        else:
            fits = {place + 1 for place in fits if place < len(tag) and glob(part, tag[place])}
    return len(tag) in fits


def may_hold(pattern: str, path: str) -> bool:
    """Whether a file pattern (``*`` within it, ``**`` too) takes in a path, or a folder that holds it."""
    return glob(pattern, path) or (pattern.endswith("/") and path.startswith(pattern))
