"""Read TOML that an adversary may have written."""

import tomllib

from skillaudit.inventories._manifest import ManifestError

_MAX_DOTS_IN_KEY = 50
_MAX_DOTS_IN_LINE = 2000


def read_toml(source: str) -> dict[str, object]:
    """Parse TOML.

    Keys with thousands of dots cost the parser time that grows with their square, so they are refused beforehand.

    Raises:
        ManifestError: it is not TOML, or nested too deep.
    """
    for line in source.splitlines():
        if line.count(".") > _MAX_DOTS_IN_KEY and (
            line.partition("=")[0].count(".") > _MAX_DOTS_IN_KEY or line.count(".") > _MAX_DOTS_IN_LINE
        ):
            raise ManifestError("keys nested too deep")
    try:
        return tomllib.loads(source)
    except (ValueError, RecursionError) as error:
        raise ManifestError(f"not readable as TOML ({type(error).__name__})") from error
