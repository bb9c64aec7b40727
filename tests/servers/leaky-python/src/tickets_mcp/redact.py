"""Ways to speak of a secret without saying it. One of them is not."""

import hashlib


def masked(secret: str) -> str:
    return "****" + secret[-4:] if len(secret) >= 24 else "****"


def fingerprint(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()[:12]


def safe_header(secret: str) -> str:
    return f"Bearer {secret}"
