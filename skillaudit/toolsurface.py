"""What a client sees of a tool, in digests: facts for the lock file."""

import hashlib
import json
from typing import TypeAlias

import msgspec

Form: TypeAlias = "str | list[Form] | dict[str, Form]"
"""What is static of a description or schema, as plain data."""


class Pinned(msgspec.Struct, frozen=True):
    """Digests of one tool's description and input schema as far as they are static.

    Attributes:
        description: Digest of the whole description, empty where there is none.
        schema: Digest of the canonical form of the input schema, empty where there is none.
        partial: Why the digests do not cover all of it, in words; empty where they do.
    """

    description: str = ""
    schema: str = ""
    partial: str = ""

    def hash(self, name: str) -> str:
        """One digest of name, description and schema."""
        return digest([name, self.description, self.schema])


def digest(value: object) -> str:
    """SHA-256 of a value's canonical JSON: sorted keys, no spaces."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
