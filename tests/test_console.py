import os
import subprocess
import sys
from pathlib import Path

import judged
from judged import evidence, finding, toy
from msgspec.structs import replace

import skillaudit
from skillaudit.check import Unknown
from skillaudit.facts import Tool
from skillaudit.formats._lines import Style
from skillaudit.formats._words import NO_LETTER
from skillaudit.formats.console import render
from skillaudit.model import Gap, Language, Location, Severity, Surface
from skillaudit.rubric import Kind


def test_first_line_is_the_grade_card() -> None:
    first = render(judged.report(toy(observed=[finding(1)]))).splitlines()[0]
    assert first == "Grade C 70.0  |  Security C 70.0  |  Observability F 0.0  |  Maintenance A 100.0"


def test_says_what_cost_points_and_where() -> None:
    text = render(judged.report(toy(observed=[finding(7)]), source_line="log.info(f'{token}')"))
    assert "-30.00  SA302 HIGH Title of SA302" in text
    assert "server.py:7 HIGH the token is logged" in text
    assert "> log.info(f'{token}')" in text


def test_says_what_is_good_and_what_was_not_assessed() -> None:
    blind = toy("SA302", observed=[Unknown("nothing says so")])
    text = render(judged.report(toy("SA105", observed=[evidence(3)], severity=Severity.MEDIUM, kind=Kind.RATIO), blind))
    good, unseen = text.split("What is good")[1].split("What was not assessed")
    assert "SA105 Is SA105 met?\n" in good
    assert "server.py:3 handler records" in good
    assert "unknown, nothing says so" in unseen


def test_names_the_fewest_changes() -> None:
    text = render(judged.report(toy(observed=[finding(1)])))
    assert text.rstrip().endswith("to B:\n    SA302 Title of SA302, 1 place: skillaudit explain SA302")


def test_repository_content_cannot_style_or_break_the_output() -> None:
    hostile = finding(1, message="[/red] [bold]\x1b[31m\u202e", path="a[/]\x1b.py")
    text = render(judged.report(toy(observed=[hostile])), Style(80, color=True))
    assert "[/red] [bold]\\x1b[31m\\u202e" in text
    assert "a[/]\\x1b.py:1" in text
    plain = render(judged.report(toy(observed=[hostile])))
    assert "\x1b" not in plain
    assert plain.isascii()


def test_an_empty_report_still_says_so() -> None:
    assert render(judged.report()).startswith("Grade not graded")
    assert NO_LETTER in render(judged.report()).splitlines()


def test_many_findings_of_one_sort_do_not_hide_another() -> None:
    same = [finding(n, message=f"the token `t{n}` is logged") for n in range(1, 9)]
    text = render(judged.report(toy(observed=[*same, finding(50, message="the whole environment is logged")])))
    assert text.count("the token `") == 5
    assert "server.py:50 HIGH the whole environment is logged" in text
    assert "and 3 more (--format json lists all)" in text


def test_a_check_that_costs_nothing_says_why() -> None:
    free = toy("SA202", observed=[finding(3, Severity.MEDIUM, message="user data in the text")])
    text = render(judged.report(free))
    assert "What cost points" not in text
    assert "SA202 Title of SA202, 1 place; costs no points: the format is judged by SA201" in text
    assert "server.py:3 MEDIUM user data in the text" in text


def test_log_calls_are_counted_as_such_and_incidents_list_no_good_places() -> None:
    text = render(judged.report(toy("SA303", observed=[evidence(1), evidence(2)])))
    assert "SA303 Is SA303 met? (2 of 2 log calls good)" in text
    assert "server.py:" not in text.partition("What is good")[2]


def test_each_graded_package_has_a_row_and_the_others_a_line() -> None:
    given = judged.facts(
        judged.source("a/x.py", package="a"),
        judged.source("lib/b/x.rs", Language.RUST, package="lib/b"),
        packages=[judged.package("a"), judged.package("lib/b", "b")],
    )
    table = render(judged.report(toy(observed=[evidence()]), given=given)).partition("Packages\n")[2].splitlines()
    assert table[0].split() == ["Grade", "Security", "Observability", "Maintenance"]
    assert table[1].split() == ["a", *["A", "100.0"] * 4]
    assert table[2].strip() == "not graded: lib/b"


def test_a_terminal_cuts_what_is_quoted_and_breaks_the_rest() -> None:
    report = judged.report(toy(observed=[finding(1, message="word " * 40)]), source_line="x" * 150)
    shown = render(report, Style(60)).splitlines()
    assert max(map(len, shown)) <= 60
    assert [line for line in shown if "> xxx" in line] == [f"{' ' * 12}> {'x' * 45}\u2026"]
    assert " ".join(shown).count("word") == 40
    piped = render(report)
    assert "x" * 150 in piped
    assert ("word " * 40).strip() in piped
    assert shown[0].startswith("Grade C 70.0")


def test_piping_does_not_load_rich() -> None:
    code = "import sys, judged\nfrom skillaudit.formats import console\nconsole.render(judged.report())\n"
    code += "print(*sys.modules)"
    paths = [str(Path(skillaudit.__file__).parents[1]), str(Path(__file__).parent)]
    command = [sys.executable, "-c", code]
    environment = {"PYTHONPATH": os.pathsep.join(paths)}
    loaded = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.split()
    assert "skillaudit.formats.console" in loaded
    assert "rich" not in loaded


def test_what_hides_most_code_comes_first_among_what_was_not_assessed() -> None:
    small, big = Gap("file", "a.py", "cannot be read", 1), Gap("file", "b.py", "too deep", 900)
    shown = render(judged.report(toy(observed=[evidence()]), given=replace(judged.facts(), gaps=(small, big))))
    assert shown.index("b.py: too deep") < shown.index("a.py: cannot be read")


def test_tools_made_at_run_time_are_no_number_of_tools() -> None:
    place = Location("server.py", 3)
    made = Tool("generated at run time", place, Surface.PRODUCTION, "", place, (), "generated at run time")
    given = replace(judged.facts(serves=False), tools=(made,))
    names = ("generated at run time",)
    failing = replace(evidence(3), what="recorded (dispatcher, only where something fails)", tools=names)
    told = "tools generated at run time, their number not known"
    for observed, said in (
        ([Unknown("tools are generated at run time")], "whether their calls leave a record is not known"),
        ([replace(evidence(3), tools=names)], "recorded when called"),
        ([failing], "recorded only when they fail"),
    ):
        check = toy("SA105", observed=observed, severity=Severity.MEDIUM, kind=Kind.RATIO)
        assert f"{told} ({said})," in render(judged.report(check, given=given)).replace("\n", " ")


def test_findings_of_packages_that_decide_nothing_are_shown() -> None:
    """The worst package decides the grade; what is wrong elsewhere is no less wrong."""
    worst = toy("SA302", observed=[finding(1, package="a")])
    other = toy("SA204", observed=[finding(9, Severity.MEDIUM, package="b", path="b.py", message="standard output")])
    given = judged.facts(
        judged.source("a.py", package="a"),
        judged.source("b.py", package="b"),
        packages=[judged.package("a"), judged.package("b")],
    )
    text = render(
        judged.report(worst, other, given=replace(given, tools=tuple(replace(one, package="a") for one in given.tools)))
    )
    assert "b.py:9 MEDIUM standard output" in text.split("What costs other packages points")[1].split("What is good")[0]
    assert "What costs other packages points" not in render(judged.report(worst))
