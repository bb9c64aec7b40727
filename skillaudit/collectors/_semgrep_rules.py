"""The rules of ``rules/`` as the engine needs them, and which files they can matter to."""

import functools
from collections.abc import Mapping
from typing import Any, Final

import msgspec
import yaml

from skillaudit.rulefiles import sources

LANGUAGES: Final = ("typescript", "javascript", "go")
"""Labels of the languages that the rules cover."""


class Rule(msgspec.Struct, frozen=True):
    """One rule: what a match says (``fact``, ``roles``) and what a file must hold to match.

    Of ``tokens`` the file must hold one entry, of an entry every part.
    """

    identity: str
    languages: tuple[str, ...]
    fact: str
    roles: tuple[tuple[str, str], ...]
    tokens: tuple[tuple[bytes, ...], ...]


class RuleSet(msgspec.Struct, frozen=True):
    """All rules: ``document`` is the JSON that the engine reads."""

    rules: Mapping[str, Rule]
    document: bytes


def _rule(raw: Mapping[str, Any]) -> Rule:
    """Read one rule's metadata: what is neither fact nor tokens is a role."""
    metadata = dict(raw["metadata"])
    fact = str(metadata.pop("fact"))
    tokens = tuple(tuple(entry.encode().split()) for entry in metadata.pop("tokens"))
    roles = tuple((str(name), str(value)) for name, value in metadata.items())
    return Rule(str(raw["id"]), tuple(raw["languages"]), fact, roles, tokens)


@functools.cache
def load() -> RuleSet:
    """Read every rule file; the engine gets only what it uses, as one JSON document."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    raw = [rule for path in sources() for rule in yaml.load(path.read_bytes(), Loader=loader)["rules"]]  # noqa: S506 - both are safe loaders
    rules = {rule.identity: rule for rule in map(_rule, raw)}
    stripped = [{**rule, "message": rule["id"], "metadata": {}} for rule in raw]
    return RuleSet(rules, msgspec.json.encode({"rules": stripped}))


@functools.cache
def _tokens(language: str) -> tuple[tuple[bytes, ...], ...]:
    """The token entries of a language's rules, single parts first and without those that contain another one."""
    entries = {entry for rule in load().rules.values() if language in rule.languages for entry in rule.tokens}
    single = {entry[0] for entry in entries if len(entry) == 1}
    needed = [
        entry for entry in entries if not any(token in part for part in entry for token in single if entry != (token,))
    ]
    return tuple(sorted(needed, key=lambda entry: (len(entry), entry)))


def needs(language: str, source: bytes) -> bool:
    """Whether any rule can match in this file at all; false for languages without rules."""
    return any(all(part in source for part in entry) for entry in _tokens(language))
