"""Configuration, read once from the environment."""

import os
from dataclasses import dataclass, field
from pathlib import Path

MIB = 1024 * 1024


def _number(name: str, default: int) -> int:
    return int(os.environ.get(name, default))


def _names(name: str) -> frozenset[str]:
    return frozenset(part.strip().lower() for part in os.environ.get(name, "").split(",") if part.strip())


@dataclass
class Limits:
    """Ceilings; the only part of the configuration that may change while the server runs."""

    single_response: int = field(default_factory=lambda: _number("DOCVAULT_MAX_RESPONSE", 5 * MIB))
    session_bytes: int = field(default_factory=lambda: _number("DOCVAULT_MAX_SESSION", 10 * MIB))
    outbound_bytes: int = field(default_factory=lambda: _number("DOCVAULT_MAX_OUTBOUND", MIB))
    burst_calls: int = field(default_factory=lambda: _number("DOCVAULT_BURST_CALLS", 10))
    requests_per_minute: int = field(default_factory=lambda: _number("DOCVAULT_REQUESTS_PER_MINUTE", 240))


@dataclass(frozen=True)
class Settings:
    root: Path
    issuer: str
    audience: str
    public_key_file: Path | None
    revoked_file: Path | None
    admin_code_sha256: str
    fetch_hosts: frozenset[str]
    log_group: str
    host: str
    port: int
    metrics_port: int


def load_settings() -> Settings:
    key_file = os.environ.get("DOCVAULT_PUBLIC_KEY_FILE")
    revoked = os.environ.get("DOCVAULT_REVOKED_FILE")
    return Settings(
        root=Path(os.environ.get("DOCVAULT_ROOT", "vault")).resolve(),
        issuer=os.environ.get("DOCVAULT_ISSUER", ""),
        audience=os.environ.get("DOCVAULT_AUDIENCE", ""),
        public_key_file=Path(key_file) if key_file else None,
        revoked_file=Path(revoked) if revoked else None,
        admin_code_sha256=os.environ.get("DOCVAULT_ADMIN_CODE_SHA256", ""),
        fetch_hosts=_names("DOCVAULT_FETCH_HOSTS"),
        log_group=os.environ.get("DOCVAULT_LOG_GROUP", "/mcp/docvault/security"),
        host=os.environ.get("DOCVAULT_HOST", "127.0.0.1"),
        port=_number("DOCVAULT_PORT", 8080),
        metrics_port=_number("DOCVAULT_METRICS_PORT", 9464),
    )


LIMITS = Limits()
