"""What the server remembers about a session."""

import time
from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum


class Effect(StrEnum):
    RETRIEVAL = "retrieval"
    MUTATION = "mutation"
    EXTERNAL = "external"


@dataclass(frozen=True)
class Call:
    tool: str
    effect: Effect
    args_hash: str
    args_size: int
    ts: float


@dataclass
class Session:
    """One caller's session; `caller` is a digest, never the identity itself."""

    caller: str
    owner: str = "local"
    scopes: frozenset[str] = frozenset()
    session_id: str = "stdio"
    started: float = field(default_factory=time.monotonic)
    call_log: deque[Call] = field(default_factory=lambda: deque(maxlen=500))
    failures: deque[float] = field(default_factory=lambda: deque(maxlen=100))
    requests: deque[float] = field(default_factory=lambda: deque(maxlen=5000))
    response_bytes: int = 0
    outbound_bytes: int = 0

    @property
    def age_ms(self) -> int:
        return int((time.monotonic() - self.started) * 1000)

    def who(self) -> dict[str, object]:
        """The fields that every record about this session carries."""
        return {"caller": self.caller, "session": self.session_id, "session_age_ms": self.age_ms}

    def recent_failures(self, seconds: float) -> int:
        since = time.monotonic() - seconds
        return sum(1 for moment in self.failures if moment >= since)


class SessionStore:
    """Sessions by caller, oldest forgotten first."""

    def __init__(self, capacity: int = 10_000) -> None:
        self._sessions: dict[str, Session] = {}
        self._capacity = capacity

    def get(self, caller: str) -> Session:
        session = self._sessions.get(caller)
        if session is None:
            if len(self._sessions) >= self._capacity:
                self._sessions.pop(next(iter(self._sessions)))
            session = self._sessions[caller] = Session(caller=caller)
        return session


LOCAL = Session(caller="local", scopes=frozenset({"read", "write", "fetch", "admin"}))
