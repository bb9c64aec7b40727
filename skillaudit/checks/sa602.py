"""SA602: a caller's value is run as a command, or becomes an option of one."""

from collections.abc import Iterator

from skillaudit.check import Example, Observation, Reference, Remediation, check
from skillaudit.checks._codeflows import by_language, in_words, judged, subject
from skillaudit.codeflows import CodeFlow, Danger
from skillaudit.facts import Facts
from skillaudit.model import Severity

_DANGERS = {Danger.COMMAND: Severity.HIGH, Danger.ARGUMENT: Severity.MEDIUM}


@check(
    "SA602",
    title="Command or argument injection",
    asks="Are callers' values kept from ending up as a command, or as an option of one?",
    why="A shell splits, expands and chains what it is given: one `;` or `$(…)` in an argument runs the caller's program with "
    "the server's rights. Without a shell a value that begins with `-` still becomes an option, and many programs have "
    "options that write files or run others.",
    remediation=Remediation(
        "Start the program directly with a list of arguments, never through a shell; put `--` before values of callers and "
        "refuse those that begin with `-`; where the caller picks among programs or subcommands, compare with a closed list.",
        (
            Example(
                "Python",
                "python",
                'subprocess.run(["git", "log", "--", path], check=True)  # no shell=True, `--` before the value',
            ),
            Example(
                "TypeScript",
                "ts",
                'await promisify(execFile)("git", ["log", "--", path]); // no exec(), `--` before the value',
            ),
            Example("Go", "go", 'exec.CommandContext(ctx, "git", "log", "--", path) // no "sh", "-c"'),
        ),
    ),
    references=(
        Reference(
            "CWE-78: Improper Neutralization of Special Elements used in an OS Command",
            "https://cwe.mitre.org/data/definitions/78.html",
        ),
        Reference(
            "CWE-88: Improper Neutralization of Argument Delimiters in a Command",
            "https://cwe.mitre.org/data/definitions/88.html",
        ),
    ),
)
def sa602(facts: Facts) -> Iterator[Observation]:
    """Flows into shells, program names and argument lists."""
    yield from judged(facts, _DANGERS, _message, _fix)


_LINES = "stdin.write"
"""The call that gives whole command lines to a program that takes them apart itself."""


def _message(flow: CodeFlow) -> str:
    if flow.sink == _LINES:
        return f"{subject(flow)} becomes part of a command line that `{flow.sink}` gives to a program: a space begins another argument"
    if flow.danger is Danger.ARGUMENT:
        return f"{subject(flow)} becomes an argument of the command that `{flow.sink}` starts: it may begin with `-` and is taken for an option"
    return f"{subject(flow)} is run as a command by `{flow.sink}`, neither quoted nor compared with a closed list"


def _fix(flow: CodeFlow) -> str:
    if flow.sink == _LINES:
        return f"refuse {in_words(flow.value)} unless it matches a pattern without white space, or start the program with a list of arguments"
    if flow.danger is Danger.ARGUMENT:
        return f'put "--" before {in_words(flow.value)}, or refuse it where it begins with "-"'
    return by_language(
        flow,
        "pass a list to `subprocess.run` without `shell=True`; the program's name is a constant",
        "use `execFile` with a list of arguments; the program's name is a constant",
        "use `exec.CommandContext` with a constant program and separate arguments, not `sh -c`",
    )
