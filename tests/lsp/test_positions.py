"""Positions of the engine and of the client, against what encoding the text says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position, PositionEncodingKind, Range

from hatchet_ls.lsp.positions import to_offset, to_position, to_range, to_span
from hatchet_ls.text import Source, Span

CODECS = {
    PositionEncodingKind.Utf8: ("utf-8", 1),
    PositionEncodingKind.Utf16: ("utf-16-le", 2),
    PositionEncodingKind.Utf32: ("utf-32-le", 4),
}

texts = st.text(st.sampled_from("ab\t\f\x1c\u2028é語😀\ud800\r\n"), max_size=40)
encodings = st.sampled_from(list(CODECS))


def source(text: str) -> Source:
    return Source(Path("tasks.py"), text)


def units(text: str, encoding: PositionEncodingKind) -> int:
    codec, width = CODECS[encoding]
    return len(text.encode(codec, "surrogatepass")) // width


def inside_a_line_end(text: str, offset: int) -> bool:
    return text[offset - 1 : offset + 1] == "\r\n"


@given(texts, encodings, st.data())
def test_a_position_counts_line_ends_and_the_code_units_after_the_last_one(
    text: str, encoding: PositionEncodingKind, data: st.DataObject
) -> None:
    offset = data.draw(st.integers(0, len(text)).filter(lambda offset: not inside_a_line_end(text, offset)))
    *lines_before, rest = re.split("\r\n|\r|\n", text[:offset])
    assert to_position(source(text), offset, encoding) == Position(len(lines_before), units(rest, encoding))


@given(texts, encodings, st.data())
def test_every_offset_comes_back(text: str, encoding: PositionEncodingKind, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)).filter(lambda offset: not inside_a_line_end(text, offset)))
    assert to_offset(source(text), to_position(source(text), offset, encoding), encoding) == offset


@given(texts, encodings, st.integers(0, 60), st.integers(0, 60))
def test_any_position_means_the_last_place_that_is_not_after_it(
    text: str, encoding: PositionEncodingKind, line: int, character: int
) -> None:
    offset = to_offset(source(text), Position(line, character), encoding)
    lines = re.split("(\r\n|\r|\n)", text)
    if line > len(lines) // 2:
        assert offset == len(text)
        return
    before, here = "".join(lines[: 2 * line]), lines[2 * line]
    assert before == text[: len(before)]
    column = offset - len(before)
    assert 0 <= column <= len(here)
    assert units(here[:column], encoding) <= character
    assert column == len(here) or units(here[: column + 1], encoding) > character


@pytest.mark.parametrize(
    ("encoding", "character"),
    [(PositionEncodingKind.Utf8, 5), (PositionEncodingKind.Utf16, 3), (PositionEncodingKind.Utf32, 2)],
)
def test_an_astral_character_before_a_place_counts_as_the_client_counts(
    encoding: PositionEncodingKind, character: int
) -> None:
    assert to_position(source("\t😀x"), 2, encoding) == Position(0, character)


def test_a_place_inside_a_line_end_is_the_end_of_the_line() -> None:
    assert to_position(source("ab\r\nc"), 3, PositionEncodingKind.Utf16) == Position(0, 2)


@pytest.mark.parametrize("separator", ["\f", "\v", "\x1c", "\x85", "\u2028", "\u2029"])
def test_nothing_else_that_looks_like_a_line_end_is_one(separator: str) -> None:
    text = f"a{separator}b\nc"
    assert to_position(source(text), 2, PositionEncodingKind.Utf32) == Position(0, 2)
    assert to_offset(source(text), Position(1, 0), PositionEncodingKind.Utf32) == 4


def test_a_range_is_both_its_ends() -> None:
    text = source("a = '😀'\nb")
    range_ = Range(Position(0, 4), Position(0, 8))
    assert to_range(text, Span(4, 7), PositionEncodingKind.Utf16) == range_
    assert to_span(text, range_, PositionEncodingKind.Utf16) == Span(4, 7)


def test_a_range_that_ends_before_it_starts_is_empty() -> None:
    assert to_span(source("abc"), Range(Position(0, 2), Position(0, 1)), PositionEncodingKind.Utf16) == Span(2, 2)
