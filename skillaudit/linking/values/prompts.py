"""What a person types at a prompt: a credential where the prompt asks for one, or hides what is typed."""

import re
from typing import Final

from skillaudit import ir
from skillaudit.linking.knowledge import vocabulary
from skillaudit.linking.names.program import At, Program

_HIDDEN: Final = re.compile(
    r"^(?:getpass\.getpass|pwinput\.pwinput|maskpass\.\w+|questionary\.password|inquirer\.(?:secret|password))(?:\(\)\.ask(?:_async)?|"
    r"\(\)\.execute(?:_async)?|\(\)\.unsafe_ask)?$"
)
_SHOWN: Final = re.compile(
    r"^(?:input|click\.prompt|typer\.prompt|rich\.prompt\.Prompt(?:\(\))?\.ask|rich\.console\.Console\(\)\.input|questionary\.text\(\)\.ask|"
    r"prompt_toolkit(?:\.shortcuts)?\.prompt|prompt_toolkit\.PromptSession\(\)\.prompt(?:_async)?)$"
)
_HIDING: Final = {"hide_input", "password", "is_password"}
_ASKING: Final = {"enter", "paste", "type", "provide", "input", "please", "your", "new", "the", "what", "give", "set"}
_ABOUT: Final = {
    "name",
    "id",
    "path",
    "file",
    "type",
    "length",
    "number",
    "count",
    "url",
    "with",
    "without",
    "if",
    "use",
}
_SHORT: Final = 3


def credential(program: Program, at: At, call: ir.Call, path: str) -> str:
    """The name of the credential that a call of the dotted path asks a person for; empty for anything else."""
    if _HIDDEN.match(path):
        return "password"
    if not _SHOWN.match(path):
        return ""
    asked = program.value(at.to(call.args[0].value)) if call.args else None
    text = "".join(_literals(program, at, asked))
    hides = [program.value(at.to(a.value)) for a in call.args if a.name in _HIDING]
    if any(isinstance(value, ir.Literal) and value.text.lower() == "true" for value in hides):
        return _named(text) or "password"
    return _named(text)


def _literals(program: Program, at: At, value: ir.Value | None) -> list[str]:
    parts = [program.value(at.to(part)) for part in value.parts] if isinstance(value, ir.Text) else [value]
    return [part.text for part in parts if isinstance(part, ir.Literal) and part.kind == "str"]


def _named(prompt: str) -> str:
    """What a prompt asks for, if that is a credential: ``Enter your API key:``."""
    said = re.split(r"[:?(\[]", prompt.strip(), maxsplit=1)[0]
    words = re.findall(r"[A-Za-z]{2,}", said)
    low = [word.lower() for word in words]
    asks = bool(low) and (low[0] in _ASKING or len(low) <= _SHORT)
    name = "_".join(low[-2:])
    return name if asks and _ABOUT.isdisjoint(low) and vocabulary.names_credential(name) else ""
