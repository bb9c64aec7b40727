"""SA606: a caller's text is evaluated as code, or unpacked by a format that runs code."""

from collections.abc import Iterator

from skillaudit.check import Example, Observation, Reference, Remediation, check
from skillaudit.checks._codeflows import by_language, judged, subject
from skillaudit.codeflows import CodeFlow, Danger
from skillaudit.facts import Facts
from skillaudit.model import Severity

_EMBEDDED = ("github.com/dop251/goja", "github.com/robertkrimen/otto", "github.com/yuin/gopher-lua", "isolated-vm")
"""Interpreters that reach no file and no network but through what they are given."""

_UNPACKS = (
    "pickle",
    "dill",
    "marshal",
    "joblib",
    "jsonpickle",
    "yaml",
    "torch",
    "shelve",
    "unserialize",
    "deserialize",
    "cloudpickle",
)


@check(
    "SA606",
    title="Caller's data is evaluated or unsafely deserialised",
    asks="Is a caller's text kept away from evaluators, template compilers and deserialisers that run code?",
    why="`eval`, `pickle.loads`, `yaml.load` and a template compiled from a caller's text run whatever they are sent, with the "
    "server's files, network and keys.",
    remediation=Remediation(
        "Parse data with a format that holds data only; give a caller's text to a template as a value, not as the template; "
        "compute expressions with a parser for exactly what is needed.",
        (
            Example(
                "Python",
                "python",
                "data = json.loads(text)  # not pickle.loads, not yaml.load\nvalue = ast.literal_eval(text)  # not eval",
            ),
            Example(
                "TypeScript",
                "ts",
                "const data = JSON.parse(text); // not eval, not new Function, not vm.runInNewContext",
            ),
            Example(
                "Go",
                "go",
                'tmpl := template.Must(template.New("page").Parse(page)) // page is a constant\nerr := tmpl.Execute(w, data)',
            ),
        ),
    ),
    references=(
        Reference("CWE-94: Improper Control of Generation of Code", "https://cwe.mitre.org/data/definitions/94.html"),
        Reference("CWE-502: Deserialization of Untrusted Data", "https://cwe.mitre.org/data/definitions/502.html"),
    ),
)
def sa606(facts: Facts) -> Iterator[Observation]:
    """Flows into evaluators, template compilers and deserialisers that make objects of any class."""
    yield from judged(facts, {Danger.CODE: Severity.HIGH}, _message, _fix)


def _message(flow: CodeFlow) -> str:
    does = "unpacked" if any(name in flow.sink for name in _UNPACKS) else "evaluated as code"
    embedded = flow.sink.startswith(_EMBEDDED)
    limits = "it may do whatever the interpreter was given" if embedded else "nothing limits what it may do"
    return f"{subject(flow)} is {does} by `{flow.sink}`; {limits}"


def _fix(flow: CodeFlow) -> str:
    if any(name in flow.sink for name in _UNPACKS):
        return by_language(flow, "`json.loads`, or `yaml.safe_load`", "`JSON.parse`", "`json.Unmarshal`")
    return by_language(
        flow,
        "`ast.literal_eval` for literals; a constant template with the value as a variable",
        "`JSON.parse` for data; a constant template with the value as a variable",
        "a constant template with the value as data",
    )
