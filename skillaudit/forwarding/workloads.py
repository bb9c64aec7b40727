"""Everything that runs a server or stands beside it, wherever the tree says so."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from skillaudit.configuration import Document, Documents
from skillaudit.environment import FOREIGN, deployed
from skillaudit.forwarding.cloud import Cloud
from skillaudit.forwarding.containers import compose, extended
from skillaudit.forwarding.kubernetes import pods
from skillaudit.forwarding.managed import cloud_workloads
from skillaudit.forwarding.parts import Workload
from skillaudit.forwarding.patched import patched
from skillaudit.forwarding.platforms import app_engine, app_runner, copilot, hosted, unit, worker
from skillaudit.forwarding.programs import modules, nomad, playbook, program

_READ: Final[Mapping[str, Callable[[Document], Iterator[Workload]]]] = {
    "compose": compose,
    "systemd": unit,
    "wrangler": worker,
    "app-engine": app_engine,
    "fly": hosted,
    "render": hosted,
    "vercel": hosted,
    "hosted": hosted,
    "procfile": hosted,
    "apprunner": app_runner,
    "copilot": copilot,
    "program": program,
    "playbook": playbook,
    "nomad": nomad,
}


def workloads(held: Documents, known: Cloud) -> Iterator[Workload]:
    """Containers, pods, tasks, functions, units and platform settings."""
    yield from patched(one for document in held.of("kubernetes") if deployed(document) for one in pods(document, held))
    for document in held.all:
        if deployed(document) and document.kind in _READ:
            yield from _READ[document.kind](extended(document, held) if document.kind == "compose" else document)
    yield from cloud_workloads(held, known)
    yield from modules(known)


def is_server(workload: Workload) -> bool:
    """Whether it may be the audited server: built here, or not an image that is known to be something else."""
    return workload.built or not FOREIGN.search(workload.image)
