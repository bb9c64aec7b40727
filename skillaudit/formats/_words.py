"""Words that several formats put together in the same way."""

from collections.abc import Sequence

NO_LETTER = "No letter: too little of what the grade asks could be decided; what was not assessed says why."


def series(names: Sequence[str]) -> str:
    """Names as a sentence lists them."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
