"""Promtail's and Alloy's rules over discovered targets, and the stages that drop what bears a label."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from skillaudit.configuration import Document, Node, children, raw, text
from skillaudit.forwarding.parts import Selection

Labels: TypeAlias = Mapping[str, tuple[str, str]]
"""What a label says of a target: the sort of selection and its key, as ``Selection`` has them."""

WITH_SLASH: Final = "with its slash"
"""The key of a container's name as Docker gives it to discovery."""
_META: Final = {
    "__meta_docker_container_name": ("name", WITH_SLASH), "__meta_kubernetes_namespace": ("namespace", ""),
    "__meta_kubernetes_pod_container_name": ("container", ""), "__journal__systemd_unit": ("unit", ""),
}  # fmt: skip
_LABEL = re.compile(r"^__meta_(?:docker_container_label_|kubernetes_pod_label_)(\w{1,200})$")
_WHOLE = {"", "(.*)", "(.+)", ".*", "^(.*)$"}
_UNSLASHED = {"/(.*)", "/?(.*)", "^/(.*)$", "^/?(.*)$", "/(.+)"}
_SELECTOR = re.compile(r"^\s*\{\s*(\w{1,100})\s*(=~?)\s*[\"`]([^\"`]{0,300})[\"`]\s*\}\s*$")


def _meaning(label: str, held: Labels) -> tuple[str, str] | None:
    found = _LABEL.match(label)
    return held.get(label) or _META.get(label) or (("label", found[1]) if found is not None else None)


def labels_of(rules: Iterable[Node]) -> Labels:
    """The labels that rules give targets, as far as they stand for one thing that discovery knows."""
    held: dict[str, tuple[str, str]] = {}
    for rule in rules:
        sources = [raw(one) for one in children(rule, "source_labels")]
        target, pattern = raw(rule, "target_label"), raw(rule, "regex")
        if (text(rule, "action") or "replace") != "replace" or not target:
            continue
        meaning = _meaning(sources[0], held) if len(sources) == 1 else None
        whole = raw(rule, "replacement") in {"", "$1", "${1}"}
        if meaning is not None and whole and pattern in _WHOLE:
            held[target] = meaning
        elif meaning == ("name", WITH_SLASH) and whole and pattern in _UNSLASHED:
            held[target] = ("name", "")
        else:
            held.pop(target, None)
    return held


def kept_or_dropped(document: Document, rules: Iterable[Node]) -> Iterator[Selection]:
    """Rules that keep or drop targets by one label."""
    given = tuple(rules)
    for number, rule in enumerate(given):
        sources = [raw(one) for one in children(rule, "source_labels")]
        action, pattern = text(rule, "action"), raw(rule, "regex")
        if action in {"keep", "drop"} and pattern and len(sources) == 1:
            meaning = _meaning(sources[0], labels_of(given[:number]))
            if meaning is not None:
                yield Selection(document.at(rule), *meaning, pattern, action == "keep")


def dropped_by(document: Document, stages: Iterable[Node], labels: Labels) -> Iterator[Selection]:
    """Stages that drop every record with a label; ``labels`` are those of the targets."""
    for stage in stages:
        found = _SELECTOR.match(raw(stage, "selector"))
        meaning = labels.get(found[1]) if found is not None else None
        if found is not None and meaning is not None and text(stage, "action") == "drop":
            pattern = found[3] if found[2] == "=~" else re.escape(found[3])
            yield Selection(document.at(stage), *meaning, pattern, takes=False)
