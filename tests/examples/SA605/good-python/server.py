"""Nothing of this is a secret."""

import os
import re

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("mini")
API_KEY = os.environ["SERVICE_API_KEY"]
placeholder_key = "your-api-key-goes-here-1234567890"
access_token = "<paste the token of your account>"
api_key = "changeme-a8f3k2m9x7q4w1z6"
password = "********"
API_KEY_HEADER = "x-service-api-key-v2"
TOKEN_URL = "https://login.example.test/oauth2/v2.0/token"
token_type = "urn:ietf:params:oauth:token-type:access_token"
token_pattern = re.compile("[A-Za-z0-9]{20,40}")
public_key = "6oMSUAKckZqnWJv7iqsuyDf828u4mbbbbGgrbDNE"
client_id = "6e53a13043b026c48bbf33feff9243a8"
commit_sha = "f506b40928b5b7a767c76fb008f86bebb2737f6a"
LOCAL = "postgresql://postgres:postgres1@localhost:5432/app"
secret_name = "prod/service/credentials-v2"


def kind(token: str, password: str | None) -> str:
    if token == "undefined":
        return "none"
    return "bearer" if token == "Bearer" else "other"


@mcp.tool()
def go() -> str:
    """Go."""
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
