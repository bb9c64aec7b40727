"""Objects in which platforms and frameworks hand over what was sent: Lambda's events, procedures' inputs, bindings."""

from skillaudit.facts import Nature
from skillaudit.linking.knowledge.sources import request_part

EVENT = "event"
"""The whole event that a platform calls a function with."""
ENV = "env"
"""The object in which a worker is handed its variables and secrets."""

INPUT = "input"
"""The object in which a remote procedure is handed its input."""
_EVENT_PARTS = {
    "multiValueHeaders": "headers", "queryStringParameters": "query", "multiValueQueryStringParameters": "query",
    "pathParameters": "params", "rawQueryString": "query", "rawPath": "path", "Records": "body",
}  # fmt: skip
_EVENT_META = {
    "requestContext", "httpMethod", "resource", "isBase64Encoded", "version", "routeKey", "stageVariables", "source",
    "detail-type", "account", "region", "time", "id", "resources", "type", "methodArn",
}  # fmt: skip


def _event_part(names: tuple[str, ...]) -> tuple[Nature, tuple[str, ...]] | None:
    """What a member of Lambda's event holds; what no gateway put there is the caller's own object."""
    if not names:
        return Nature.BODY, (EVENT,)
    if names[0] in _EVENT_META or names[0] in {"RequestContext", "HTTPMethod", "Resource", "IsBase64Encoded"}:
        return None
    first = names[0] if names[0] in _EVENT_PARTS else names[0][:1].lower() + names[0][1:]  # Go's begin with a capital
    part = _EVENT_PARTS.get(first, first)
    nature = request_part(part)
    return (nature, (part, *names[1:])) if nature else (Nature.BODY, (EVENT, *names))


def taken(brought: tuple[str, ...], path: tuple[str, ...], *, parts: bool) -> tuple[Nature, tuple[str, ...]] | None:
    """What is taken of a part of a request that a parameter is, by the part's names and those inside.

    ``parts``: it is known to be an object.
    """
    if brought == (EVENT,):
        return _event_part(path)
    if brought == (ENV,):
        return (Nature.ENVIRONMENT, brought) if path in {(), ("*",)} else None
    if brought == (INPUT,) and path == (INPUT,) and parts:
        return Nature.BODY, (INPUT,)
    if brought == (INPUT,):
        return (Nature.REQUEST, ("params", *path[1:])) if path[:1] == (INPUT,) else None
    nature = request_part(brought[0])
    return (nature, (*brought, *path)) if nature else None
