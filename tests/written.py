"""Asks how the records of a small program are written."""

from collections.abc import Mapping

from linked import facts_of

PYTHON = {"pyproject.toml": '[project]\nname = "weather"\nversion = "1"\n'}


def effective(files: Mapping[str, str]) -> set[str]:
    """The encoders of the records in files whose message is ``called``."""
    return {call.encoder.value for call in facts_of(files).log_calls if "called" in call.message}


def python(
    setup: str, *, call: str = 'import logging\nlogging.getLogger(__name__).info("called")\n', **more: str
) -> set[str]:
    used = "import log_setup\nlog_setup.configure()\n" if "def configure" in setup else "import log_setup\n"
    files = {f"{name}.py": text for name, text in more.items()}
    return effective({**PYTHON, "log_setup.py": setup, "server.py": used + call, **files})
