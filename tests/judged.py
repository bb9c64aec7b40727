"""Hand-made facts, checks and reports for the tests of judging and reporting."""

from collections.abc import Iterable

from skillaudit.check import Check, Evidence, Finding, Observation, Reference, Remediation, Run
from skillaudit.clean import mask
from skillaudit.evaluate import Evaluation, evaluate
from skillaudit.excerpt import Excerpt, key_of
from skillaudit.facts import Facts, Tool
from skillaudit.inventory import Inventory, Package, SourceFile
from skillaudit.model import Axis, Confidence, Language, Location, Severity, Subject, Surface
from skillaudit.report import Report, ToolInfo, build_report
from skillaudit.rubric import Kind

KEY = b"a test's key"
SUPPORTED = frozenset(language for language in Language if language.supported)


def source(
    path: str = "server.py", language: Language = Language.PYTHON, lines: int = 100, package: str = ""
) -> SourceFile:
    return SourceFile(path, language, Surface.PRODUCTION, lines, lines * 30, "0" * 64, package)


def package(path: str = "", name: str = "server") -> Package:
    return Package(path, name, "pypi", f"{path}/pyproject.toml".lstrip("/"), (), True, True, "application", ())  # noqa: FBT003


def inventory(*files: SourceFile, packages: Iterable[Package] = ()) -> Inventory:
    return Inventory(files or (source(),), tuple(packages) or (package(),), (), 1)


def facts(*files: SourceFile, packages: Iterable[Package] = (), serves: bool = True) -> Facts:
    """Facts of a server with one tool whose code is not known, or of what is no server."""
    place = Location("server.py", 1)
    tool = Tool("look", place, Surface.PRODUCTION, "", place, (), "decorator", resolved=False)
    return Facts(inventory(*files, packages=packages), tools=(tool,) if serves else ())


def toy(  # noqa: PLR0913
    identifier: str = "SA302",
    run: Run | None = None,
    *,
    observed: Iterable[Observation] = (),
    axis: Axis = Axis.SECURITY,
    severity: Severity = Severity.HIGH,
    kind: Kind = Kind.INCIDENT,
    group: str = "",
    languages: frozenset[Language] = SUPPORTED,
) -> Check:
    seen = tuple(observed)
    return Check(
        identifier,
        f"Title of {identifier}",
        axis,
        severity,
        kind,
        group,
        f"Is {identifier} met?",
        "Because it matters.",
        Remediation("Do it right."),
        (Reference("CWE-532", "https://cwe.mitre.org/data/definitions/532.html"),),
        languages,
        run or (lambda _: iter(seen)),
    )


def finding(
    line: int = 1,
    severity: Severity = Severity.HIGH,
    confidence: Confidence = Confidence.HIGH,
    surface: Surface = Surface.PRODUCTION,
    package: str = "",
    **more: object,
) -> Finding:
    where = Location(str(more.pop("path", "server.py")), line)
    message = str(more.pop("message", "the token is logged"))
    return Finding(severity, confidence, surface, package, where, message, **more)  # type: ignore[arg-type]


def evidence(line: int = 1, *, met: bool = True, package: str = "", surface: Surface = Surface.PRODUCTION) -> Evidence:
    return Evidence(
        Location("server.py", line), met, "handler records" if met else "handler is silent", package, surface
    )


def maintained() -> Check:
    """A met check of the other axis, so that the overall grade follows Security."""
    return toy("SA808", axis=Axis.MAINTENANCE, severity=Severity.MEDIUM, kind=Kind.STATE, languages=frozenset())


def judged(*checks: Check, given: Facts | None = None) -> Evaluation:
    return evaluate(given or facts(), (*checks, maintained()))


def report(*checks: Check, given: Facts | None = None, source_line: str = "log.info(token)") -> Report:
    given = given or facts()
    evaluation = judged(*checks, given=given)
    excerpts = {
        key_of(one.location): Excerpt((mask(source_line, KEY),), "c129715d7a2bc9a3:1", len(source_line) + 1, 0)
        for verdict in evaluation.repository.verdicts
        for one in verdict.findings
    }
    return build_report(
        tool=ToolInfo("0.1.0", "sha256:00", 1),
        subject=Subject("owner/name", "a" * 40, "2026-11-21"),
        facts=given,
        evaluation=evaluation,
        excerpts=excerpts,
        key=KEY,
    )
