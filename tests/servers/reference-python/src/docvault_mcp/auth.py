"""Authentication in front of the MCP endpoint: who calls, may they, and a record of everyone who may not."""

import json
import logging
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jwt
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .config import LIMITS, Settings
from .security import digest, security_event
from .security.session import Session, SessionStore

BURST_FAILURES = 3
BURST_SECONDS = 30.0
REQUIRED_SCOPE = "mcp"
MAX_BODY = 4 * 1024 * 1024


class Rejection(Exception):
    """Why a caller is turned away."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


@dataclass(frozen=True)
class Asked:
    """What a JSON-RPC body asks for, as far as a record needs it."""

    method: str
    tool: str | None
    resource: str | None

    @classmethod
    def of(cls, body: bytes) -> "Asked":
        try:
            message = json.loads(body)
        except ValueError:
            return cls("unreadable", None, None)
        if not isinstance(message, dict):
            return cls("batch", None, None)
        params = message.get("params") or {}
        if not isinstance(params, dict):
            params = {}
        resource = params.get("arguments") or params.get("uri")
        return cls(
            method=str(message.get("method", "response"))[:64],
            tool=str(params["name"])[:64] if "name" in params else None,
            resource=digest(resource) if resource else None,
        )


class TokenVerifier:
    def __init__(self, settings: Settings) -> None:
        if settings.public_key_file is None:
            raise SystemExit("DOCVAULT_PUBLIC_KEY_FILE must be set when the transport is http")
        self._key = settings.public_key_file.read_text()
        self._settings = settings

    def verify(self, headers: Headers) -> dict[str, Any]:
        scheme, _, presented = headers.get("authorization", "").partition(" ")
        if not presented:
            raise Rejection(401, "missing")
        if scheme.lower() != "bearer":
            raise Rejection(401, "invalid")
        try:
            claims = jwt.decode(
                presented,
                self._key,
                algorithms=["RS256"],
                audience=self._settings.audience,
                issuer=self._settings.issuer,
                options={"require": ["exp", "sub", "jti"]},
            )
        except jwt.ExpiredSignatureError:
            raise Rejection(401, "expired") from None
        except jwt.InvalidTokenError:
            raise Rejection(401, "invalid") from None
        if claims["jti"] in _revoked(self._settings.revoked_file):
            raise Rejection(401, "revoked")
        return claims


def _revoked(path: Path | None) -> frozenset[str]:
    return frozenset(path.read_text().split()) if path is not None else frozenset()


class AuthMiddleware:
    """Pure ASGI, so that streamed responses stay streamed."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._verifier = TokenVerifier(settings)
        self._sessions = SessionStore()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        body = await _body(Request(scope, receive))
        asked = Asked.of(body)
        session = self._sessions.get(_presented_caller(headers, scope))
        try:
            self._admit(session, headers)
        except Rejection as rejection:
            self._record_failure(session, asked, rejection)
            response = JSONResponse({"error": rejection.reason}, status_code=rejection.status)
            await response(scope, receive, send)
            return
        scope.setdefault("state", {})["session"] = session
        await self._app(scope, _replay(body, receive), _watch(session, asked, send))

    def _admit(self, session: Session, headers: Headers) -> None:
        claims = self._verifier.verify(headers)
        session.owner = claims["sub"]
        session.scopes = frozenset(str(claims.get("scope", "")).split())
        if REQUIRED_SCOPE not in session.scopes:
            raise Rejection(403, "scope")
        now = time.monotonic()
        session.requests.append(now)
        if sum(1 for moment in session.requests if moment > now - 60) > LIMITS.requests_per_minute:
            raise Rejection(429, "rate_limit")

    def _record_failure(self, session: Session, asked: Asked, rejection: Rejection) -> None:
        session.failures.append(time.monotonic())
        fields = {
            "reason": rejection.reason,
            "status": rejection.status,
            "tool": asked.tool,
            "resource": asked.resource,
            "failures": len(session.failures),
            **session.who(),
        }
        security_event("auth_failure", level=logging.WARNING, **fields)
        if asked.method == "initialize":
            security_event("session_rejected", level=logging.WARNING, **fields)
        if session.recent_failures(BURST_SECONDS) >= BURST_FAILURES:
            security_event("auth_failure_burst", level=logging.ERROR, **fields)


def _presented_caller(headers: Headers, scope: Scope) -> str:
    """A digest of what the caller presented as identity; of the address if it presented nothing."""
    client = scope.get("client") or ("unknown", 0)
    return digest(headers.get("authorization") or f"address:{client[0]}")


def _watch(session: Session, asked: Asked, send: Send) -> Send:
    """Take the session id from the answer to `initialize` and record how that ended."""

    async def watched(message: Message) -> None:
        if asked.method == "initialize" and message["type"] == "http.response.start":
            session.session_id = digest(Headers(raw=message["headers"]).get("mcp-session-id", "none"))
            if message["status"] < 400:
                security_event("session_initialized", outcome="success", **session.who())
            else:
                security_event(
                    "session_rejected",
                    level=logging.WARNING,
                    reason="protocol",
                    status=message["status"],
                    **session.who(),
                )
        await send(message)

    return watched


async def _body(request: Request) -> bytes:
    chunks = bytearray()
    async for chunk in request.stream():
        chunks += chunk
        if len(chunks) > MAX_BODY:
            break
    return bytes(chunks)


def _replay(body: bytes, receive: Receive) -> Receive:
    sent = False

    async def replayed() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed
