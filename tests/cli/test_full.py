"""The excerpts of the format ``full``."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest

from hatchet_ls.cli.formats.full import write
from hatchet_ls.cli.formats.report import Checked
from hatchet_ls.rules import Applicability, Finding, Fix, Related, Severity
from hatchet_ls.text import Source, Span


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.chdir(tmp_path)


def shown(text: str, marked: str, **more: object) -> list[str]:
    """The lines for a finding on the marked part of a text, without the last, empty one."""
    source = Source(Path.cwd() / "tasks.py", text)
    start = text.index(marked)
    values = {"severity": Severity.WARNING, "rule": "unknown-member", **more}
    finding = Finding(Span(start, start + len(marked)), "A message", **values)  # type: ignore[arg-type]
    out = StringIO()
    write([Checked(source, [finding])], out)
    lines = out.getvalue().split("\n")
    assert lines[-2:] == ["", ""]
    return lines[:-2]


def test_two_lines_of_context_without_the_blank_ones_at_the_edges() -> None:
    text = "far away\n\nbefore\nBAD\n\nafter\nfar away\n"
    assert shown(text, "BAD") == [
        "warning[unknown-member]: A message",
        " --> tasks.py:4:1",
        "  |",
        "3 | before",
        "4 | BAD",
        "  | ^^^",
        "5 |",
        "6 | after",
        "  |",
    ]


def test_the_gutter_is_as_wide_as_the_longest_number() -> None:
    assert shown("x\n" * 8 + "BAD\nx\n", "BAD")[1:] == [
        "  --> tasks.py:9:1",
        "   |",
        " 7 | x",
        " 8 | x",
        " 9 | BAD",
        "   | ^^^",
        "10 | x",
        "   |",
    ]


def test_a_finding_over_several_lines_is_marked_on_each_that_has_text() -> None:
    text = "f(a,\n\n    BAD,  \n)\n"
    assert shown(text, "a,\n\n    BAD,")[2:] == [
        "  |",
        "1 | f(a,",
        "  |   ^^",
        "2 |",
        "3 |     BAD,",
        "  |     ^^^^",
        "4 | )",
        "  |",
    ]


def test_a_long_finding_is_cut() -> None:
    text = "BAD\n" * 40
    lines = shown(text, text)
    assert sum("^^^" in line for line in lines) == 5
    assert len(lines) == 2 + 1 + 5 * 2 + 2 + 1


def test_an_empty_span_has_a_caret() -> None:
    assert shown("", "")[2:] == ["  |", "1 |", "  | ^", "  |"]


def test_related_places_and_the_fix_are_told() -> None:
    other = Source(Path.cwd() / "client.py", "\nhatchet = Hatchet()\n")
    related = (Related(other, Span(1, 8), "the client is made here"),)
    fix = Fix("Look at it", (), Applicability.DISPLAY)
    assert shown("BAD\n", "BAD", related=related, fix=fix)[5:] == [
        "  |",
        "help: Look at it (not applied automatically)",
        "info: the client is made here",
        " --> client.py:2:1",
        "  |",
        "2 | hatchet = Hatchet()",
        "  | ^^^^^^^",
        "  |",
    ]


def test_long_lines_are_not_wrapped() -> None:
    text = "x = " + "a" * 500 + "BAD\n"
    assert shown(text, "BAD")[3:5] == [f"1 | {text.rstrip()}", "  | " + " " * 504 + "^^^"]
