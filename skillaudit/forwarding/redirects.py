"""Where a command of a shell sends its output instead of to the console."""

import re
from collections.abc import Mapping
from typing import Final

from skillaudit.forward import ChainLink, Stage
from skillaudit.forwarding.parts import broken, ok

STDOUT: Final = "standard output"
STDERR: Final = "standard error"
_CONSOLE = re.compile(r"^/dev/(?:std(?:out|err)|fd/[12]|pts|tty)|^/proc/(?:self|1)/fd/[12]")
_NEXT = re.compile(r"&&|\|\||;|\n|(?<![>&])&(?![>&\d])")
_REDIRECT = re.compile(r"(?:^|(?<=[\s\"']))([12&])?>{1,2}(?:&([12])|\s*([^\s&|;)\"'>]+))")
_ASIDE = re.compile(r"^\W*(?:tail|sleep|wait|exit|true|trap)\b")
_FILE = re.compile(r"goes to the file (\S+)$")


def redirected(command: str, place: ChainLink) -> tuple[ChainLink, ...]:
    """Redirections of the last command's output away from the console, as links that say where to."""
    away = {stream: where for stream, where in _ends(_last(command[:4000])).items() if not _CONSOLE.match(where)}
    if len(away) > 1 and len(set(away.values())) == 1:
        return (_link(place, "output", away[STDOUT]),)
    return tuple(_link(place, stream, where) for stream, where in away.items())


def _link(place: ChainLink, stream: str, where: str) -> ChainLink:
    if where == "/dev/null":
        return broken(place.location, Stage.SOURCE, f"the command's {stream}", "it goes to /dev/null")
    return ok(place.location, Stage.SOURCE, f"the command's {stream} goes to the file {where}")


def _last(command: str) -> str:
    """What runs in the end: what comes before sets up, and what only waits or follows a file does not count."""
    parts = [one for one in _NEXT.split(command) if one.strip(" \"'") and not _ASIDE.match(one)]
    return parts[-1] if parts else command


def _ends(command: str) -> Mapping[str, str]:
    """Where each stream ends that is redirected, as the shell does it: from left to right."""
    held: dict[str, str] = {}
    for which, other, path in _REDIRECT.findall(command):
        streams = (STDOUT, STDERR) if which == "&" else (STDERR,) if which == "2" else (STDOUT,)
        for stream in streams:
            if not other:
                held[stream] = path
            elif (taken := held.get(STDERR if other == "2" else STDOUT)) is not None:
                held[stream] = taken
            else:
                held.pop(stream, None)
    return held


def concerning(links: tuple[ChainLink, ...], stream: str) -> tuple[ChainLink, ...]:
    """The links that a record written to this stream passes; empty: nobody knows which stream it is."""
    other = {STDOUT: STDERR, STDERR: STDOUT}.get(stream)
    return tuple(one for one in links if other is None or f"the command's {other}" not in one.what)


def file_of(link: ChainLink) -> str:
    """The file that a link of ``redirected`` leads to, else empty."""
    found = _FILE.search(link.what)
    return found[1] if found is not None else ""
