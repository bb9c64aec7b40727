"""Histories as they were read last time: what lies behind a commit stays, and reading it loads all of GitPython."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import msgspec

from skillaudit import history
from skillaudit.acquirers import _history
from skillaudit.cache import open_cache, stamp
from skillaudit.history import History


def remembered(repository: Path, commit: str, read: Callable[[], History], *, use: bool) -> History:
    """The history behind a commit of a local repository.

    One that could not be read, or was cut off and may be deepened, is read anew.

    Args:
        repository: the folder that holds its objects: who writes a false history there deceives nobody else.
        commit: full id.
        read: gives the history where it is not known.
        use: whether to use the disk cache; whoever cannot hears of it when the facts are read from it.
    """
    cache, _ = open_cache(lambda: stamp([Path(_history.__file__), Path(history.__file__)]), use=use)
    try:
        digest = hashlib.sha256(f"{repository}\0{commit}".encode("utf-8", "surrogatepass")).hexdigest()
        known = cache.get("history", digest, History)
        if known is None:
            known = read()
            if not (known.missing or known.trouble or known.shallow):
                cache.put("history", digest, msgspec.json.encode(known))
    finally:
        cache.close()
    return known
