"""Files that only say that a program or a platform deploys something: what they mean is not spelled out in them.

Pulumi, the CDK, SST and Serverless' TypeScript form are programs, and Bicep is a language of its own; they are known by
the names that their tools look for. Of the platforms' files only what bears on logs is read.
"""

import json
import re
from collections.abc import Iterator

from skillaudit.configuration import Map, Node, Reader, Source, Text, at, children, pairs, raw
from skillaudit.configurations._events import read_events

_PROGRAMS = {
    "cdk.json": "the AWS CDK", "cdktf.json": "CDK for Terraform", "Pulumi.yaml": "Pulumi", "Pulumi.yml": "Pulumi",
    "sst.config.ts": "SST", "serverless.ts": "the Serverless framework", "serverless.js": "the Serverless framework",
}  # fmt: skip
_PLATFORMS = {
    "netlify.toml": "Netlify", "railway.toml": "Railway", "railway.json": "Railway", "nixpacks.toml": "Nixpacks",
    "app.json": "Heroku", "deno.json": "Deno Deploy", "deno.jsonc": "Deno Deploy",
}  # fmt: skip
_NAMES = re.compile(rf"(?:^|/)(?:{'|'.join(map(re.escape, (*_PROGRAMS, *_PLATFORMS, 'azure.yaml', 'azure.yml')))})$")
_BICEP = re.compile(
    r"'(?P<type>Microsoft\.(?:App/(?:containerApps|jobs)|Web/sites|ContainerInstance/containerGroups"
    r"|ContainerService/managedClusters))@|'br/public:avm/res/(?P<module>app/container-app|web/site)[:'/]"
)
_KEEPS = re.compile(
    r"appLogsConfiguration|diagnosticSettings|OperationalInsights|omsagent|APPLICATIONINSIGHTS|br/public:|^module\s",
    re.MULTILINE,
)
"""Without any of these a Bicep file makes nothing that takes logs, whatever the rest of it means."""
_HEROKU = {"formation", "buildpacks", "addons", "stack"}
_COMMENT = re.compile(r'("(?:[^"\\\n]|\\.)*")|//[^\n]*')


def _wants(path: str, _: bytes) -> bool:
    return _NAMES.search(path) is not None or path.endswith(".bicep")


def _read(source: Source) -> Iterator[tuple[str, Node]]:
    name = source.path.rpartition("/")[2]
    if name in _PROGRAMS:
        yield "program", _said(1, tool=_PROGRAMS[name])
    elif name.startswith("azure."):
        for root in read_events(source.text, strict=False):
            for _, service in pairs(root, "services"):
                if host := raw(service, "host"):
                    yield "program", _said(service.line, tool=f"the Azure Developer CLI ({host})")
    elif name.endswith(".bicep"):
        compiled = source.sibling(f"{source.path.removesuffix('.bicep')}.json") is not None
        found = _BICEP.search(source.text)
        if not compiled and found is not None and _KEEPS.search(source.text):
            line = source.text.count("\n", 0, found.start()) + 1
            yield "program", _said(line, tool=f"a Bicep file ({found['type'] or found['module']})")
    else:
        yield from _platform(name, source.text)


def _platform(name: str, text: str) -> Iterator[tuple[str, Node]]:
    """A platform's file, with the add-ons that it asks for."""
    root: Node = Map(1, ())
    if not name.endswith(".toml"):
        root = next(read_events(_COMMENT.sub(lambda found: found[1] or "", text), strict=False), root)
    if name == "app.json" and _HEROKU.isdisjoint(key for key, _ in pairs(root)):
        return
    if name.startswith("deno.") and at(root, "deploy") is None:
        return
    addons = ((node.line, raw(node, "plan") or raw(node)) for node in children(root, "addons"))
    held = tuple((json.dumps(plan), Text(line, plan)) for line, plan in addons)
    yield "hosted", Map(1, (("platform", Text(1, _PLATFORMS[name])), ("addons", Map(1, held))))


def _said(line: int, **held: str) -> Map:
    return Map(line, tuple((key, Text(line, value)) for key, value in held.items()))


READER = Reader(_wants, lambda _: False, _read)
