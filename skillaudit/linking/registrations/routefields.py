"""What a FastAPI handler declares of its parameters: address, header, cookie, form, body, or given by the server."""

import re
from typing import Final

from skillaudit.linking.names.symbols import External, Formal, Instance
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.linking.values.injections import gives, marks, providers
from skillaudit.linking.values.roles import Role

_MARKS: Final = {
    "Body": Role.BODY, "Query": Role.PART, "Path": Role.PART, "Form": Role.PART, "File": Role.PART,
    "Header": Role.HEADER, "Cookie": Role.COOKIE,
}  # fmt: skip
_OPTIONAL: Final = r"^(?:(?:typing\.)?Optional\[|None *\| *)?(?:typing\.)?"
_PLAIN: Final = re.compile(_OPTIONAL + r"(?:str|bytes|int|float|bool|UploadFile)\b|^$")
_BODIES: Final = re.compile(_OPTIONAL + r"(?:dict|Dict|list|List|Mapping|Any)\b")
_SCHEMES: Final = re.compile(r"^fastapi\.security\.(?:[\w.]+\.)?(?:OAuth2\w*Bearer|APIKey\w+|OpenIdConnect)\(\)$")
"""Security schemes whose call gives the token or the key as a text."""

_DEEPEST: Final = 4


def fill(box: Toolbox, formal: Formal, depth: int = _DEEPEST) -> None:
    """Say what the request fills a parameter with, also those of the functions that provide it."""
    parameter = box.program.function(formal.fn).params[formal.position]
    named = [name for _, _, name in marks(box.program, formal)]
    if _is_secured(box, formal):
        box.roles.route(formal, Role.SECRET)
    elif any(gives(name) for name in named):
        for _, _, provider in providers(box.program, box.symbols, formal) if depth else ():
            for index in range(len(box.program.function(provider).params)):
                fill(box, Formal(provider, index), depth - 1)
    elif roles := [_MARKS[name] for name in named if name in _MARKS]:
        box.roles.route(formal, roles[0])
    elif _PLAIN.match(parameter.type_text):
        box.roles.route(formal, Role.PART)
    elif _BODIES.match(parameter.type_text) or _is_model(box, formal):
        box.roles.route(formal, Role.BODY)


def _is_secured(box: Toolbox, formal: Formal) -> bool:
    """Whether a security scheme fills a parameter with the credential itself: ``Depends(oauth2_scheme)``."""
    asked = (at.to(call.args[0].value) for at, call, name in marks(box.program, formal) if gives(name) and call.args)
    held = (symbol for at in asked for symbol in box.symbols.resolve(at))
    return any(isinstance(symbol, External) and _SCHEMES.match(symbol.path) for symbol in held)


def _is_model(box: Toolbox, formal: Formal) -> bool:
    """Whether the declared type is a data class or a model of the project."""
    held = box.symbols.resolve_formal(formal)
    return any(isinstance(s, Instance) and box.origins.containers.exposures.writes_fields(s.cls) for s in held)
