"""Helpers that go through what they are given and put a placeholder where a sensitive key stands."""

import copy
import logging
import re
from collections.abc import Mapping

log = logging.getLogger(__name__)
SENSITIVE = {"password", "token", "secret"}
PATTERN = re.compile("pass|token|secret", re.IGNORECASE)


def scrub(data):
    if isinstance(data, dict):
        return {k: ("[REDACTED]" if k.lower() in SENSITIVE else scrub(v)) for k, v in data.items()}
    if isinstance(data, list):
        return [scrub(x) for x in data]
    return data


def sanitize(value):
    if isinstance(value, Mapping):
        cleaned = {}
        for key, item in value.items():
            if PATTERN.search(str(key)):
                cleaned[key] = "***"
            else:
                cleaned[key] = sanitize(item)
        return cleaned
    if isinstance(value, (list, tuple)):
        return type(value)(sanitize(item) for item in value)
    return value


def redact(payload):
    copied = copy.deepcopy(payload)
    for key in SENSITIVE:
        if key in copied:
            copied[key] = "<redacted>"
    return copied


def start(password, token):
    payload = {"user": "demo", "password": password, "session": {"token": token}}
    log.info("scrubbed %s", scrub(payload))
    log.info("sanitized %s", sanitize(payload))
    log.info("redacted %s", redact({"user": "demo", "password": password}))
