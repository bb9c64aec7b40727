"""One text for each check: ``skillaudit explain``, its page under ``docs/checks`` and SARIF's help are this string."""

from collections.abc import Iterator
from pathlib import Path

from skillaudit.check import Check, load_checks
from skillaudit.rubric import Kind, rubric


def explain(check: Check) -> str:
    """What a check asks, why, how to fix it and how it is graded, in Markdown without tabs."""
    return "\n\n".join(_sections(check)).expandtabs(4) + "\n"


def explain_plainly(check: Check) -> str:
    """The same in one plain paragraph, for viewers without Markdown."""
    return f"{check.asks} {check.why} {check.remediation.advice}"


def write_pages(folder: Path, package: str = "skillaudit.checks") -> None:
    """Write one page for each check and an index; pages of checks that are gone are deleted."""
    folder.mkdir(parents=True, exist_ok=True)
    checks = load_checks(package)
    pages = {f"{check.id}.md": explain(check) for check in checks} | {"README.md": _index(checks)}
    for page in folder.glob("*.md"):
        if page.name not in pages:
            page.unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")


def _sections(check: Check) -> Iterator[str]:
    yield f"# {check.id}: {check.title}"
    languages = ", ".join(sorted(language.label for language in check.languages)) or "any"
    yield f"{check.severity}, {check.axis} axis. Languages: {languages}."
    yield check.asks
    yield "## Why it matters"
    yield check.why
    yield "## How to fix it"
    yield check.remediation.advice
    for example in check.remediation.examples:
        yield f"{example.framework}:"
        yield f"```{example.language}\n{example.code.strip()}\n```"
    yield "## How it is graded"
    yield _grading(check)
    yield "## References"
    yield "\n".join(f"- [{reference.title}]({reference.url})" for reference in check.references)


def _grading(check: Check) -> str:
    numbers = rubric()
    if check.free:
        return (
            f"It costs no points: {check.free}. A deduction for a call could be refunded by deleting the call, and "
            "silence must never pay."
        )
    match check.kind:
        case Kind.INCIDENT:
            text = (
                f"The first finding costs {check.weight} points, each further one a part of that "
                f"(1/{numbers.incident.divisor}), all together at most {check.weight * numbers.incident.most:g}."
            )
        case Kind.RATIO:
            text = f"It costs {check.weight} points times the share of places where it is not met."
        case Kind.STATE:
            text = f"It costs {check.weight} points where it is not met, nothing where it is."
    if check.group == "controls":
        caps = numbers.controls
        text += (
            f" It is a control: all missing controls together cost at most {caps.cap} points, {caps.cap_stdio} in a "
            "server that speaks stdio only and has no authentication code."
        )
    return f"{text} A finding of lower severity costs less; one of low confidence, or INFO, costs nothing."


def _index(checks: tuple[Check, ...]) -> str:
    rows = "\n".join(
        f"| [{check.id}]({check.id}.md) | {check.title} | {check.severity} | {check.axis} |" for check in checks
    )
    return f"# Checks\n\n| id | check | severity | axis |\n|---|---|---|---|\n{rows}\n"


def main() -> None:
    """Write the pages that ``--write`` asks for."""
    import argparse  # noqa: PLC0415 - the command line has one of its own

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, required=True, metavar="FOLDER", help="where the pages go")
    write_pages(parser.parse_args().write)


if __name__ == "__main__":
    main()
