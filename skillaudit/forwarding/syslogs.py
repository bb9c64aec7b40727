"""Rsyslog and syslog-ng: selectors and statements decide what is sent on."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from skillaudit.configuration import Document, Map, Node, every, pairs, raw, text
from skillaudit.forward import ChainLink, Stage
from skillaudit.forwarding.parts import Agent, Input, Route, Selection, Target, broken, kind_of, ok

_INPUTS = {"imfile": "file", "imjournal": "journal", "imuxsock": "journal", "imtcp": "syslog", "imudp": "syslog",
           "imrelp": "syslog"}  # fmt: skip
_PROGRAM = re.compile(
    r"^\(?\s*\$(?:programname|syslogtag|app-name)\s*(?P<op>==|startswith|isequal)\s*[\"'](?P<name>[\w.-]{1,100}):?[\"']\s*\)?$"
)
_SERVER = {"*", "daemon", "user", "syslog", *(f"local{number}" for number in range(8))}
"""Facilities that a server's records come under."""
_EVERYTHING = {"*.*", "*", "*.* "}
_NG_INPUTS = {"file": "file", "wildcard-file": "file", "system": "journal", "systemd-journal": "journal",
              "network": "syslog", "syslog": "syslog", "unix-stream": "journal", "internal": "",
              "tcp": "syslog"}  # fmt: skip
_NG_OUTPUTS = {"network": "syslog", "syslog": "syslog", "tcp": "syslog", "udp": "syslog",
               "elasticsearch-http": "elasticsearch", "loki": "loki", "splunk-hec-event": "splunk",
               "http": "http", "opentelemetry": "otlp"}  # fmt: skip


def rsyslog(document: Document) -> Agent:
    """Rsyslog: every input meets every action, until a rule drops it."""
    root = document.root
    inputs = [one for node in every(root, "input") if (one := _input(document, node)) is not None]
    loaded = {text(node, "load").lower(): node for node in every(root, "module")}
    loaded |= {raw(node).lower(): node for node in every(root, "$modload")}
    inputs += [Input("journal", document.at(loaded[name])) for name in ("imuxsock", "imjournal") if name in loaded]
    if not inputs:
        inputs.append(Input("journal", document.at()))
    routes: list[Route] = []
    for source in inputs:
        first = ok(source.location, Stage.AGENT, f"rsyslog takes {source.kind} in")
        routes += _actions(document, source, first)
    return Agent(document, "rsyslog", tuple(routes))


def _input(document: Document, node: Node) -> Input | None:
    kind = _INPUTS.get(text(node, "type").lower())
    if kind is None:
        return None
    paths = (raw(node, "file"),) if raw(node, "file") else ()
    return Input(kind, document.at(node), paths, raw(node, "tag"), text(node, "port"))


def _actions(document: Document, source: Input, first: ChainLink) -> Iterator[Route]:
    """Actions in order: a rule that drops everything ends it."""
    unfit: list[ChainLink] = []
    targets: list[tuple[ChainLink, Target, Selection | None]] = []
    for name, node in pairs(document.root):
        if name == "drop" and raw(node).strip() in _EVERYTHING:
            unfit.append(broken(document.at(node), Stage.ROUTE, raw(node), "it drops every record before it is sent"))
            break
        if name != "action" or kind_of(text(node, "type")) in {"file", "null", "journald"}:
            continue
        selector = text(node, "selector")
        if selector and not _selects(selector):
            reason = f"the selector {selector} takes none of the server's facilities"
            unfit.append(broken(document.at(node), Stage.ROUTE, selector, reason))
        else:
            way = ok(document.at(node), Stage.ROUTE, f"the action {selector or text(node, 'type')}")
            targets.append((way, _target(document, node), _program(document, node)))
    for link, target, program in targets:
        taken = replace(source, selections=(program,)) if program is not None else source
        yield Route(taken, (first, link), target)
    if not targets:
        place = unfit[0] if unfit else broken(source.location, Stage.ROUTE, "actions", "no action sends records on")
        yield Route(source, (first, place), None)


def _program(document: Document, node: Node) -> Selection | None:
    """The programs of which alone an action is told, where its condition is about nothing else."""
    found = _PROGRAM.match(raw(node, "condition"))
    if found is None:
        return None
    name = re.escape(found["name"])
    return Selection(document.at(node), "program", "", name if found["op"] in {"==", "isequal"} else f"{name}.*")


def _selects(selector: str) -> bool:
    facilities = {one for part in selector.split(";") for one in part.partition(".")[0].split(",")}
    return not facilities.isdisjoint(_SERVER) and not selector.endswith(".none")


