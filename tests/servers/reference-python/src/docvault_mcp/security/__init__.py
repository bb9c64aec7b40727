"""Everything that watches the callers."""

from .audit import recorded
from .guards import AnomalyGuard, VolumeGuard, require_unprotected
from .logger import configure_logging, digest, security_event

__all__ = [
    "AnomalyGuard",
    "VolumeGuard",
    "configure_logging",
    "digest",
    "recorded",
    "require_unprotected",
    "security_event",
]
