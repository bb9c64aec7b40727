"""SA603: a caller's path leads outside the directory it belongs to."""

from collections.abc import Iterator

from skillaudit.check import Example, Observation, Reference, Remediation, check
from skillaudit.checks._codeflows import by_language, judged, subject
from skillaudit.codeflows import CodeFlow, Danger, Strength
from skillaudit.facts import Facts
from skillaudit.model import Severity

_VERBS = {
    "read": "is read by", "list": "is listed by", "write": "is written by", "delete": "is deleted by",
    "rename": "is moved or copied by",
}  # fmt: skip


@check(
    "SA603",
    title="Path traversal",
    asks="Are callers kept from naming a file outside the directory that the server works in?",
    why="`../../.ssh/id_rsa`, an absolute path or a symbolic link lead from any argument that names a file to every file that "
    "the server's account may read, write or delete.",
    remediation=Remediation(
        "Resolve the path with its symbolic links, then ask whether it lies inside the root, by path segments and not by "
        "text; use the resolved path, and only that one, afterwards.",
        (
            Example(
                "Python",
                "python",
                "target = (ROOT / name).resolve()\n"
                "if not target.is_relative_to(ROOT):\n"
                '    raise ValueError("outside the root")\n'
                "return target.read_text()",
            ),
            Example(
                "TypeScript",
                "ts",
                "const target = await fs.realpath(path.resolve(ROOT, name));\n"
                'if (!target.startsWith(ROOT + path.sep)) throw new Error("outside the root");\n'
                'return fs.readFile(target, "utf8");',
            ),
            Example(
                "Go",
                "go",
                "root, err := os.OpenRoot(dir) // Go 1.24: refuses everything outside dir\nfile, err := root.Open(name)",
            ),
        ),
    ),
    references=(
        Reference(
            "CWE-22: Improper Limitation of a Pathname to a Restricted Directory",
            "https://cwe.mitre.org/data/definitions/22.html",
        ),
        Reference("OWASP: Path Traversal", "https://owasp.org/www-community/attacks/Path_Traversal"),
    ),
)
def sa603(facts: Facts) -> Iterator[Observation]:
    """Flows into calls that read, write, list, move or delete files; a check that resolves and compares counts."""
    yield from judged(facts, {Danger.PATH: Severity.HIGH}, _message, _fix)


def _message(flow: CodeFlow) -> str:
    verb = _VERBS.get(flow.operation, "is used by")
    checked = flow.guarded.strength is Strength.NAIVE
    unkept = "" if checked else "; no check keeps it inside a directory"
    return f"{subject(flow)} names a file that {verb} `{flow.sink}`{unkept}"


def _fix(flow: CodeFlow) -> str:
    return by_language(
        flow,
        "`target = (ROOT / name).resolve()`, then refuse it unless `target.is_relative_to(ROOT)`",
        "`const target = await fs.realpath(path.resolve(ROOT, name))`, then refuse it unless it starts with `ROOT + path.sep`",
        "open it through `os.OpenRoot(dir)`, or refuse it unless `filepath.IsLocal(name)` before joining",
    )
