"""Forwarding chains: from what the code writes, over drivers, agents and routes, to where records land.

Each chain is a list of links that hold, do not hold, or are unknown; checks ask questions of it, the report prints it.
It depends on the tree alone, so it is part of the facts that the cache keeps.
"""

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from skillaudit.configuration import Documents, at, raw
from skillaudit.environment import deployed
from skillaudit.facts import Facts, LogSink
from skillaudit.forward import Chain, ChainLink, Deployment, Reach, Stage, Standing
from skillaudit.forwarding.agents import agents
from skillaudit.forwarding.cloud import cloud
from skillaudit.forwarding.containers import is_scaled_to_none, linked_to_console, profiles_of
from skillaudit.forwarding.delivery import delivered
from skillaudit.forwarding.destinations import end_of
from skillaudit.forwarding.drains import PLATFORM, drains
from skillaudit.forwarding.kubernetes import CONFIG_MAP, holder_of, neighbours
from skillaudit.forwarding.matching import fluentd_matches, glob
from skillaudit.forwarding.parts import Agent, Route, Target, Workload, broken, ok, unknown
from skillaudit.forwarding.permissions import permission
from skillaudit.forwarding.reach import is_loopback, reach_of
from skillaudit.forwarding.redirects import concerning, file_of
from skillaudit.forwarding.selection import left_out
from skillaudit.forwarding.sources import Streams, packages_of, servers, streams
from skillaudit.forwarding.workloads import is_server, workloads
from skillaudit.forwarding.world import World
from skillaudit.treefiles import Files

