import time

import pytest

from docvault_mcp.config import Limits
from docvault_mcp.errors import Forbidden, LimitExceeded
from docvault_mcp.security import AnomalyGuard, VolumeGuard, require_unprotected
from docvault_mcp.security.session import Call, Effect


def call(tool="read_document", effect=Effect.RETRIEVAL, args_hash="a"):
    return Call(tool, effect, args_hash, 200, time.monotonic())


def names(events):
    return [event["event"] for event in events]


def test_retrieval_then_external_is_a_chain(events, session):
    guard = AnomalyGuard(Limits(), tool_count=6)
    guard.after_call(session, call())
    guard.after_call(session, call("fetch_page", Effect.EXTERNAL))
    assert names(events) == ["chain_guard_alert"]


def test_external_alone_is_no_chain(events, session):
    AnomalyGuard(Limits(), tool_count=6).after_call(session, call("fetch_page", Effect.EXTERNAL))
    assert events == []


def test_burst_needs_the_same_arguments(events, session):
    guard = AnomalyGuard(Limits(burst_calls=3), tool_count=6)
    for number in range(10):
        guard.after_call(session, call(args_hash=str(number)))
    assert events == []
    for _ in range(4):
        guard.after_call(session, call(args_hash="same"))
    assert names(events) == ["burst_alert"]


def test_one_large_response_is_stopped(events, session):
    with pytest.raises(LimitExceeded):
        VolumeGuard(Limits(single_response=10)).response(session, "read_document", 11)
    assert names(events) == ["large_single_response"]


@pytest.mark.parametrize("path", ["/v/ada/.env", "/v/ada/.git/config", "/v/ada/run.sh", "/v/ada/crontab"])
def test_protected_paths(events, session, path):
    with pytest.raises(Forbidden):
        require_unprotected(session, "write_document", path)
    assert names(events) == ["write_to_protected_path"]


def test_ordinary_path(events, session):
    require_unprotected(session, "write_document", "/v/ada/notes.md")
    assert events == []
