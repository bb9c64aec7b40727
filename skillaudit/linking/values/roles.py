"""Which parameters the client fills: of tool handlers, dispatchers, resource and prompt handlers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from skillaudit.codeflows import Danger
from skillaudit.linking.names.program import At
from skillaudit.linking.names.symbols import Formal

_META = {"name", "_meta", "method", "id", "jsonrpc", "progressToken", "Name", "Meta", "Method", "Session",
         "GetSession", "ID", "JSONRPC"}  # fmt: skip
_HOLDERS = {
    "params",
    "Params",
    "arguments",
    "Arguments",
    "GetArguments",
    "GetRawArguments",
    "GetParams",
    "message",
    "input",
    "Input",
    "RawArguments",
}


_ARGUMENTS = {"arguments", "Arguments", "GetArguments", "GetRawArguments", "input", "Input", "RawArguments"}
"""Behind one of these stands what the client chose, whatever it is called."""

_REQUEST_TYPES = re.compile(
    r"\b(?:CallToolRequest(?:Params(?:Raw)?)?|GetPromptRequest|ReadResourceRequest|(?:Uns|S)ubscribeRequest|CompleteRequest|"
    r"SessionMessage|MiddlewareContext|"
    r"JSONRPC(?:Message|Request|Notification|Response)|(?:Client|Server)(?:Request|Notification|Result)|"
    r"(?:Send|Receive)(?:Request|Notification|Result)T|\w*(?:CreateMessage|Elicit)(?:Request)?Params)\b|^mcp\.Request$"
)


_ENVELOPE = {"jsonrpc", "method", "params"}
_PROTOCOL = {
    "id", "name", "uri", "arguments", "_meta", "meta", "cursor", "ref", "argument", "context", "message", "messages",
    "requestedschema", "metadata", "modelpreferences", "systemprompt", "includecontext", "temperature", "maxtokens",
    "stopsequences", "tools", "toolchoice", "mode", "url", "elicitationid", "result", "error", "input",
}  # fmt: skip


def is_message(names: Iterable[str]) -> bool:
    """Whether a class with fields of these names is a message of the protocol, or the parameters of one."""
    held = {name.lower() for name in names}
    return not _ENVELOPE.isdisjoint(held) or held <= _PROTOCOL


_OF_TYPES = re.compile(r"^(?:typing\.)?(?:[tT]ype\[|Callable\[)")
"""A parameter of such a type takes a class, or a function, and no value of it."""

HOOK_ARGUMENTS = {"tool_input", "toolArgs", "tool_args", "toolInput", "tool_arguments", "tool_use"}
"""The names under which agents tell hooks a tool's arguments."""

_HOOK_TYPES = re.compile(
    r"\b(?:AgentAction|(?:Before|After)Tool(?:Call|Invocation)Event|(?:Pre|Post)ToolUseHookInput)\b"
)
_CONTEXT_TYPES = re.compile(r"\bToolCallHookContext\b")
_OWN_NAMES = {"ctx", "_ctx", "__context__", "mcp_ctx", "mcp_context"}
"""Under these the SDK's context stands among what a decorated handler is called with."""

_OWN_PARTS = {
    "request_context", "lifespan_context", "fastmcp", "fastmcp_context", "session", "session_id", "client_id",
    "request_id", "origin_request_id", "client_params",
}  # fmt: skip
"""What that context has, by whatever name it was found: https://gofastmcp.com/servers/context."""


class Role(Enum):
    """``ARGUMENT``: one argument; ``ARGUMENTS``: all of them in one object; ``REQUEST``: the whole JSON-RPC request.

    ``SOCKET``: a message on a web socket, which need not be a tool's call. ``PART``, ``BODY``, ``HEADER``, ``COOKIE``:
    what a web framework takes of an HTTP request for a handler's parameter, ``SECRET`` by a security scheme.
    ``HOOK``: what an agent tells a hook of a tool's call. ``CONTEXT``: the same as an object that shows nothing of
    itself as a text, such as CrewAI's.
    ``URI``: what the SDK takes of a resource's address, which it parsed and did not decode.
    ``SENT``: a message that the server sends, of which nothing is the client's.
    """

    ARGUMENT = "argument"
    ARGUMENTS = "arguments"
    REQUEST = "request"
    SOCKET = "socket"
    PART = "part"
    BODY = "body"
    HEADER = "header"
    COOKIE = "cookie"
    SECRET = "secret"  # noqa: S105 - the name of a role
    HOOK = "hook"
    CONTEXT = "context"
    URI = "uri"
    SENT = "sent"

    def within(self, path: tuple[str, ...]) -> tuple[str, ...] | None:
        """The path inside the client's arguments; None for what is only about the call (its name, its id)."""
        if self in {Role.REQUEST, Role.SOCKET}:
            if path and path[0] in {"session", "requestId", "extra", "server", "fastmcp_context"}:
                return None
            inside = False
            while path and path[0] in _HOLDERS and not inside:
                inside = path[0] in _ARGUMENTS
                path = path[1:]
            return None if path and path[0] in _META and not inside else path
        if self is Role.SENT or (self is Role.CONTEXT and path in {(), ("*",)}):
            return None
        if self in {Role.ARGUMENT, Role.ARGUMENTS} and path[:1] and path[0] in _OWN_NAMES:
            return None
        if self is Role.ARGUMENTS and path[1:2] and path[1] in _OWN_PARTS:
            return None
        return _of_hook(path) if self in {Role.HOOK, Role.CONTEXT} else path


def _of_hook(path: tuple[str, ...]) -> tuple[str, ...] | None:
    """The path inside the arguments of the call that a hook is told of."""
    if path in {(), ("*",)}:
        return path
    if path[0] == "tool_use":
        return path[2:] if path[1:2] in {(), ("input",)} else None
    return path[1:] if path[0] in HOOK_ARGUMENTS else None


def role_by_type(type_text: str) -> Role | None:
    """The role that a parameter has by its declared type alone: in middleware, hooks and transports."""
    if _OF_TYPES.match(type_text):
        return None
    if _CONTEXT_TYPES.search(type_text):
        return Role.CONTEXT
    if _HOOK_TYPES.search(type_text):
        return Role.HOOK
    return Role.REQUEST if _REQUEST_TYPES.search(type_text) else None


@dataclass(slots=True)
class Roles:
    """The roles of parameters, filled by the recognisers of tools, resources and prompts."""

    _held: dict[Formal, Role] = field(default_factory=dict)
    _routed: dict[Formal, Role] = field(default_factory=dict)
    _serving: set[Formal] = field(default_factory=set)
    _converted: dict[Formal, frozenset[Danger]] = field(default_factory=dict)
    _brought: dict[Formal, tuple[str, ...]] = field(default_factory=dict)
    _unpacked: set[Formal] = field(default_factory=set)
    _described: dict[Formal, tuple[At, ...]] = field(default_factory=dict)

    def add(self, formal: Formal, role: Role) -> None:
        """Say that the client fills this parameter; the first word on it stands."""
        self._held.setdefault(formal, role)

    def of(self, formal: Formal) -> Role | None:
        """The role of a parameter, if it has one."""
        return self._held.get(formal) or self._routed.get(formal)

    def route(self, formal: Formal, role: Role) -> None:
        """Say what of an HTTP request a parameter holds; what the recognisers of tools say counts more."""
        self._routed.setdefault(formal, role)

    def close(self, formal: Formal, harmless: frozenset[Danger]) -> None:
        """Say that the framework lets nothing through to the parameter that could do such harm: numbers, ids, slugs."""
        self._converted[formal] = harmless

    def harmless(self, formal: Formal) -> frozenset[Danger]:
        """What harm the framework's own check of a parameter rules out."""
        return self._converted.get(formal, frozenset())

    def closes(self, formal: Formal) -> bool:
        """Whether the framework has converted what the parameter holds to a number or an id, or checked it as well."""
        return self.harmless(formal) == frozenset(Danger)

    def serve(self, formal: Formal) -> None:
        """Say that the parameter is an inbound HTTP request, or the context that holds one."""
        self._serving.add(formal)

    def serves(self, formal: Formal) -> bool:
        """Whether the parameter is an inbound HTTP request, or the context that holds one."""
        return formal in self._serving

    def bring(self, formal: Formal, part: str, name: str = "") -> None:
        """Say that the parameter is one part of an inbound HTTP request, or what stands in it under a name."""
        self._brought[formal] = (part, name) if name else (part,)

    def brought(self, formal: Formal) -> tuple[str, ...]:
        """The part of an inbound HTTP request that the parameter is, by its names there; empty if it is none."""
        return self._brought.get(formal, ())

    def unpack(self, formal: Formal) -> None:
        """Say that the parameter is an entry of an archive, whose name whoever made the archive chose."""
        self._unpacked.add(formal)

    def unpacks(self, formal: Formal) -> bool:
        """Whether the parameter is an entry of an archive."""
        return formal in self._unpacked

    def describe(self, formal: Formal, schemas: tuple[At, ...]) -> None:
        """Say where the schemas may stand that the SDK checks a parameter with before the handler runs."""
        self._described[formal] = (*self._described.get(formal, ()), *schemas)

    def schemas(self, formal: Formal) -> tuple[At, ...]:
        """Where the schemas of a parameter may stand."""
        return self._described.get(formal, ())
