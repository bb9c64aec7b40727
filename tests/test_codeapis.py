"""The tables of calls hold each call once: where they disagree, nobody sees which row counts."""

import tomllib
from collections import Counter
from pathlib import Path

from skillaudit.linking.knowledge import codeapis

FILES = sorted(Path(codeapis.__file__).parent.glob("codeapis*.toml"))


def _calls(table: str, *files: Path) -> list[str]:
    read = [tomllib.loads(path.read_text(encoding="utf-8")) for path in files]
    return [call for one in read for row in one.get(table, ()) for call in row["calls"]]


def _twice(calls: list[str]) -> list[str]:
    return [call for call, times in Counter(calls).items() if times > 1]


def test_what_a_call_does_with_a_path_or_a_program_is_said_once() -> None:
    assert [_twice(_calls(table, *FILES)) for table in ("paths", "programs", "options")] == [[], [], []]


def test_no_table_of_a_language_names_a_call_twice() -> None:
    assert [_twice(_calls(table, path)) for path in FILES for table in ("addresses", "shells", "code")] == (
        [[]] * 3 * len(FILES)
    )


def test_libraries_of_two_languages_keep_the_arguments_of_both() -> None:
    assert set(codeapis.ADDRESSES["openai.OpenAI"]) >= {"base_url", "baseURL"}


def test_a_method_is_told_by_what_it_is_called_on() -> None:
    asked = codeapis.spellings("playwright.async_api.async_playwright().chromium.launch().new_page().request.get")
    told = codeapis.spellings("playwright.async_api.async_playwright().chromium.launch().new_page().evaluate().get")
    assert not codeapis.ADDRESSES.keys().isdisjoint(asked)
    assert codeapis.ADDRESSES.keys().isdisjoint(told)
