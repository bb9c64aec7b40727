"""Terraform and Nomad, whose documents are one file each, and Grafana Alloy, whose component names hold dots."""

import posixpath
import re
from collections.abc import Iterator

from skillaudit.configuration import Map, Node, Reader, Source, at, pairs
from skillaudit.configurations._charts import installed
from skillaudit.configurations._filled import File, filled
from skillaudit.configurations._hcl_syntax import read_hcl
from skillaudit.configurations._nested import documents_in

_COMPONENT = re.compile(r"^([ \t]*)([a-z_]\w*(?:\.\w+){1,5})([ \t]*(?:\"[^\"\n]*\"[ \t]*)?\{)", re.MULTILINE)
_FUNCTION = re.compile(r"\b(sys|string|array|convert|encoding|crypto|file|map)\.([a-z]\w{0,40})\(")
"""Alloy's standard library, whose names hold dots too."""
_MOST_TAKEN = 128 << 10
"""Characters of other files that one document may take over."""
_FOLDER = re.compile(r"^\$\{path\.(?:module|root|cwd)\}/")
_ALLOY = re.compile(r"^[ \t]*(?:loki|otelcol|discovery|prometheus)\.\w+", re.MULTILINE)


def _wants(path: str, _: bytes) -> bool:
    return path.endswith((".tf", ".alloy", ".river", ".tfvars", ".nomad", ".nomad.hcl"))


def _read(source: Source) -> Iterator[tuple[str, Node]]:
    if source.path.endswith((".alloy", ".river")):
        if _ALLOY.search(source.text):
            text = _FUNCTION.sub(r"\1__\2(", _COMPONENT.sub(_underscored, source.text))
            yield "alloy", read_hcl(text)
    elif source.path.endswith(".tfvars"):
        yield "tfvars", read_hcl(source.text)
    elif source.path.endswith((".nomad", ".nomad.hcl")):
        yield "nomad", read_hcl(source.text)
    else:
        root = _templates(read_hcl(source.text, _beside(source)))
        yield "terraform", root
        for chart, values in installed(root):
            yield from documents_in(values, chart)


def _beside(source: Source) -> File:
    """The files that ``file()`` names; those of callers of a module (``path.root``) are looked for beside it."""
    folder = posixpath.dirname(source.path)
    taken: dict[str, str | None] = {}

    def text(path: str) -> str | None:
        if path not in taken:
            full = posixpath.normpath(posixpath.join(folder, _FOLDER.sub("", path)))
            held = source.sibling(full)
            spent = sum(len(one or "") for one in taken.values())
            taken[path] = held if held is not None and spent + len(held) <= _MOST_TAKEN else None
        return taken[path]

    return text


def _templates(root: Map) -> Map:
    """The older way to fill a template: a ``template_file`` of its own, here with what comes out of it."""
    return Map(root.line, tuple((name, _rendered(one) if name == "data" else one) for name, one in root.items))


def _rendered(data: Node) -> Node:
    label, body = next(iter(pairs(data, "template_file")), ("", None))
    template = at(body, "template")
    if not isinstance(body, Map) or template is None:
        return data
    whole = Map(body.line, (*body.items, ("rendered", filled(template, dict(pairs(body, "vars"))))))
    return Map(data.line, (("template_file", Map(data.line, ((label, whole),))),))


def _underscored(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2].replace('.', '__')}{found[3]}"


READER = Reader(_wants, lambda _: True, _read)
