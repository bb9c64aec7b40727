import logging
import os
import sys
from dataclasses import asdict, dataclass

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("desk")
logging.basicConfig(level=logging.INFO, stream=sys.stderr)
logger = logging.getLogger(__name__)


@dataclass
class Account:
    user: str
    password: str

    @classmethod
    def load(cls):
        return cls(os.environ["DESK_USER"], os.environ["DESK_PASSWORD"])


@dataclass
class Place:
    shelf: str

    @classmethod
    def load(cls):
        return cls(os.environ["DESK_SHELF"])

    def __call__(self):
        return self.shelf


account = Account.load()
logger.info("account %s", account.password)  # expect: SA302
logger.info("account of %s", account.user)
logger.info("place %s", Place.load())
logger.info("account %s", account)  # expect: SA304
logger.info("account %s", asdict(account))  # expect: SA304


@mcp.tool()
def check() -> str:
    """Check the set-up."""
    return account.user


if __name__ == "__main__":
    mcp.run()
