"""Functions that a web framework calls with an inbound request: routes, middleware, dependencies."""

import re
from collections.abc import Iterator

from skillaudit import ir
from skillaudit.linking.names.program import Fn
from skillaudit.linking.registrations.toolbox import Toolbox

_REGISTERS = {
    "use", "get", "post", "put", "patch", "delete", "all", "route", "add_route", "add_api_route", "Route", "Mount",
    "HandleFunc", "Handle", "HandlerFunc", "GET", "POST", "PUT", "DELETE", "Any", "Use", "Group", "Middleware",
    "createServer", "addHook", "register", "onRequest", "preHandler", "add_middleware", "middleware", "Depends",
    "Security", "before_request", "createMcpHandler", "RequireBearerToken", "requireBearerAuth", "mount", "on",
}  # fmt: skip
_METHODS = {
    "dispatch", "ServeHTTP", "on_request", "on_message", "on_call_tool", "on_initialize", "canActivate", "fetch",
    "__call__",
}  # fmt: skip
_PROVIDED = {
    "exchange_authorization_code", "exchange_refresh_token", "authorize", "register_client", "revoke_token",
    "exchangeAuthorizationCode", "exchangeRefreshToken", "revokeToken",
}  # fmt: skip
"""What the SDKs ask a provider of OAuth for on behalf of a caller."""
_PROVIDER = re.compile(r"OAuth\w*Provider$")
_TYPES = re.compile(
    r"\b(?:http\.ResponseWriter|http\.Request|gin\.Context|echo\.Context|fiber\.Ctx|NextRequest|NextFunction|IncomingMessage|"
    r"FastifyRequest|HonoRequest|(?:express\.)?Request|Scope|HTTPConnection)\b"
)
_DECORATORS = {
    "get",
    "post",
    "put",
    "patch",
    "delete",
    "route",
    "custom_route",
    "middleware",
    "websocket",
    "before_request",
}


def roots(box: Toolbox) -> Iterator[Fn]:
    """Every such function of production code."""
    for fn in box.program.functions():
        if not box.program.surface(fn.module).counts:
            continue
        if fn in box.served or _takes_requests(box, fn):
            yield fn
        for edge in box.calls.out.get(fn, ()):
            if edge.handed:
                call = box.program.value(fn.at(edge.value))
                if isinstance(call, ir.Call) and box.origins.name_of(fn.at(call.callee)) in _REGISTERS:
                    yield edge.target


def _takes_requests(box: Toolbox, fn: Fn) -> bool:
    function = box.program.function(fn)
    typed = any(_TYPES.search(parameter.type_text) for parameter in function.params)
    called = function.name in _METHODS or (function.name in _PROVIDED and _provides(box, fn))
    return called or typed or not _DECORATORS.isdisjoint(_decorated(box, fn))


def _provides(box: Toolbox, fn: Fn) -> bool:
    """Whether a method belongs to a provider of OAuth, by what its class is derived from."""
    owner = box.symbols.owner(fn)
    if owner is None:
        return False
    declared = box.program.klass(owner)
    scope = Fn(owner.module, declared.scope)
    return any(_PROVIDER.search(box.program.called(scope.at(base))) for base in declared.bases)


def _decorated(box: Toolbox, fn: Fn) -> Iterator[str]:
    function = box.program.function(fn)
    for number in function.decorators:
        yield box.origins.name_of(Fn(fn.module, function.parent).at(number))
