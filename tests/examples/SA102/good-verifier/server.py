import logging

import jwt
from mcp.server.auth.provider import AccessToken, TokenVerifier
from mcp.server.fastmcp import FastMCP

logging.basicConfig(level=logging.INFO)
log = logging.getLogger(__name__)


class Verifier(TokenVerifier):
    async def verify_token(self, token: str) -> AccessToken | None:
        try:
            claims = jwt.decode(token, "key", algorithms=["HS256"])
        except jwt.PyJWTError as error:
            log.warning("token refused: %s", type(error).__name__)
            return None
        return AccessToken(token=token, client_id=claims["sub"], scopes=[])


class Audit:
    async def on_initialize(self, context, call_next):
        log.info("initialize")
        return await call_next(context)


mcp = FastMCP("gate", token_verifier=Verifier(), middleware=[Audit()])


@mcp.tool()
def ping() -> str:
    log.info("ping")
    return "pong"


mcp.run(transport="streamable-http")
