"""Decide what an address means, and refuse every form that is not a folder or a plain https URL."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from skillaudit.errors import AcquireError, RefusedError
from skillaudit.source import AcquireOptions, Source

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(?://|:)")
_SCP_LIKE = re.compile(r"[^/]+:")
_OWNER_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*/[A-Za-z0-9._-]+")
_HOST = re.compile(
    r"(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?|[0-9a-f:.]+"
)
_URL_PATH = re.compile(r"(?:/[A-Za-z0-9._~%+@,=-]+)+")
_REF = re.compile(r"[\w@][\w./+@#=,-]*")
_LOCAL_SUFFIX = re.compile(r"(?:[~^]\d*)+$", re.ASCII)
_DEFAULT_PORTS = {"https": 443, "http": 80}


class LocalDirectory(msgspec.Struct, frozen=True):
    """An existing folder, absolute."""

    path: Path


class RemoteRepository(msgspec.Struct, frozen=True):
    """A checked URL in its parts; ``host`` is lower case, ``path`` starts with ``/``."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        """The URL git is given."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.path}"

    @property
    def name(self) -> str:
        """The path without slash and ``.git``: ``owner/name`` on most hosts."""
        return self.path.strip("/").removesuffix(".git")


def printable(text: str, limit: int = 200) -> str:
    """`text` as part of a one-line message: without control characters and not longer than `limit`."""
    cleaned = " ".join(_CONTROL.sub(" ", text).split())
    return cleaned if len(cleaned) <= limit else f"{cleaned[: limit - 1]}…"


def locate(source: Source, options: AcquireOptions) -> LocalDirectory | RemoteRepository:
    """What `source` points at, after every check that needs no network.

    Raises:
        RefusedError: The address, ref or subdir has a form that is never used.
        AcquireError: It is a path that does not exist or is no folder.
    """
    address = source.address
    if not address:
        raise RefusedError("the source is empty; for the current folder write .")
    if address.startswith("-"):
        raise RefusedError("the source looks like an option; write ./-name for a folder of that name")
    if match := _SCHEME.match(address):
        return _remote(address, match[1].lower(), options)
    folder = _existing(address)
    if folder is not None:
        return folder
    if _OWNER_NAME.fullmatch(address) and not address.startswith(("./", "../")):
        return _remote(f"https://github.com/{address}", "https", options)
    if _SCP_LIKE.match(address):
        raise RefusedError("ssh addresses are refused; use the https URL of the repository")
    raise AcquireError(f"no such directory: {printable(address)}")


def check_ref(name: str) -> None:
    """Refuse a ref that git could read as an option, a refspec or an expression.

    Raises:
        RefusedError: `name` is not the plain name of a branch, a tag or a commit.
    """
    bad_part = any(part.startswith(".") or part.endswith((".lock", ".")) or not part for part in name.split("/"))
    if not _REF.fullmatch(name) or ".." in name or "@{" in name or bad_part:
        raise RefusedError(f"not the name of a branch, tag or commit: {printable(name)}")


def split_local_ref(ref: str) -> tuple[str, str]:
    """A checked name, and the ``~N`` and ``^N`` that follow it.

    Raises:
        RefusedError: As `check_ref`.
    """
    suffix = _LOCAL_SUFFIX.search(ref)
    name = ref[: suffix.start()] if suffix else ref
    check_ref(name)
    return name, ref[len(name) :]


def subdir_parts(subdir: str) -> tuple[str, ...]:
    """The folders of `subdir`, outermost first; empty for the whole repository.

    Raises:
        RefusedError: `subdir` is absolute, leaves the tree or enters ``.git``.
    """
    parts = tuple(part for part in subdir.split("/") if part not in {"", "."})
    if subdir.startswith("/") or _CONTROL.search(subdir) or any(part == ".." or is_git_part(part) for part in parts):
        raise RefusedError(f"--subdir must name a folder inside the repository: {printable(subdir)}")
    return parts


def is_git_part(part: str) -> bool:
    """Whether some file system would take `part` for ``.git``."""
    return part.rstrip(". ").casefold() in {".git", "git~1"}


def parse_url(url: str, options: AcquireOptions) -> RemoteRepository:
    """The parts of a URL that may be fetched.

    Raises:
        RefusedError: Another protocol, credentials, a query, or characters outside the plain form of a URL. The
            message never repeats the URL, which may hold a secret.
    """
    scheme = url.partition(":")[0].lower()
    if scheme != "https" and not (scheme == "http" and options.allow_loopback_http):
        raise RefusedError(f"the protocol {printable(scheme, 40)} is refused; only https URLs are fetched")
    try:
        parts = urlsplit(url)
        port = parts.port or _DEFAULT_PORTS[scheme]
    except ValueError:
        raise RefusedError("the URL is malformed") from None
    if "@" in parts.netloc:
        raise RefusedError("credentials in a URL are refused; for github.com set GITHUB_TOKEN")
    if "?" in url or "#" in url:
        raise RefusedError("a URL with a query or a fragment is refused")
    host = (parts.hostname or "").lower()
    path = parts.path.rstrip("/")
    if _CONTROL.search(url) or not _HOST.fullmatch(host) or not _URL_PATH.fullmatch(path):
        raise RefusedError("the URL is not of the form https://host/path")
    return RemoteRepository(scheme, host, port, path)


def _remote(url: str, scheme: str, options: AcquireOptions) -> RemoteRepository:
    if url[len(scheme) :].startswith("::"):
        raise RefusedError(f"the transport {printable(scheme, 40)}:: is refused; only https URLs are fetched")
    repository = parse_url(url, options)
    if options.offline:
        raise RefusedError(f"--offline forbids fetching from {repository.host}")
    return repository


def _existing(address: str) -> LocalDirectory | None:
    try:
        path = Path(address)
        if not path.exists():
            return None
        resolved = path.resolve(strict=True)
    except (OSError, ValueError, RuntimeError):
        return None
    if not resolved.is_dir():
        raise AcquireError(f"not a directory: {printable(address)}")
    return LocalDirectory(resolved)