_MOST = 60
_KEPT_BY = {"host": {"containers", "journal"}, "platform": {PLATFORM}}
"""Where agents find the output that a runtime keeps, if not among containers."""
_ENDPOINTS = ("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
_TEMPLATE = re.compile(r"\{\{[^}]{0,100}\}\}")
_SENT_ENCRYPTED = {"cloudwatch", "google", "azure", "datadog", "hosted"}
"""Kinds of destinations whose libraries speak TLS unless another address is given."""


def with_chains(facts: Facts, held: Documents, files: Files | None = None) -> Facts:
    """The facts with the chains of every server, where it is deployed, and what could not be read of that.

    Args:
        facts: what is known of the code.
        held: configuration and deployment files.
        files: the tree, for what CI deploys; None where that is not asked.
    """
    found = _Chains(facts, held, files)
    chains = tuple(dict.fromkeys(found.all()))
    return replace(
        facts,
        chains=chains[:_MOST],
        deployments=tuple(found.deployments()),
        gaps=(*facts.gaps, *held.gaps),
    )


class _Chains:
    """One tree's chains, as they are put together."""

    def __init__(self, facts: Facts, held: Documents, files: Files | None) -> None:
        self.facts, self.servers = facts, servers(facts)
        known = cloud(held)
        self.world = World(held, known, neighbours(held))
        self.agents = (*agents(held), *drains(held, known))
        self.linked = frozenset(path for one in held.of("dockerfile") for path in linked_to_console(one))
        self.workloads = tuple(workloads(held, known))
        self._mounting: dict[str, Workload | None] = {}
        fitting = [one for one in self.workloads if is_server(one) and self._holds_a_server(one)]
        building = {one.scope for one in fitting if one.built}
        self.own = [one for one in fitting if one.built or one.scope not in building]
        self.own = self._started(self.own) or self.own
        self.agents = tuple(one for one in self.agents if self._is_run(one))
        found = delivered(files, frozenset(one.platform for one in self.own)) if files is not None else ()
        self.delivered = [one for one in found if self._holds_a_server(one) and self._is_meant(one)]

    def _started(self, held: Iterable[Workload]) -> list[Workload]:
        """What runs where nobody asks for a profile, or for more instances than are declared."""
        asked = {profile for one in self.own for profile in profiles_of(one)}
        asked = asked if all(map(profiles_of, self.own)) else set()
        return [
            one for one in held
            if not is_scaled_to_none(one) and (not profiles_of(one) or not asked.isdisjoint(profiles_of(one)))
        ]  # fmt: skip

    def _is_run(self, agent: Agent) -> bool:
        """Whether what mounts an agent's configuration is started with the server; where nothing does, it may be."""
        reader = self._runs(agent)
        return reader is None or bool(self._started([reader]))

    def _holds_a_server(self, workload: Workload) -> bool:
        """Whether a server is in what it runs, and that is no package of another sort, such as a web front end."""
        if not packages_of(workload, self.servers):
            return False
        around = [one.path for one in self.facts.inventory.packages if one.holds(workload.package)]
        nearest = max(around, key=len, default="")
        inside = any(one == workload.package or one.startswith(f"{workload.package}/") for one in self.servers)
        return not workload.package or inside or nearest in self.servers

    def _is_meant(self, workload: Workload) -> bool:
        """Whether a deployment by CI is of one server; which of several it is, only a folder says."""
        return bool(workload.package) or len(self.servers) == 1

    def deployments(self) -> Iterator[Deployment]:
        """Where servers are run, and what else says that the repository is deployed."""
        for one in (*self.own, *self.delivered):
            yield Deployment(one.location, one.platform, one.name, self._package(one))
        for document in self.world.documents.of("terraform", "cloudformation", "arm"):
            if deployed(document):
                yield Deployment(document.at(), document.kind, "", document.package)

    def all(self) -> Iterator[Chain]:
        """Chains of what the code sends itself, then of what happens to its console and files."""
        for package in self.servers:
            held = streams(self.facts, (package,))
            for sink in held.exporters:
                yield from self._exported(package, sink)
        run = [*(self.own or self._everywhere()), *(one for one in self.delivered if one.links)]
        collected = [chain for workload in run for chain in self._collected(workload)]
        yield from collected
        for package in self.servers:
            held = streams(self.facts, (package,))
            seen = any(chain.package in {"", package} for chain in collected)
            if any(one.address in self.linked for one in held.files):
                continue
            if held.files and not held.console and not held.exporters and not seen:
                yield self._on_disk(package, held.files[0])

    def _on_disk(self, package: str, sink: LogSink) -> Chain:
        """A file that nothing reads."""
        rotated = next((one for one in self.world.documents.of("logrotate") if at(one.root, sink.address)), None)
        reason = f"nothing ships it{f', {rotated.path} only turns it over' if rotated is not None else ''}"
        start = ok(sink.location, Stage.SOURCE, f"the code writes the file {sink.address}".rstrip())
        return Chain(package, "", (start, broken(sink.location, Stage.HOST, "a file on the same host", reason)))

    def _package(self, workload: Workload) -> str:
        fitting = packages_of(workload, self.servers)
        return fitting[0] if len(fitting) == 1 else ""

    def _everywhere(self) -> Iterator[Workload]:
        """Where only agents are declared, the server runs beside them."""
        if self.agents and self.servers:
            first = self.agents[0].document
            yield Workload(first.at(), "host", "the host", "", scope=first.path)

    def _exported(self, package: str, sink: LogSink) -> Iterator[Chain]:
        """What code sends itself: an OTLP exporter may end in a collector of the same tree."""
        kind = _sink_kind(sink.destination)
        option = ", where it is switched on" if sink.opt_in else ""
        start = ok(sink.location, Stage.SOURCE, f"the code sends records to {sink.destination}{option}")
        workload = next((one for one in self.own if self._package(one) in {"", package}), None)
        url, place = sink.address, sink.location
        if kind == "otlp" and not url and workload is not None:
            node = workload.variable(*_ENDPOINTS)
            if node is not None:
                url, place = raw(node), replace(workload.location, line=node.line)
        if kind == "otlp" and (not url or reach_of(url, self.world.neighbours) is Reach.LOCAL):
            routes = [route for one in self.agents for route in one.routes if route.source.kind == "otlp"]
            for route in routes:
                yield self._chain(package, workload, (start,), route, opt_in=sink.opt_in)
            if routes:
                return
        if kind == "syslog" and url and reach_of(url, self.world.neighbours) is Reach.LOCAL:
            local = workload or Workload(place, "host", "", package)
            yield from self._through(package, local, (start,), {"syslog", "journal"}, tag="")
            return
        name = sink.destination if kind in {"http", "hosted"} else ""
        encrypted = True if not url and kind in _SENT_ENCRYPTED else None
        target = Target(place, kind, name, url, encrypted, False if sink.unverified else None)
        yield self._ended(package, workload, (start,), target, by_agent=False, opt_in=sink.opt_in)

    def _collected(self, workload: Workload) -> Iterator[Chain]:
        """What becomes of a workload's console, and of the files that it writes."""
        package = self._package(workload)
        held = streams(self.facts, packages_of(workload, self.servers))
        workload = replace(workload, links=concerning(workload.links, held.stream))
        if any(link.standing is not Standing.OK for link in workload.links):
            yield Chain(package, workload.name, (held.start(), *workload.links))
            return
        files = [(one.address, one.location) for one in held.files if not one.opt_in and one.address not in self.linked]
        files += [(path, link.location) for link in workload.links if (path := file_of(link))]
        redirected = any(file_of(link) for link in workload.links)
        printed = held.console or any(one.address in self.linked for one in held.files)
        if printed and not redirected:
            yield from self._console(package, workload, held)
        for path, place in files:
            start = ok(place, Stage.SOURCE, f"the code writes the file {path or '(named elsewhere)'}")
            yield from self._file(package, workload, start, path, alone=not printed or redirected)

    def _console(self, package: str, workload: Workload, held: Streams) -> Iterator[Chain]:
        links = (held.start(), *workload.links)
        driver = workload.driver
        match driver:
            case None:
                kinds = _KEPT_BY.get(workload.platform, {"containers"})
                yield from self._through(package, workload, links, kinds, tag="")
                yield from self._unread(package, workload, links, held)
            case Target(kind="forward"):
                yield from self._forwarded(package, workload, links, driver)
            case Target(kind="journald"):
                yield from self._through(package, workload, links, {"journal"}, tag="")
            case Target(kind="syslog", url=url) if reach_of(url, self.world.neighbours) is Reach.LOCAL and self._takes(
                "syslog", "journal"
            ):
                yield from self._through(package, workload, links, {"syslog", "journal"}, tag="")
            case Target(kind="syslog", url=url) if url.startswith("unix:"):
                return
            case Target(url=url) if is_loopback(url, self.world.neighbours):
                return
            case _:
                yield self._ended(package, workload, links, driver, by_agent=False)

    def _takes(self, *kinds: str) -> bool:
        return any(route.source.kind in kinds for one in self.agents for route in one.routes)

    def _through(
        self, package: str, workload: Workload, links: tuple[ChainLink, ...], kinds: Iterable[str], tag: str
    ) -> Iterator[Chain]:
        """Over every agent that takes one of the kinds of input."""
        for agent in self.agents:
            for route in agent.routes:
                if route.source.kind in kinds:
                    left = left_out(route.source, workload)
                    ended = route if left is None else Route(route.source, (route.links[0], left), None)
                    yield self._chain(package, workload, links, _tagged(ended, tag), opt_in=False)

    def _forwarded(
        self, package: str, workload: Workload, links: tuple[ChainLink, ...], driver: Target
    ) -> Iterator[Chain]:
        """Over the forward protocol to an agent of the tree, or out of it."""
        tag = _TEMPLATE.sub("x", workload.tag) or "x"
        if self._takes("forward"):
            yield from self._through(package, workload, links, {"forward"}, tag)
        elif reach_of(driver.url, self.world.neighbours) is Reach.LOCAL:
            reason = "the tree does not hold its configuration"
            end = unknown(driver.location, Stage.DESTINATION, f"the forwarder at {driver.url}", reason)
            yield Chain(package, workload.name, (*links, end))
        else:
            yield self._ended(package, workload, links, driver, by_agent=False)

    def _unread(self, package: str, workload: Workload, links: tuple[ChainLink, ...], held: Streams) -> Iterator[Chain]:
        """An agent that reads only files, beside a server that writes only to its console."""
        if held.files or self._takes("containers", "journal", "forward", "syslog"):
            return
        for agent in self.agents:
            for route in agent.routes:
                if route.source.kind == "file" and workload.platform != "host":
                    paths = ", ".join(route.source.paths) or "files"
                    reason = f"{agent.name} reads {paths}, and the server writes to its console"
                    yield Chain(
                        package, workload.name, (*links, broken(route.source.location, Stage.AGENT, agent.name, reason))
                    )
                    return

    def _file(self, package: str, workload: Workload, start: ChainLink, path: str, *, alone: bool) -> Iterator[Chain]:
        """Over the agents that read the file; where the file is all there is, what is shipped instead is no help."""
        printed = list(self._printed(package, workload, start, path))
        yield from printed
        found = bool(printed)
        for agent in self.agents:
            for route in agent.routes:
                if route.source.kind == "file" and self._reads(agent, route, workload, path):
                    found = True
                    yield self._chain(package, workload, (start,), route, opt_in=False)
        if found or not alone:
            return
        other = next(
            (r for one in self.agents for r in one.routes if r.source.kind in {"file", "containers", "journal"}), None
        )
        if workload.driver is not None and workload.driver.kind != "journald":
            reason = "the runtime ships the console, and the records are in the file"
            yield Chain(
                package,
                workload.name,
                (start, broken(workload.driver.location, Stage.DRIVER, workload.driver.title, reason)),
            )
        elif other is not None:
            read = ", ".join(other.source.paths) or other.source.kind
            reason = f"it reads {read}, and the records are in {path or 'a file'}"
            yield Chain(
                package, workload.name, (start, broken(other.source.location, Stage.AGENT, "the agent", reason))
            )

    def _printed(self, package: str, workload: Workload, start: ChainLink, path: str) -> Iterator[Chain]:
        """Over a container beside the server that prints the file to its own console."""
        mine = _outside(path, workload.volumes)
        for one in self.workloads if path else ():
            theirs = {outside for held in one.prints for outside in _outside(held, one.volumes)}
            if one.scope == workload.scope and one.name != workload.name and not mine.isdisjoint(theirs):
                link = ok(one.location, Stage.AGENT, f"the container {one.name} prints the file")
                yield from self._through(package, one, (start, link), {"containers"}, tag="")

    def _reads(self, agent: Agent, route: Route, workload: Workload, path: str) -> bool:
        """Whether an agent's patterns take the server's file in, through the volumes that both mount."""
        if not path:
            return True
        reader = self._runs(agent)
        mine = _outside(path, workload.volumes)
        for pattern in route.source.paths:
            theirs = _outside(pattern, reader.volumes) if reader is not None else {pattern}
            if any(glob(a.replace("**", "*"), b) for a in theirs | {pattern} for b in mine | {path}):
                return True
            if not path.startswith("/") and glob(pattern.rpartition("/")[2], path.rpartition("/")[2]):
                return True
        return False

    def _runs(self, agent: Agent) -> Workload | None:
        """The workload that mounts an agent's configuration."""
        holder = holder_of(agent.document, self.world.documents)
        name = f"{CONFIG_MAP}{holder}" if holder else agent.document.path.rpartition("/")[2]
        if name not in self._mounting:
            mounting = (one for one in self.workloads if any(s.endswith(name) for s, _ in one.volumes))
            self._mounting[name] = next(mounting, None)
        return self._mounting[name]

    def _chain(
        self, package: str, workload: Workload | None, links: tuple[ChainLink, ...], route: Route, *, opt_in: bool
    ) -> Chain:
        whole = (*links, *route.links)
        name = workload.name if workload is not None else ""
        if route.target is None:
            return Chain(package, name, whole, opt_in)
        return self._ended(package, workload, whole, route.target, by_agent=True, opt_in=opt_in)

    def _ended(  # noqa: PLR0913 - every call names its options
        self, package: str, workload: Workload | None, links: tuple[ChainLink, ...], target: Target, *,
        by_agent: bool, opt_in: bool = False,
    ) -> Chain:  # fmt: skip
        end = end_of(target, self.world)
        if is_loopback(target.url, self.world.neighbours):
            reason = "it is on this host, and nothing in the tree takes records from there"
            link = broken(target.location, Stage.DESTINATION, target.title, reason)
            link = replace(link, standing=Standing.UNKNOWN) if target.kind == "otlp" else link
            return Chain(package, workload.name if workload is not None else "", (*links, link), opt_in)
        held = [*links, *end.links]
        if workload is not None and not any(
            link.standing is Standing.BROKEN and link.stage is Stage.DESTINATION for link in end.links
        ):
            may = permission(workload, end.target, self.world.cloud, by_agent=by_agent, locked=end.locked)
            held += [may] if may is not None else []
        return Chain(package, workload.name if workload is not None else "", tuple(held), opt_in)


def _tagged(route: Route, tag: str) -> Route:
    """The route, if the sender's tag fits what the output matches; else broken there."""
    if not tag or not route.match or route.target is None:
        return route
    fluentd = route.match.startswith("fluentd:")
    pattern = route.match.removeprefix("fluentd:")
    if fluentd_matches(pattern, tag) if fluentd else glob(pattern or "*", tag):
        return route
    place = route.links[-1].location
    reason = f"the tag {tag} that the driver gives does not match {pattern}"
    return Route(route.source, (*route.links[:-1], broken(place, Stage.ROUTE, "routing by tag", reason)), None)


def _outside(path: str, volumes: tuple[tuple[str, str], ...]) -> set[str]:
    """The names of a path outside of the container, by the volumes it lies in."""
    return {f"{s}:{path[len(t.rstrip('/')) :]}" for s, t in volumes if t and path.startswith(t.rstrip("/") + "/")}


_SINKS = {
    "cloudwatch": "cloudwatch", "loki": "loki", "splunk": "splunk", "datadog": "datadog", "otlp": "otlp",
    "elasticsearch": "elasticsearch", "opensearch": "elasticsearch", "google": "google", "stackdriver": "google",
    "loggingwinston": "google", "loggingbunyan": "google", "azure": "azure", "applicationinsights": "azure",
    "syslog": "syslog", "papertrail": "syslog", "opentelemetry": "otlp", "kafka": "kafka",
}  # fmt: skip
_HOSTED = re.compile(
    r"better ?stack|axiom|new ?relic|logfire|coralogix|sentry|logtail|logflare|sumo ?logic"
    r"|logdna|logz|humio|baselime|honeycomb|mezmo|loggly"
)


def _sink_kind(destination: str) -> str:
    """The kind of destination that a sink in code names; the project's own senders post somewhere over HTTP."""
    name = destination.lower()
    if ", over " in name:
        return "http"
    found = next((kind for word, kind in _SINKS.items() if word in name), "")
    return found or ("hosted" if _HOSTED.search(name) else "http")
