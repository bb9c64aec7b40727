"""Bearer tokens on the way in."""

import hmac
import logging
import os

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from .audit import alarm, note
from .redact import fingerprint, masked

logger = logging.getLogger(__name__)


class BearerAuth:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.expected = os.environ["TICKETS_TOKEN"]
        logger.info("expecting a token of %d characters", len(self.expected))  # ok

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refused = self.refusal(Request(scope))
        if refused is None:
            await self.app(scope, receive, send)
        else:
            await refused(scope, receive, send)

    def refusal(self, request: Request) -> Response | None:
        header = request.headers.get("authorization")
        logger.debug("authorization present: %s", header is not None)  # ok
        if header is None:
            logger.warning("Missing token")  # ok
            return JSONResponse({"error": "unauthorized"}, status_code=401)
        scheme, _, token = header.partition(" ")
        logger.debug("token type %s", scheme)  # ok
        if scheme.lower() != "bearer":
            logger.warning(f"cannot parse authorization: {request.headers.get('authorization')}")  # expect: SA302
            return JSONResponse({"error": "unauthorized"}, status_code=401)
        if not hmac.compare_digest(token, self.expected):
            alarm("Invalid token", caller=fingerprint(token))  # ok
            return JSONResponse({"error": "unauthorized"}, status_code=401)
        note("token accepted", path=request.url.path, token=token)  # expect: SA302
        logger.info("caller %s", masked(token))  # ok
        return None
