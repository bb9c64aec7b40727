"""The decorator that every tool wears: one record after each call, whatever became of it."""

import functools
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any, ParamSpec

from mcp.server.fastmcp import Context

from ..config import LIMITS
from ..errors import Forbidden, VaultError
from .guards import AnomalyGuard, VolumeGuard
from .logger import digest, security_event
from .session import LOCAL, Call, Effect, Session

P = ParamSpec("P")

_registered: set[str] = set()
volume = VolumeGuard(LIMITS)


def session_of(ctx: Context) -> Session:
    """The session of the request behind a tool call; stdio has exactly one."""
    request = ctx.request_context.request
    return LOCAL if request is None else request.state.session


def recorded(effect: Effect, scope: str) -> Callable[[Callable[P, Awaitable[str]]], Callable[P, Awaitable[str]]]:
    """Record, guard and limit a tool that takes the context as keyword `ctx`."""

    def decorate(tool: Callable[P, Awaitable[str]]) -> Callable[P, Awaitable[str]]:
        name = tool.__name__
        _registered.add(name)

        @functools.wraps(tool)
        async def wrapper(*args: P.args, **kwargs: P.kwargs) -> str:
            session = session_of(kwargs["ctx"])
            given = {key: value for key, value in kwargs.items() if key != "ctx"}
            started = time.monotonic()
            outcome, size, error = "failure", 0, None
            try:
                _require_scope(session, name, scope)
                result = await tool(*args, **kwargs)
                size = len(result.encode())
                volume.response(session, name, size)
                outcome = "success"
                return result
            except VaultError as refused:
                outcome, error = "refused", type(refused).__name__
                raise
            except Exception as failed:
                error = type(failed).__name__
                raise VaultError("the tool failed; the operator has a record of it") from failed
            finally:
                args_hash = digest(given)
                security_event(
                    "tool_call",
                    tool=name,
                    outcome=outcome,
                    error=error,
                    duration_ms=round((time.monotonic() - started) * 1000),
                    args_hash=args_hash,
                    bytes=size,
                    **session.who(),
                )
                call = Call(name, effect, args_hash, len(str(given)), time.monotonic())
                AnomalyGuard(LIMITS, len(_registered)).after_call(session, call)

        return wrapper

    return decorate


def _require_scope(session: Session, tool: str, scope: str) -> None:
    if scope not in session.scopes:
        session.failures.append(time.monotonic())
        security_event(
            "auth_failure",
            level=logging.WARNING,
            reason="scope",
            tool=tool,
            resource=scope,
            failures=len(session.failures),
            **session.who(),
        )
        raise Forbidden("this token does not cover the tool")


def record_surface(tools: list[Any], previous: str | None) -> str:
    """Emit the hash of the canonical tools/list when it is new or changed, and return it."""
    surface = digest(sorted((tool.model_dump(mode="json") for tool in tools), key=lambda tool: tool["name"]))
    if surface != previous:
        security_event("tool_surface", hash=surface, previous=previous, tools=len(tools))
    return surface
