"""Fetch one commit of a remote repository and materialise its tree."""

import re
import shutil
from urllib.parse import urljoin

from skillaudit.acquirers import _git
from skillaudit.acquirers._job import Job
from skillaudit.acquirers._network import pin
from skillaudit.acquirers._objects import Commit, MissingObjectError, ObjectStore, open_store, subtree, write_tree
from skillaudit.acquirers._writer import TreeWriter
from skillaudit.address import RemoteRepository, check_ref, parse_url, printable, subdir_parts
from skillaudit.errors import AcquireError, RefusedError
from skillaudit.source import Tree

_LOCAL_REF = "refs/skillaudit/head"
_DISCOVERY = "/info/refs?service=git-upload-pack"
_REDIRECT = re.compile(r"returned error: 30[12378]\b")
_LOCATION = re.compile(r"<= Recv header: location: *(\S+)", re.IGNORECASE)
_DENIED = re.compile(r"could not read Username|Authentication failed|returned error: 40[134]\b|repository .* not found")
_NO_REF = re.compile(r"couldn't find remote ref|not our ref|remote ref .* not found|unadvertised object")


def fetch_tree(repository: RemoteRepository, job: Job) -> Tree:
    """Fetch the one commit that `job` asks for and write its files to ``job.tree``.

    Raises:
        RefusedError: The ref, the subdir, the host's address or a redirect is never used.
        AcquireError: There is no such repository, ref or folder, or a limit was exceeded.
    """
    if job.source.ref:
        check_ref(job.source.ref)
    subdir = subdir_parts(job.source.subdir)
    reached = _fetch(repository, job)
    _git.write_plain_config(job.store)
    writer = TreeWriter(job.tree, job.options.limits, job.deadline)
    with open_store(job) as objects:
        commit = _materialise(objects, subdir, writer)
    shutil.rmtree(job.store)
    if writer.is_empty:
        raise AcquireError(f"there is no file in {repository.url}")
    note = "" if reached.name == repository.name else f"{repository.name} is now {reached.name}"
    return Tree(job.tree, repository.url, commit.sha, note, writer.gaps())


def _materialise(objects: ObjectStore, subdir: tuple[str, ...], writer: TreeWriter) -> Commit:
    try:
        commit = objects.commit(_LOCAL_REF)
        write_tree(objects, subtree(objects, commit.tree, subdir), subdir, writer)
    except MissingObjectError as error:
        raise AcquireError("the server sent an incomplete commit, or the ref is no commit") from error
    return commit


def _fetch(repository: RemoteRepository, job: Job) -> RemoteRepository:
    """Fetch, following one redirect on the same host; the repository that answered."""
    _git.require_version(_git.environment(job.home))
    addresses = pin(repository, job.options)
    finished = _attempt(repository, addresses, job)
    if finished.code and _any_line(_REDIRECT, finished):
        repository = _redirected(repository, job)
        finished = _attempt(repository, addresses, job)
        if finished.code and _any_line(_REDIRECT, finished):
            raise RefusedError("the server redirects more than once")
    if finished.code:
        raise AcquireError(_reason(finished, repository, job.source.ref))
    return repository


def _attempt(repository: RemoteRepository, addresses: tuple[str, ...], job: Job) -> _git.Finished:
    if job.store.exists():
        shutil.rmtree(job.store)
    _git.empty_store(job.store)
    settings = _git.github_settings(repository.host) if repository.scheme == "https" else {}
    if addresses:
        pinned = ",".join(f"[{address}]" if ":" in address else address for address in addresses)
        settings["http.curloptResolve"] = f"{repository.host}:{repository.port}:{pinned}"
    env = _git.environment(job.home, protocols=repository.scheme, settings=settings)
    # The only place where git says what a redirect points at; credentials in it are redacted by git.
    trace = {"GIT_DIR": str(job.store), "GIT_TRACE_CURL": str(job.store / "trace"), "GIT_TRACE_CURL_NO_DATA": "1"}
    arguments = [
        "fetch",
        "--quiet",
        "--depth=1",
        "--no-tags",
        "--no-recurse-submodules",
        "--no-write-fetch-head",
        f"--filter=blob:limit={job.options.limits.file_bytes + 1}",
        "--",
        repository.url,
        f"+{job.source.ref or 'HEAD'}:{_LOCAL_REF}",
    ]
    return _git.run(arguments, env | trace, job.store, job.deadline, job.options.limits.fetch_bytes)


def _redirected(repository: RemoteRepository, job: Job) -> RemoteRepository:
    trace = (job.store / "trace").read_text("utf-8", "replace")
    locations = _LOCATION.findall(trace)
    if not locations:
        raise AcquireError(f"{repository.host} answers with a redirect to nowhere")
    target = urljoin(f"{repository.url}{_DISCOVERY}", locations[-1])
    if not target.endswith(_DISCOVERY):
        raise AcquireError(f"no git repository at {repository.url}: the server redirects to another page")
    moved = parse_url(target.removesuffix(_DISCOVERY), job.options)
    if (moved.scheme, moved.host, moved.port) != (repository.scheme, repository.host, repository.port):
        raise RefusedError(f"{repository.host} redirects to another host, {moved.host}; give the new address itself")
    return moved


def _reason(finished: _git.Finished, repository: RemoteRepository, ref: str) -> str:
    if _any_line(_NO_REF, finished):
        if ref:
            return f"no ref {ref} in {repository.url}"
        return f"the repository {repository.url} is empty or has no default branch"
    if _any_line(_DENIED, finished):
        return f"no repository at {repository.url}, or it is private (for github.com set GITHUB_TOKEN)"
    said = finished.errors[0].partition(": ")[2] if finished.errors else f"git fetch ended with {finished.code}"
    return f"cannot fetch {repository.url}: {printable(said)}"


def _any_line(pattern: re.Pattern[str], finished: _git.Finished) -> bool:
    return any(pattern.search(line) for line in finished.errors)
