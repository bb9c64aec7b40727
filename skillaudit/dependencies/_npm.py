"""What the lockfiles of npm's ecosystem have in common."""

import re

_GIT = ("git+", "git:", "git@", "github:", "gitlab:", "bitbucket:", "ssh:")
_LOCAL = ("file:", "link:", "portal:", "workspace:", ".", "/")
_HOSTED = re.compile(r"https?://[^/]*(?:codeload|git)[^/]*/|\.git(?:#|$)", re.IGNORECASE)
_VERSION = re.compile(r"v?=?\s*(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?)$")


def npm_provenance(address: str) -> str:
    """Why a package that comes from an address is on no index, empty where it may be."""
    if address.startswith(_GIT) or _HOSTED.search(address):
        return "comes from a git repository"
    if address.startswith(_LOCAL):
        return "comes from a local folder or file"
    return ""


def exact(wanted: str) -> str:
    """The one version that a range of npm allows, empty where it allows several."""
    match = _VERSION.match(wanted.strip())
    return match[1] if match else ""


def is_local(wanted: str) -> bool:
    """Whether a range names something of the repository itself."""
    return wanted.startswith(_LOCAL)
