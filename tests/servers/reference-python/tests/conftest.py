import pytest

from docvault_mcp.security import logger
from docvault_mcp.security.session import Session


@pytest.fixture
def events(monkeypatch):
    """Every security event of a test, in order."""
    seen = []

    class Recorder:
        def log(self, level, event, **fields):
            seen.append({"event": event, **fields})

    monkeypatch.setattr(logger, "_log", Recorder())
    return seen


@pytest.fixture
def session():
    return Session(caller="c" * 16, owner="ada", scopes=frozenset({"read", "write", "fetch"}))
