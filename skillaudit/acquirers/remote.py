"""Fetch one commit of a remote repository and materialise its tree."""

import re
import shutil
import time
from urllib.parse import urljoin

from msgspec.structs import replace

from skillaudit.acquirers import _git
from skillaudit.acquirers._history import read_history
from skillaudit.acquirers._job import Job
from skillaudit.acquirers._network import pin
from skillaudit.acquirers._objects import Commit, MissingObjectError, ObjectStore, open_store, subtree, write_tree
from skillaudit.acquirers._writer import TreeWriter
from skillaudit.address import RemoteRepository, check_ref, parse_url, printable, subdir_parts
from skillaudit.errors import AcquireError, RefusedError
from skillaudit.history import NO_REPOSITORY, History
from skillaudit.source import MEBIBYTE, Tree

_LOCAL_REF = "refs/skillaudit/head"
_QUIET = ("--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head")
_DEPTH = 400
_HISTORY_SECONDS = 60.0
_HISTORY_BYTES = 32 * MEBIBYTE
_TAGS_BYTES = 8 * MEBIBYTE
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
    reached, addresses = _fetch(repository, job)
    _git.write_plain_config(job.store)
    writer = TreeWriter(job.tree, job.options.limits, job.deadline, job.contents)
    with open_store(job) as objects:
        commit = _materialise(objects, subdir, writer)
    shutil.rmtree(job.store)
    if writer.is_empty:
        raise AcquireError(f"there is no file in {repository.url}")
    history = NO_REPOSITORY if subdir else _history(reached, addresses, commit.sha, job)
    note = "" if reached.name == repository.name else f"{repository.name} is now {reached.name}"
    return Tree(job.tree, repository.url, commit.sha, note, writer.gaps(), history, bool(subdir), writer.ids)


def _history(repository: RemoteRepository, addresses: tuple[str, ...], sha: str, job: Job) -> History:
    """The newest commits without their trees, and how many tags there are; what fails is said, never an error."""
    soon = min(job.deadline, time.monotonic() + _HISTORY_SECONDS)
    _git.empty_store(job.store)
    env = _environment(repository, addresses, job)
    arguments = ["fetch", *_QUIET, f"--depth={_DEPTH}", "--filter=tree:0", "--", repository.url, f"+{sha}:{_LOCAL_REF}"]
    try:
        fetched = _git.run(arguments, env, job.store, soon, _HISTORY_BYTES)
        if fetched.code:
            return History(trouble=f"its history could not be fetched: git ended with {fetched.code}")
        _git.write_plain_config(job.store)
        history = read_history(job, sha, deepened=True)
        return replace(history, tags=_count_tags(repository, env, job, soon))
    except AcquireError as error:
        return History(trouble=f"its history could not be fetched: {error}")
    finally:
        shutil.rmtree(job.store)


def _count_tags(repository: RemoteRepository, env: dict[str, str], job: Job, deadline: float) -> int | None:
    answer = job.store / "tags"
    arguments = ["ls-remote", "--quiet", "--tags", "--refs", "--", repository.url]
    listed = _git.run(arguments, env, job.store, deadline, _HISTORY_BYTES + _TAGS_BYTES, answer=answer)
    return None if listed.code else answer.read_bytes().count(b"\n")


def _materialise(objects: ObjectStore, subdir: tuple[str, ...], writer: TreeWriter) -> Commit:
    try:
        commit = objects.commit(_LOCAL_REF)
        write_tree(objects, subtree(objects, commit.tree, subdir), subdir, writer)
    except MissingObjectError as error:
        raise AcquireError("the server sent an incomplete commit, or the ref is no commit") from error
    return commit


def _fetch(repository: RemoteRepository, job: Job) -> tuple[RemoteRepository, tuple[str, ...]]:
    """Fetch, following one redirect on the same host; the repository that answered and its host's addresses."""
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
    return repository, addresses


def _attempt(repository: RemoteRepository, addresses: tuple[str, ...], job: Job) -> _git.Finished:
    if job.store.exists():
        shutil.rmtree(job.store)
    _git.empty_store(job.store)
    env = _environment(repository, addresses, job)
    # The only place where git says what a redirect points at; credentials in it are redacted by git.
    trace = {"GIT_TRACE_CURL": str(job.store / "trace"), "GIT_TRACE_CURL_NO_DATA": "1"}
    arguments = [
        "fetch",
        *_QUIET,
        "--depth=1",
        f"--filter=blob:limit={job.options.limits.file_bytes + 1}",
        "--",
        repository.url,
        f"+{job.source.ref or 'HEAD'}:{_LOCAL_REF}",
    ]
    return _git.run(arguments, env | trace, job.store, job.deadline, job.options.limits.fetch_bytes)


def _environment(repository: RemoteRepository, addresses: tuple[str, ...], job: Job) -> dict[str, str]:
    """A child's environment for this one host, whose addresses were looked at before."""
    settings = _git.github_settings(repository.host) if repository.scheme == "https" else {}
    if addresses:
        pinned = ",".join(f"[{address}]" if ":" in address else address for address in addresses)
        settings["http.curloptResolve"] = f"{repository.host}:{repository.port}:{pinned}"
    env = _git.environment(job.home, protocols=repository.scheme, settings=settings)
    return env | {"GIT_DIR": str(job.store)}


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
