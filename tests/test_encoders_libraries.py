"""Each well-known logging library in both directions: what writes JSON in production by default, and what does not.

The programs stand in ``encoders/``, each under a line with its name and the encoder that is right.
"""

import re
from pathlib import Path

import pytest
from written import PYTHON, effective

CASES = Path(__file__).parent / "encoders"
HEADING = re.compile(r"^=== (\S+) (json|text)\n", re.MULTILINE)
SCRIPT = {"package.json": '{"name": "weather", "version": "1.0.0", "main": "dist/index.js"}'}
CALL = 'import { log } from "./log.js";\nlog.info("called");\n'


def _cases(language: str) -> list[object]:
    parts = HEADING.split((CASES / f"{language}.txt").read_text(encoding="utf-8"))[1:]
    held = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    return [pytest.param(encoder, program, id=name) for name, encoder, program in held]


@pytest.mark.parametrize(("encoder", "program"), _cases("javascript"))
def test_javascript(encoder: str, program: str) -> None:
    assert effective({**SCRIPT, "src/log.ts": program, "src/index.ts": CALL}) == {encoder}


@pytest.mark.parametrize(("encoder", "program"), _cases("go"))
def test_go(encoder: str, program: str) -> None:
    assert effective({"go.mod": "module weather\n", "main.go": "package main\n\n" + program}) == {encoder}


@pytest.mark.parametrize(("encoder", "program"), _cases("python"))
def test_python(encoder: str, program: str) -> None:
    assert effective({**PYTHON, "server.py": program}) == {encoder}
