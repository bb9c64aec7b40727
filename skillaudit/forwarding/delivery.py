"""Deployments that CI carries out: they say which platform runs the server, and so what takes its output."""

import posixpath
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files as resources
from typing import Final

import msgspec

from skillaudit.cisteps import Said, said
from skillaudit.forward import ChainLink, Stage
from skillaudit.forwarding.parts import Target, Workload, ok, unknown
from skillaudit.targets import Targets
from skillaudit.treefiles import Files

_ASIDE: Final = re.compile(
    r"e2e|preview|ephemeral|storybook|website|\b(?:docs?|pr|pull[ _-]?requests?|dry[ _-]?run)\b", re.IGNORECASE
)
"""What jobs, files, folders and services are called that are trials, or about something else than the server."""
_TRIED: Final = re.compile(r"smoke|\b(?:tests?|testing|checks?|lint)\b", re.IGNORECASE)
_EARNEST: Final = re.compile(r"deploy|release|ship|publish|rollout|prod", re.IGNORECASE)
_SCRATCH: Final = re.compile(
    r"helm/kind-action|kind-action@|\bkind[- ]create\b|\bminikube start|setup-minikube|\bk3d cluster|k3d-action"
    r"|\bctlptl\b"
)
"""A cluster that lives as long as the job."""
_NOT_REALLY: Final = re.compile(
    r"--dry-run\b(?!=none)|--validate-only\b|--no-execute-changeset\b|--help\b"
    r"|--endpoint-url[= ]\S*(?:localhost|127\.0\.0\.1)"
)
_AS_COMMAND: Final = (
    r"(?:^|[;&|(]\s*|\b(?:sudo|exec|npx|bunx|uvx|pnpm dlx|pnpm exec|uv run|yarn|then|do)\s+(?:-y\s+|--yes\s+)?)"
    r"(?:\w{1,60}=\S{0,200} )*"
)
_MENTIONED: Final = re.compile(
    r"gcloud|\b(?:aws|sam|cdk|az|func|copilot|fly|render|helm|sls)\b|deploy|wrangler|flyctl|railway|heroku|vercel|kubectl|helmfile"
    r"|lambda|functions|serverless",
    re.IGNORECASE,
)
"""A word without which no command and no action of the table matches."""
_REQUESTED: Final = re.compile(r"event_name *== *'pull_request")
_GKE: Final = re.compile(r"get-gke-credentials|container clusters get-credentials")
_SOURCE: Final = re.compile(r"(?:^|\s)--(?:source|context|path)[= ]([\w./-]+)")
_SOURCES: Final = ("source", "context", "appSourcePath", "workingDirectory", "package", "source_dir", "app_location")
_SERVICE: Final = re.compile(
    r"(?:run deploy|services update|functions deploy)\s+([\w-]+)|--(?:name|service|function-name)[= ]([\w-]+)"
)


class _Platform(msgspec.Struct, frozen=True):
    """Where a command or an action deploys to, and what that does with the output.

    ``shown`` is what declared workloads call such a platform. ``takes`` is the destination that it fills by itself,
    ``open`` why that is not known; neither where it keeps the output only for looking at.
    """

    name: str
    shown: str
    command: re.Pattern[str]
    action: re.Pattern[str] | None
    takes: str = ""
    open: str = ""


@cache
def _table() -> tuple[_Platform, ...]:
    held = tomllib.loads((resources(__package__) / "delivery.toml").read_text(encoding="utf-8"))
    return tuple(
        _Platform(
            one["name"],
            one["shown"],
            re.compile(f"{_AS_COMMAND}(?:{one['command']})"),
            re.compile(f"(?:{one['action']})(?:@|$)", re.IGNORECASE) if "action" in one else None,
            one.get("takes", ""),
            one.get("open", ""),
        )
        for one in held["platform"]
    )


def delivered(files: Files, declared: frozenset[str]) -> Iterator[Workload]:
    """A workload for each platform that CI deploys to, and each folder that it deploys.

    Args:
        files: the tree.
        declared: platforms of the workloads that the tree itself declares, which say more than a command.
    """
    every = [one for one in said(files) if not _aside(posixpath.basename(one.location.path))]
    if not every:
        return
    targets = Targets(files)
    told = [(one, (one.text,) if one.action else tuple(targets.behind(one.text))) for one in every]
    scratch = {_job(one) for one, texts in told if any(map(_SCRATCH.search, texts))}
    google = {_job(one) for one in every if _GKE.search(one.text)}
    found: dict[tuple[str, str], Workload] = {}
    for one, texts in told:
        if _job(one) not in scratch and _in_earnest(one):
            for platform, text in _platforms(one, texts):
                gke = platform.name == "Kubernetes" and _job(one) in google
                workload = None if platform.shown in declared and not gke else _workload(one, platform, text, gke=gke)
                if workload is not None:
                    found.setdefault((platform.name, workload.package), workload)
    yield from found.values()


def _job(one: Said) -> tuple[str, str]:
    return one.location.path, one.job.partition(" ")[0]


def _aside(name: str) -> bool:
    """Whether something so called tries the server out, or is about something else."""
    return bool(_ASIDE.search(name) or (_TRIED.search(name) and not _EARNEST.search(name)))


def _in_earnest(one: Said) -> bool:
    """Whether the step deploys outside of pull requests and trials."""
    only_tried = bool(one.triggers) and set(one.triggers) <= {"pull_request", "pull_request_target"}
    refused = one.prevented or _REQUESTED.search(one.guard) is not None
    return not only_tried and not refused and not _aside(one.job) and not _aside(one.folder)


def _platforms(one: Said, texts: tuple[str, ...]) -> Iterator[tuple[_Platform, str]]:
    """Where a step deploys to, with the command that does so, which may stand in a script of the tree."""
    for text in texts:
        for platform in _table() if _MENTIONED.search(text) else ():
            pattern = platform.action if one.action else platform.command
            if pattern is not None and pattern.search(text) and not _NOT_REALLY.search(text):
                yield platform, text


def _workload(one: Said, platform: _Platform, text: str, *, gke: bool) -> Workload | None:
    given = dict(one.inputs)
    service = _SERVICE.search(text)
    named = next(filter(None, service.groups() if service else ()), "")
    name = next((given[key] for key in ("service", "function-name", "app-name") if given.get(key)), named)
    source = _SOURCE.search(text)
    folder = next((given[key] for key in _SOURCES if given.get(key)), source[1] if source else "")
    package = posixpath.normpath(posixpath.join(*("" if "$" in part else part for part in (one.folder, folder))))
    if _aside(name) or _aside(package):
        return None
    return Workload(
        one.location, platform.shown, platform.name if "$" in name or not name else name,
        "" if package == "." else package, driver=_taken(one, platform, gke=gke), links=_links(one, platform, gke=gke),
        scope=one.location.path,
    )  # fmt: skip


def _taken(one: Said, platform: _Platform, *, gke: bool) -> Target | None:
    takes = "google" if gke else platform.takes
    return Target(one.location, takes, "", "", encrypted=True) if takes else None


def _links(one: Said, platform: _Platform, *, gke: bool) -> tuple[ChainLink, ...]:
    """What the platform does with the output; nothing where it only keeps it."""
    if platform.open:
        return (unknown(one.location, Stage.DRIVER, f"{platform.name} runs the server", platform.open),)
    if not (gke or platform.takes):
        return ()
    return (ok(one.location, Stage.DRIVER, f"{'GKE' if gke else platform.name} takes the output of what CI deploys"),)
