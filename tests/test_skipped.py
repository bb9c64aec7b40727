"""What is written down and never runs writes no record, and a helper around it is none."""

import pytest
from linked import facts_of

RECORD = 'logging.info("%s", text)'
PYTHON = """
import logging
import sys
from typing import TYPE_CHECKING
{before}
{kind} log_note(text):
{body}
{after}
{call}
"""


def written(source: str, path: str = "app.py") -> bool:
    """Whether the call of the helper, which ends the file, is a record."""
    return any(call.location.line == source.rstrip().count("\n") + 1 for call in facts_of({path: source}).log_calls)


def python(body: str, *, kind: str = "def", before: str = "", after: str = "", call: str = "log_note('x')") -> str:
    return PYTHON.format(kind=kind, body=body, before=before, after=after, call=call)


@pytest.mark.parametrize(
    ("body", "runs"),
    [
        (f"    {RECORD}", True),
        (f"    return\n    {RECORD}", False),
        (f"    raise ValueError(text)\n    {RECORD}", False),
        (f"    try:\n        raise ValueError(text)\n        {RECORD}\n    except ValueError:\n        return", False),
        (f"    try:\n        return\n    finally:\n        {RECORD}", True),
        (f"    if not text:\n        return\n    {RECORD}", True),
        (f"    if True:\n        return\n    {RECORD}", False),
        (f"    if 1 > 2:\n        {RECORD}", False),
        (f"    if 2 > 1:\n        {RECORD}", True),
        (f"    if not 0:\n        {RECORD}", True),
        (f"    if '':\n        {RECORD}", False),
        (f"    if False or len(text) > 3:\n        {RECORD}", True),
        (f"    if len(text) > 3 and False:\n        {RECORD}", False),
        (f"    if TYPE_CHECKING:\n        {RECORD}", False),
        (f"    if not TYPE_CHECKING:\n        {RECORD}", True),
        (f"    for _ in ():\n        {RECORD}", False),
        (f"    for _ in range(0):\n        {RECORD}", False),
        (f"    for _ in range(1):\n        {RECORD}", True),
        (f"    while False:\n        {RECORD}", False),
        (f"    {RECORD}\n    yield text", False),
    ],
)
def test_a_record_in_a_helper(body: str, runs: bool) -> None:  # noqa: FBT001 - a table
    assert written(python(body)) is runs


@pytest.mark.parametrize(
    ("source", "runs"),
    [
        (python(f"    {RECORD}", kind="async def"), False),
        (python(f"    {RECORD}", kind="async def", before="import asyncio", call="asyncio.run(log_note('x'))"), True),
        (python(f"    {RECORD}", after="def log_note(text):\n    return None\n"), False),
        (python("    return None", after=f"def log_note(text):\n    {RECORD}\n"), True),
        (python(f"    {RECORD}", after="log_note = lambda text: None\n"), False),
        (python(f"    {RECORD}", after="if sys.argv:\n    def log_note(text):\n        return None\n"), True),
        (python(f"    {RECORD}", before="from elsewhere import log_note\n"), True),
    ],
)
def test_what_the_helper_is(source: str, runs: bool) -> None:  # noqa: FBT001 - a table
    assert written(source) is runs


@pytest.mark.parametrize(
    ("body", "runs"),
    [
        ("console.error(text);", True),
        ("return; console.error(text);", False),
        ("0 && console.error(text);", False),
        ("for (const _ of []) console.error(text);", False),
        ("switch (text) { case 'a': return; case 'b': console.error(text); }", True),
        ("try { throw new Error(); console.error(text); } catch { return; }", False),
    ],
)
def test_a_record_in_a_helper_of_a_script(body: str, runs: bool) -> None:  # noqa: FBT001 - a table
    assert written(f"function log_note(text) {{ {body} }}\n\nlog_note('x');\n", "app.js") is runs


@pytest.mark.parametrize(
    ("body", "runs"),
    [
        ("\tlog.Print(text)", True),
        ("\treturn\n\tlog.Print(text)", False),
        ("\tfor range 0 {\n\t\tlog.Print(text)\n\t}", False),
        ("\tselect {\n\tcase <-done:\n\t\treturn\n\tcase <-more:\n\t\tlog.Print(text)\n\t}", True),
    ],
)
def test_a_record_in_a_helper_of_go(body: str, runs: bool) -> None:  # noqa: FBT001 - a table
    start = f'package main\n\nimport "log"\n\nfunc log_note(text string) {{\n{body}\n}}\n\n'
    assert written(f'{start}func main() {{ log_note("x") }}\n', "main.go") is runs
