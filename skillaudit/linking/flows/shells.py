"""Which calls start a shell, and which standard input a shell reads commands from."""

from skillaudit import ir
from skillaudit.linking.flows.taints import Taints
from skillaudit.linking.names.program import At, Fn

SHELLS = {"sh", "bash", "zsh", "dash", "ksh", "cmd", "cmd.exe", "powershell", "powershell.exe", "pwsh", "osascript",
           "python", "python3", "node", "perl", "ruby", "php"}  # fmt: skip
"""Programs that run what they are told or read."""

_COMPARING = {"==", "===", "!=", "!=="}


def is_used(taints: Taints, fn: Fn, call: ir.Call) -> bool:
    """Whether a call that starts a program says that a shell does, also only on some systems."""
    given = [fn.at(a.value) for a in call.args if a.name == "shell"]
    for argument in call.args:
        held, where = taints.definition(fn.at(argument.value)), taints.defined(fn.at(argument.value))
        if isinstance(held, ir.Record):
            given += [where.to(e.value) for e in held.entries if e.key == "shell"]
    values = (taints.definition(at) for at in given)
    return any(
        (isinstance(v, ir.Operation) and v.operator in _COMPARING)  # `process.platform === "win32"`: there it is one
        or (isinstance(v, ir.Literal) and v.text not in {"False", "false", ""} and v.kind != "null")
        for v in values
    )


def reads(taints: Taints, at: At) -> bool:
    """Whether it is the standard input of a shell: ``spawn("bash").stdin``, where it was given no command."""
    held = taints.program.value(at)
    return isinstance(held, ir.Member) and is_started(taints, at.to(held.base))


def is_started(taints: Taints, at: At) -> bool:
    """Whether it is a shell that was started with no command, and waits for some: ``Popen(["bash"])``."""
    made, where = taints.definition(at), taints.defined(at)
    given = [a for a in made.args if not a.name] if isinstance(made, ir.Call) else []
    words = taints.definition(where.to(given[1].value)) if len(given) > 1 else None
    alone = words is None or isinstance(words, ir.Record) or (isinstance(words, ir.Sequence) and not words.items)
    first = taints.definition(where.to(given[0].value)) if given else None
    if isinstance(first, ir.Sequence) and len(first.items) == 1:
        first = taints.definition(taints.defined(where.to(given[0].value)).to(first.items[0]))
    return alone and isinstance(first, ir.Literal) and first.text.rpartition("/")[2] in SHELLS
