"""Marks: comments that say which findings start on their line."""

from __future__ import annotations

import pytest

from scenarios.findings import Place
from scenarios.marks import Mark, MarkError, disagreements, strip_marks


def place(row: int = 1, column: int = 1, message: str = "the message", rule: str = "a-rule") -> Place:
    return Place("tasks.py", row, column, row, column + 3, "error", rule, message)


def test_a_mark_is_taken_off_its_line() -> None:
    text, marks = strip_marks("a = 1\nb = 2  # error: [a-rule]\n")
    assert text == "a = 1\nb = 2\n"
    assert marks == (Mark(2, "error", "a-rule"),)


def test_a_mark_may_name_a_column_and_a_part_of_the_message() -> None:
    _, marks = strip_marks('f(x)  # warning: 3 [a-rule] "says \\"x\\""')
    assert marks == (Mark(1, "warning", "a-rule", 3, 'says "x"'),)


def test_marks_follow_each_other_and_leave_other_comments() -> None:
    text, marks = strip_marks("f(x)  # a comment  # hint: [one]  # information: [two]")
    assert text == "f(x)  # a comment"
    assert [mark.rule for mark in marks] == ["one", "two"]


@pytest.mark.parametrize(
    "comment", ["# error: a-rule", "# error [a-rule]  # error: x [a]", "# warning: []", "# info: [a]"]
)
def test_what_is_almost_a_mark_is_refused(comment: str) -> None:
    with pytest.raises(MarkError):
        strip_marks(f"f(x)  {comment}")


def test_marks_that_are_met_agree() -> None:
    marks = [Mark(1, "error", "a-rule", 1, "message")]
    assert disagreements(marks, [place()]) == []


@pytest.mark.parametrize(
    "mark",
    [
        Mark(2, "error", "a-rule"),
        Mark(1, "warning", "a-rule"),
        Mark(1, "error", "another-rule"),
        Mark(1, "error", "a-rule", 2),
        Mark(1, "error", "a-rule", None, "another message"),
    ],
    ids=["row", "severity", "rule", "column", "message"],
)
def test_a_wrong_mark_is_a_problem_and_so_is_the_finding(mark: Mark) -> None:
    assert len(disagreements([mark], [place()])) == 2


def test_a_missing_mark_is_a_problem() -> None:
    assert len(disagreements([], [place()])) == 1


def test_a_mark_stands_for_one_finding_only() -> None:
    mark = Mark(1, "error", "a-rule")
    assert len(disagreements([mark], [place(column=1), place(column=5)])) == 1
    assert len(disagreements([mark, mark], [place()])) == 1


def test_the_pickiest_mark_chooses_first() -> None:
    marks = [Mark(1, "error", "a-rule"), Mark(1, "error", "a-rule", None, "first"), Mark(1, "error", "a-rule", 9)]
    assert disagreements(marks, [place(message="first"), place(message="other"), place(column=9)]) == []
