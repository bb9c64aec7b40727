"""What git remembers of a repository, as far as it says whether anybody still looks after it."""

import msgspec


class History(msgspec.Struct, frozen=True):
    """The commits and tags behind a tree.

    Attributes:
        missing: Why there is no history to speak of, such as a folder that is no repository; empty where there is one.
        trouble: Why a history that exists could not be read; empty where it could.
        newest_human: ISO date of the newest commit by a human author; empty where none was found.
        newest: ISO date of the newest commit by anybody.
        commits: Commits by humans in the twelve months up to ``newest_human``, as far as they were read.
        authors: How many humans wrote those.
        shallow: The repository itself was cut off, so that older commits and tags may be missing.
        tags: How many tags there are; None where that is not known.
    """

    missing: str = ""
    trouble: str = ""
    newest_human: str = ""
    newest: str = ""
    commits: int = 0
    authors: int = 0
    shallow: bool = False
    tags: int | None = None


NO_REPOSITORY = History(missing="the folder is no git repository")
