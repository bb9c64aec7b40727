"""Guards: what a session did so far, how much data moved, which paths may not be written."""

import logging
import re
import time
from collections import Counter

from ..config import Limits
from ..errors import Forbidden, LimitExceeded
from .logger import security_event
from .session import Call, Effect, Session

CHAIN_WINDOW = 30.0
BURST_WINDOW = 30.0
ENUMERATION_WINDOW = 60.0
MINIMAL_ARGUMENTS = 64
CHAIN_SCOPE = "allow:retrieval-to-external-chain"


class AnomalyGuard:
    """Looks at a session's call log after each call."""

    def __init__(self, limits: Limits, tool_count: int) -> None:
        self._limits = limits
        self._tool_count = tool_count

    def after_call(self, session: Session, call: Call) -> None:
        session.call_log.append(call)
        self._burst(session, call)
        self._chain(session, call)
        self._enumeration(session)

    def _burst(self, session: Session, call: Call) -> None:
        since = call.ts - BURST_WINDOW
        same = [c for c in session.call_log if c.ts >= since and (c.tool, c.args_hash) == (call.tool, call.args_hash)]
        if len(same) > self._limits.burst_calls:
            security_event(
                "burst_alert",
                level=logging.WARNING,
                tool=call.tool,
                args_hash=call.args_hash,
                calls=len(same),
                **session.who(),
            )

    def _chain(self, session: Session, call: Call) -> None:
        if call.effect is not Effect.EXTERNAL or CHAIN_SCOPE in session.scopes:
            return
        recent = [c for c in session.call_log if c.ts >= call.ts - CHAIN_WINDOW]
        if any(c.effect is Effect.RETRIEVAL for c in recent):
            security_event(
                "chain_guard_alert",
                level=logging.WARNING,
                pattern="retrieval_to_external",
                sequence=[c.tool for c in recent[-10:]],
                **session.who(),
            )

    def _enumeration(self, session: Session) -> None:
        since = time.monotonic() - ENUMERATION_WINDOW
        probes = [c for c in session.call_log if c.ts >= since and c.args_size <= MINIMAL_ARGUMENTS]
        tools = Counter(c.tool for c in probes)
        if len(tools) >= self._tool_count and max(tools.values()) == 1:
            security_event("enumeration_alert", level=logging.WARNING, tools=len(tools), **session.who())


class VolumeGuard:
    """Counts bytes per session and stops what exceeds a ceiling."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def response(self, session: Session, tool: str, size: int) -> None:
        session.response_bytes += size
        if size > self._limits.single_response:
            security_event("large_single_response", level=logging.WARNING, tool=tool, bytes=size, **session.who())
            raise LimitExceeded("response is too large")
        if session.response_bytes > self._limits.session_bytes:
            security_event(
                "session_volume_ceiling",
                level=logging.WARNING,
                tool=tool,
                total_bytes=session.response_bytes,
                **session.who(),
            )
            raise LimitExceeded("this session has read too much")

    def outbound(self, session: Session, tool: str, size: int) -> None:
        session.outbound_bytes += size
        if session.outbound_bytes > self._limits.outbound_bytes:
            security_event(
                "outbound_volume_ceiling",
                level=logging.WARNING,
                tool=tool,
                total_bytes=session.outbound_bytes,
                **session.who(),
            )
            raise LimitExceeded("this session has sent too much")


PROTECTED = re.compile(
    r"""(^|/)\.env            # environment files
      | (^|/)\.(git|ssh|github)(/|$)
      | (^|/)etc/
      | cron
      | \.(sh|bash|zsh|py|rb)$  # executable scripts
      | (^|/)node_modules/
    """,
    re.IGNORECASE | re.VERBOSE,
)


def require_unprotected(session: Session, tool: str, path: str) -> None:
    """Refuse a write to a protected path; called before anything is opened."""
    if PROTECTED.search(path):
        security_event("write_to_protected_path", level=logging.ERROR, tool=tool, path=path, **session.who())
        raise Forbidden("write target is not allowed")
