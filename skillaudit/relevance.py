"""Which files have to be parsed at all.

Data flows run through every file that ships, so those are always read. In tests, examples and the like only a file
that writes a record itself can hold a finding; it must then name something that writes. More than half of the code of
real servers stands on those surfaces, and half of that never writes anything.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from skillaudit.inventory import Inventory, SourceFile
from skillaudit.model import Surface
from skillaudit.pool import Limits

_COMMON = rb"(?i:logg(?:er|ing))|(?i:\blogs?\b)|\blog_|_log\b|(?i:\b[fp]?print(?:ln|f)?\b)|(?i:std(?:out|err))"
_SCRIPT = re.compile(
    _COMMON
    + rb"|\bconsole\b|\b(?:pino|winston|bunyan|log4js|consola|signale|tslog)\b"
    + rb"|\bxmcp\b"  # its configuration says how the server is reached
    + rb"|\b(?:writeFile|appendFile|createWriteStream)|\.(?:debug|info|warn)\("
)
_WRITERS: Mapping[str, re.Pattern[bytes]] = {
    "python": re.compile(
        _COMMON + rb"|\b(?:loguru|structlog|syslog)\b|\.write(?:_text|_bytes|lines)?\(|\bopen\("
        rb"|\.(?:debug|info|warning|exception|critical)\("
    ),
    "typescript": _SCRIPT,
    "javascript": _SCRIPT,
    "go": re.compile(
        _COMMON + rb"|\b(?:slog|zap|zerolog|logrus|klog|glog|hclog|logr)\b|\bos\.(?:WriteFile|OpenFile|Create)\b"
        rb"|\.(?:Debug|Info|Warn)(?:f|w|ln|Context)?\("
    ),
}
_PROSE = re.compile(r"\.(?:mdx?|markdown|rst|adoc|png|jpe?g|gif|webp|ico|pdf)$", re.IGNORECASE)


def is_candidate(file: SourceFile) -> bool:
    """Whether the file may be parsed: a language with a front end, on a surface that is analysed."""
    return file.language is not None and file.language.supported and file.surface.analysed


def always_matters(file: SourceFile) -> bool:
    """Whether a candidate is parsed whatever it holds."""
    return file.surface in {Surface.PRODUCTION, Surface.CLI}


def may_matter(language: str, source: bytes) -> bool:
    """Whether a candidate on another surface names anything that writes, or that serves."""
    return _WRITERS[language].search(source) is not None


def is_prose(file: SourceFile) -> bool:
    """Whether neither a front end nor a reader of configuration opens the file."""
    return file.language is None and _PROSE.search(file.path) is not None


def telling(root: Path, inventory: Inventory, limits: Limits) -> Inventory:
    """The inventory as linking sees it: prose, and source that collecting takes nothing from, are there and no more.

    What has no digest in it nobody opens, so that what is linked depends on nothing else.
    """
    files = (
        replace(file, lines=0, size=0, digest="") if is_prose(file) or _is_silent(root, file, limits) else file
        for file in inventory.files
    )
    return replace(inventory, files=tuple(files))


def _is_silent(root: Path, file: SourceFile, limits: Limits) -> bool:
    """Whether collecting takes nothing from a source file, nor says anything of it."""
    if file.language is None or not file.language.supported or not file.digest:
        return False
    if not is_candidate(file):
        return True
    label = file.language.label
    if always_matters(file) or file.size > limits.size_of(label):
        return False
    try:
        return not may_matter(label, (root / file.path).read_bytes())
    except OSError:
        return False
