"""Records what amtool answers: ``python tests/routing/record.py`` writes ``expected.tsv``.

Each row is a configuration, an alert's labels, and the receivers that
``amtool config routes test --config.file=CONFIGURATION LABEL=VALUE...`` prints.
"""

import itertools
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent
TABLE = FOLDER / "expected.tsv"
VALUES = {
    "severity": ("", "p0", "p1", "p12", "critical", "crit", "Critical", "warning"),
    "team": ("", "security", "sec", "platform"),
    "service": ("", "mcp", "mcp-api2", "a,b", 'say "hi"'),
}
_SETS = 64


def label_sets() -> Iterator[dict[str, str]]:
    """Some of all combinations of the values, always the same; an empty one is a label that is not there."""
    rows = [dict(zip(VALUES, held, strict=True)) for held in itertools.product(*VALUES.values())]
    chosen = sorted(random.Random(_SETS).sample(range(len(rows)), _SETS))  # noqa: S311 - no secret depends on it
    return ({key: value for key, value in rows[place].items() if value} for place in chosen)


def ask(amtool: str, configuration: Path, labels: dict[str, str]) -> str:
    """The receivers, separated by commas, as amtool prints them."""
    given = [f"{key}={json.dumps(value)}" for key, value in labels.items()]
    argv = [amtool, "config", "routes", "test", f"--config.file={configuration}", *given]
    return subprocess.run(argv, capture_output=True, text=True, check=True).stdout.strip()


def main() -> None:
    """Write the table."""
    amtool = shutil.which("amtool")
    if amtool is None:
        sys.exit("amtool is not installed")
    rows = [
        f"{configuration.name}\t{json.dumps(labels)}\t{ask(amtool, configuration, labels)}\n"
        for configuration in sorted(FOLDER.glob("*.yaml"))
        for labels in label_sets()
    ]
    TABLE.write_text("".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