def _target(document: Document, node: Node) -> Target:
    kind = kind_of(text(node, "type"))
    host, port = raw(node, "target"), raw(node, "port")
    if kind != "syslog":
        return Target(
            document.at(node),
            kind,
            raw(node, "searchindex"),
            raw(node, "server") or host,
            _over_https(node),
            _verified(node),
            create_only=text(node, "bulkmode") == "create" or text(node, "writeoperation") == "create",
        )
    driver = (
        text(node, "streamdriver")
        or text(node, "streamdriver.name")
        or _setting(document.root, "$defaultnetstreamdriver")
    )
    mode = text(node, "streamdrivermode") or _setting(document.root, "$actionsendstreamdrivermode")
    global_driver = next((text(one, "defaultnetstreamdriver") for one in every(document.root, "global")), "")
    encrypted = mode == "1" and (driver or global_driver) in {"gtls", "ossl"}
    if text(node, "type").lower() == "omrelp":
        encrypted = text(node, "tls").lower() == "on"
    anonymous = (
        text(node, "streamdriverauthmode") or _setting(document.root, "$actionsendstreamdriverauthmode")
    ) == "anon"
    protocol = text(node, "protocol") or "udp"
    url = f"{'tls' if encrypted else protocol}://{host}:{port or '514'}"
    return Target(document.at(node), kind, "", url, encrypted, False if encrypted and anonymous else None)


def _over_https(node: Node) -> bool | None:
    """By the switch that the outputs over HTTP share, whose defaults differ; the address may say it instead."""
    default = {"omhttp": "on", "omelasticsearch": "off"}.get(text(node, "type").lower(), "")
    said = text(node, "usehttps").lower() or default
    return None if not said or "://" in raw(node, "server") else said == "on"


def _verified(node: Node) -> bool | None:
    return False if "on" in {text(node, "skipverifyhost").lower(), text(node, "allowunsignedcerts").lower()} else None


def _setting(root: Node, name: str) -> str:
    return next((raw(node) for node in every(root, name)), "")


def syslog_ng(document: Document) -> Agent:
    """Syslog-ng: ``log`` statements join sources with destinations by name."""
    root = document.root
    sources = {text(node, "@name"): node for node in every(root, "source")}
    ends = {text(node, "@name"): node for node in every(root, "destination")}
    joined: dict[str, list[str]] = {}
    for statement in every(root, "log"):
        to = [text(node, "@arg") for node in every(statement, "destination")]
        for node in every(statement, "source"):
            joined.setdefault(text(node, "@arg"), []).extend(to)
    routes: list[Route] = []
    for name, node in sources.items():
        for source in _ng_inputs(document, node):
            first = ok(source.location, Stage.AGENT, f"syslog-ng's source {name} takes {source.kind} in")
            found = [(end, ends[end]) for end in joined.get(name, []) if end in ends]
            routes += _ng_routes(document, source, first, found)
    return Agent(document, "syslog-ng", tuple(routes))


def _ng_inputs(document: Document, node: Node) -> Iterator[Input]:
    for driver, held in pairs(node):
        kind = _NG_INPUTS.get(driver)
        if kind:
            path = text(held, "@arg").split()[:1] if kind == "file" else []
            yield Input(kind, document.at(held), tuple(path))


def _ng_routes(document: Document, source: Input, first: ChainLink, found: list[tuple[str, Node]]) -> Iterator[Route]:
    targets = [
        (name, _ng_target(document, driver, held))
        for name, node in found
        for driver, held in pairs(node)
        if driver in _NG_OUTPUTS
    ]
    for name, target in targets:
        yield Route(source, (first, ok(target.location, Stage.ROUTE, f"a log statement leads to {name}")), target)
    if not targets:
        reason = "its destinations are all on this host" if found else "no log statement reads it"
        yield Route(source, (first, broken(source.location, Stage.ROUTE, "log statements", reason)), None)


def _ng_target(document: Document, driver: str, held: Node) -> Target:
    words = text(held, "@arg").split()
    host = words[0] if words else ""
    transport = text(held, "transport", "@arg") or ("udp" if driver == "udp" else "tcp")
    url = text(held, "url", "@arg") or f"{transport}://{host}:{text(held, 'port', '@arg') or '514'}"
    tls = isinstance(next(iter(every(held, "tls")), None), Map)
    encrypted = (
        transport == "tls" or (tls and driver != "udp") if driver in {"network", "syslog", "tcp", "udp"} else None
    )
    unchecked = text(held, "tls", "peer-verify", "@arg").startswith(("optional", "no"))
    return Target(document.at(held), _NG_OUTPUTS[driver], "", url, encrypted, False if unchecked else None)
