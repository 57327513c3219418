"""Lines and positions of a source."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatchet_ls.text import Position, Source, Span

texts = st.text(alphabet=st.sampled_from("ab \t\n\r\f\x0b\x1c\x85\u2028é😀\ufeff"))


def source(text: str) -> Source:
    return Source(Path("a.py"), text)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("a", ["a"]),
        ("a\n", ["a", ""]),
        ("a\r\nb\rc\nd", ["a", "b", "c", "d"]),
        ("a\fb\x0bc\u2028d\x85e", ["a\fb\x0bc\u2028d\x85e"]),
    ],
)
def test_lines_end_at_line_feeds_and_carriage_returns_only(text: str, lines: list[str]) -> None:
    made = source(text)
    assert [made.slice(made.line_span(row)) for row in range(made.line_count)] == lines


def test_columns_count_code_points() -> None:
    assert source("x = '😀'; y").position(9) == Position(0, 9)


@pytest.mark.parametrize(("text", "newline"), [("", "\n"), ("a\r\nb\n", "\r\n"), ("a\rb", "\r")])
def test_the_newline_is_the_files_own(text: str, newline: str) -> None:
    assert source(text).newline == newline


@given(texts)
def test_every_offset_survives_the_way_there_and_back(text: str) -> None:
    made = source(text)
    for offset in range(len(text) + 1):
        row, column = made.position(offset)
        if made.line_starts[row] + column <= made.line_span(row).end:
            assert made.offset(row, column) == offset


@given(texts, st.integers(-5, 50), st.integers(-5, 50))
def test_places_outside_the_text_are_clamped_into_it(text: str, row: int, column: int) -> None:
    made = source(text)
    assert 0 <= made.offset(row, column) <= len(text)
    assert made.position(row) == made.position(max(0, min(row, len(text))))


@given(st.data())
def test_the_lines_after_edits_are_those_of_the_text(data: st.DataObject) -> None:
    content = st.text("\r\na", max_size=6)
    made = source(data.draw(content))
    for _ in range(data.draw(st.integers(1, 4))):
        start, end = sorted(data.draw(st.lists(st.integers(0, len(made.text)), min_size=2, max_size=2)))
        put = data.draw(content)
        expected = made.text[:start] + put + made.text[end:]
        made = made.replaced(Span(start, end), put)
        assert made.text == expected
        assert made.line_starts == source(expected).line_starts


def test_spans_contain_and_touch() -> None:
    assert Span(1, 5).contains(Span(1, 5))
    assert not Span(1, 5).contains(Span(0, 2))
    assert Span(1, 5).touches(Span(5, 5))
    assert not Span(1, 5).touches(Span(6, 7))
