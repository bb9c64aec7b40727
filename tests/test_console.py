import judged
from judged import evidence, finding, toy

from skillaudit.formats.console import Style, render
from skillaudit.model import Severity
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
    text = render(judged.report(toy("SA105", observed=[evidence(3)], severity=Severity.MEDIUM, kind=Kind.RATIO)))
    good, unseen = text.split("What is good")[1].split("What was not assessed")
    assert "SA105 Is SA105 met? (1 of 1 place good)" in good
    assert "server.py:3 handler records" in good
    assert "known vulnerabilities" in unseen


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
