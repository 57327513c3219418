"""From a string's value back to its source."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatchet_ls.python.literals import StringMap, string_map
from hatchet_ls.python.values import Known
from hatchet_ls.text import Source, Span


def mapped(literal: str) -> tuple[str, StringMap, Source]:
    """The value, its map and the source of a literal that stands after ``x = ``."""
    source = Source(Path("a.py"), f"x = {literal}\n")
    value = ast.literal_eval(literal)
    made = string_map(Known(value, source, Span(4, 4 + len(literal))))
    assert made is not None
    return value, made, source


@pytest.mark.parametrize(
    ("literal", "part", "written"),
    [
        ("'input.user'", "user", "user"),
        ('r"a\\d"', "\\d", "\\d"),
        ('"a\\x41b"', "A", "\\x41"),
        ('"\\N{BULLET}b"', "b", "b"),
        ('"😀\\U0001F600c"', "c", "c"),
        ("'''a\\\nb'''", "b", "b"),
        ("'''a\r\nb'''", "\n", "\r\n"),
        ("'ab' 'cd'", "bc", "b' 'c"),
        ("('ab'  # note 'x'\n 'cd')", "d", "d"),
        ("'a\\'b'", "'", "\\'"),
        ("'\\101b'", "A", "\\101"),
        ("'\\d'", "\\d", "\\d"),
        ("u'é'", "é", "é"),
    ],
)
def test_parts_of_the_value_are_found_in_the_source(literal: str, part: str, written: str) -> None:
    value, made, source = mapped(literal)
    start = value.index(part)
    assert source.slice(made.span(start, start + len(part))) == written
    assert made.offset(made.span(start, start + 1).start) == start


def test_a_sum_of_literals_and_a_plain_f_string_are_mapped_too() -> None:
    source = Source(Path("a.py"), "x = 'a' + f'{{b}}'")
    made = string_map(Known("a{b}", source, Span(4, 18)))
    assert made is not None
    assert source.slice(made.span(1, 2)) == "{{"


def test_what_is_not_made_of_literals_is_not_mapped() -> None:
    source = Source(Path("a.py"), "x = NAME + 'b'")
    assert string_map(Known("ab", source, Span(4, 14))) is None
    assert string_map(Known(b"b", Source(Path("a.py"), "b'b'"), Span(0, 4))) is None


def test_an_empty_string_has_its_place_between_the_quotes() -> None:
    _, made, _ = mapped("''")
    assert made.span(0, 0) == Span(5, 5)
    assert made.offset(5) == 0
    assert made.offset(4) is None


@given(st.text(), st.sampled_from(["'", '"', "'''", '"""']), st.sampled_from(["", "r", "u"]))
def test_every_literal_that_python_reads_is_read_alike(content: str, quote: str, prefix: str) -> None:
    literal = prefix + quote + content + quote
    try:
        value = ast.literal_eval(literal)
    except (SyntaxError, ValueError):
        return
    if not isinstance(value, str) or "\0" in literal:
        return
    source = Source(Path("a.py"), literal)
    made = string_map(Known(value, source, Span(0, len(literal))))
    assert made is not None
    assert len(made) == len(value)
    spans = [made.span(index, index + 1) for index in range(len(value))]
    assert spans == sorted(spans)
    for index, character in enumerate(value):
        written = source.slice(spans[index])
        assert written == character or written.startswith("\\") or (character == "\n" and written in ("\r", "\r\n"))
