"""Handlers of HTTP routes whose parameters say by a decorator what of the request they hold: ``@Body() dto: Order``.

NestJS, routing-controllers, tsoa, Ts.ED and LoopBack. A decorator with a name (``@Query("q")``) takes one value.
"""

import re
from typing import Final

from skillaudit import ir
from skillaudit.linking.names.program import Fn
from skillaudit.linking.names.symbols import External, Formal
from skillaudit.linking.registrations.toolbox import Toolbox

_FRAMEWORKS: Final = re.compile(
    r"^(?:@nestjs/|routing-controllers\.|tsoa\.|@tsoa/|@tsed/|@loopback/|@decorators/|@foal/|inversify-express)"
)
_PARTS: Final = {
    "Body": "body", "BodyParam": "body", "BodyParams": "body", "BodyProp": "body", "RawBody": "body",
    "FormField": "body", "MessageBody": "body", "Payload": "body", "UploadedFile": "body", "UploadedFiles": "body",
    "Query": "query", "Queries": "query", "QueryParam": "query", "QueryParams": "query", "RawQueryParams": "query",
    "Param": "params", "Params": "params", "Path": "params", "PathParam": "params", "PathParams": "params",
    "RequestParams": "params", "Args": "params", "Headers": "headers", "Header": "headers", "HeaderParam": "headers",
    "HeaderParams": "headers", "RequestHeaders": "headers", "CookieParam": "cookies", "CookieParams": "cookies",
}  # fmt: skip
_REQUESTS: Final = {"Req", "Request"}
_CLOSING: Final = re.compile(r"^Parse(?:Int|Float|Bool|UUID|Enum|Date)Pipe$")


def fill(box: Toolbox) -> None:
    """Say of decorated parameters which part of an inbound request they hold."""
    for fn in box.program.functions():
        for index, parameter in enumerate(box.program.function(fn).params):
            for decorator in parameter.decorators:
                _fill(box, Formal(fn, index), decorator)


def _fill(box: Toolbox, formal: Formal, decorator: int) -> None:
    scope = Fn(formal.fn.module, max(box.program.function(formal.fn).parent, 0))
    call = box.program.value(scope.at(decorator))
    if not isinstance(call, ir.Call):
        return
    paths = [s.path for s in box.symbols.resolve(scope.at(call.callee)) if isinstance(s, External)]
    name = next((path.rpartition(".")[2] for path in paths if _FRAMEWORKS.match(path)), "")
    if name in _REQUESTS:
        box.roles.serve(formal)
    elif name in _PARTS and not any(_CLOSING.match(box.origins.name_of(scope.at(a.value))) for a in call.args):
        first = box.program.value(scope.at(call.args[0].value)) if call.args else None
        box.roles.bring(formal, _PARTS[name], first.text if isinstance(first, ir.Literal) else "")
