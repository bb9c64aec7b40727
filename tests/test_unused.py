"""Security machinery that is defined and never called, told apart from what is called in a roundabout way."""

from collections.abc import Mapping

import pytest
from linked import facts_of

SERVER = """
import logging
from mcp.server.fastmcp import FastMCP
from guard import *

logging.basicConfig()
mcp = FastMCP("gate")

@mcp.tool()
def ping() -> str:
    return "pong"

{use}
mcp.run()
"""
GUARD = """
import logging
log = logging.getLogger(__name__)

class AuthMiddleware:
    def __init__(self, tokens):
        self.tokens = tokens

    def validate_token(self, token):
        return token in self.tokens

def log_security_event(name):
    log.warning("event %s", name)

def read(name):
    return name
"""


def unused(files: Mapping[str, str]) -> set[tuple[str, str]]:
    return {(one.kind, one.name) for one in facts_of(files).unused}


@pytest.mark.parametrize(
    ("use", "left"),
    [
        ("", {("auth", "AuthMiddleware"), ("audit", "log_security_event")}),
        ("log_security_event('start')", {("auth", "AuthMiddleware")}),
        ("guard = AuthMiddleware([])", {("auth", "AuthMiddleware.validate_token"), ("audit", "log_security_event")}),
        (
            "mcp.add_middleware(AuthMiddleware)\nhooks = [log_security_event]",
            {("auth", "AuthMiddleware.validate_token")},
        ),
        ("getattr(AuthMiddleware([]), 'validate_token')('x')", {("audit", "log_security_event")}),
    ],
)
def test_what_is_never_called(use: str, left: set[tuple[str, str]]) -> None:
    assert unused({"server.py": SERVER.format(use=use), "guard.py": GUARD}) == left


def test_calls_in_tests_do_not_count() -> None:
    used = "from guard import log_security_event\n\ndef test_it():\n    log_security_event('x')\n"
    files = {"server.py": SERVER.format(use=""), "guard.py": GUARD, "tests/test_guard.py": used}
    assert ("audit", "log_security_event") in unused(files)


def test_a_library_offers_its_functions_to_others() -> None:
    assert unused({"guard.py": GUARD}) == set()
