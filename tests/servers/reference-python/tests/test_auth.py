import time
from dataclasses import replace

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from starlette.testclient import TestClient

from docvault_mcp.config import load_settings
from docvault_mcp.server import build_app

INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-03-26",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}


@pytest.fixture
def key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def settings(tmp_path, key):
    pem = tmp_path / "issuer.pem"
    pem.write_bytes(
        key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    revoked = tmp_path / "revoked"
    revoked.write_text("withdrawn\n")
    return replace(
        load_settings(),
        root=tmp_path / "vault",
        issuer="https://issuer.example",
        audience="docvault",
        public_key_file=pem,
        revoked_file=revoked,
    )


@pytest.fixture
def post(settings):
    headers = {"accept": "application/json, text/event-stream", "host": "127.0.0.1:8080"}
    with TestClient(build_app(settings), base_url="http://127.0.0.1:8080") as client:
        yield lambda message, **more: client.post("/mcp", json=message, headers={**headers, **more})


def bearer(key, **claims):
    base = {"iss": "https://issuer.example", "aud": "docvault", "sub": "ada", "jti": "1", "exp": time.time() + 60}
    return "Bearer " + jwt.encode({**base, "scope": "mcp read", **claims}, key, algorithm="RS256")


@pytest.mark.parametrize(
    ("header", "status", "reason"),
    [
        ({}, 401, "missing"),
        ({"authorization": "Bearer nonsense"}, 401, "invalid"),
        ({"authorization": "Basic abc"}, 401, "invalid"),
    ],
)
def test_rejected_without_a_good_token(events, post, header, status, reason):
    assert post(INITIALIZE, **header).status_code == status
    failure = next(event for event in events if event["event"] == "auth_failure")
    assert failure["reason"] == reason
    assert "nonsense" not in str(events)


@pytest.mark.parametrize(
    ("claims", "status", "reason"),
    [({"exp": 1}, 401, "expired"), ({"jti": "withdrawn"}, 401, "revoked"), ({"scope": "read"}, 403, "scope")],
)
def test_rejected_by_its_claims(events, post, key, claims, status, reason):
    assert post(INITIALIZE, authorization=bearer(key, **claims)).status_code == status
    assert [e["reason"] for e in events if e["event"] == "auth_failure"] == [reason]


def test_three_failures_are_a_burst(events, post):
    for _ in range(3):
        post(INITIALIZE)
    assert [e["event"] for e in events].count("auth_failure_burst") == 1


def test_initialize_and_call(events, post, key):
    authorization = bearer(key)
    answer = post(INITIALIZE, authorization=authorization)
    assert answer.status_code == 200
    session = {"authorization": authorization, "mcp-session-id": answer.headers["mcp-session-id"]}
    post({"jsonrpc": "2.0", "method": "notifications/initialized"}, **session)
    read = {"name": "read_document", "arguments": {"name": "grace/plan.md"}}
    post({"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": read}, **session)
    seen = {event["event"]: event for event in events}
    assert {"tool_surface", "session_initialized", "idor_attempt", "tool_call"} <= set(seen)
    assert seen["tool_call"]["outcome"] == "refused"
    assert "grace" not in str(events)
