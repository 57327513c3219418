"""Replacing spans of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatchet_ls.text import Edit, OverlappingEdits, Span, apply_edits, combine


def test_edits_are_applied_whatever_their_order() -> None:
    assert apply_edits("one two", [Edit(Span(4, 7), "2"), Edit(Span(0, 3), "1")]) == "1 2"


def test_equal_edits_count_once() -> None:
    insertion = Edit(Span(0, 0), "import x\n")
    assert apply_edits("y", [insertion, insertion]) == "import x\ny"


def test_insertions_at_one_place_keep_their_order() -> None:
    assert apply_edits("()", [Edit(Span(1, 1), "b"), Edit(Span(1, 1), "a")]) == "(ba)"


def test_edits_side_by_side_do_not_overlap() -> None:
    assert apply_edits("abcd", [Edit(Span(0, 2), "x"), Edit(Span(2, 4), "y")]) == "xy"


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(OverlappingEdits):
        apply_edits("abcd", [Edit(Span(0, 3), "x"), Edit(Span(2, 4), "y")])


def test_edits_in_several_passes_become_one_set() -> None:
    first = [Edit(Span(0, 0), "import x\n"), Edit(Span(4, 5), "1")]
    second = [Edit(Span(9, 12), "abc"), Edit(Span(13, 14), "")]
    text = "one = 2 + 2"
    assert combine(text, [first, second]) == (
        Edit(Span(0, 3), "import x\nabc"),
        Edit(Span(4, 5), ""),
    )


def test_an_edit_that_a_later_one_takes_back_is_none() -> None:
    assert combine("ab", [[Edit(Span(1, 2), "xy")], [Edit(Span(1, 3), "b")]]) == ()


@given(st.data())
def test_the_set_does_what_the_passes_do(data: st.DataObject) -> None:
    first = text = data.draw(st.text("ab\n", max_size=12))
    passes = []
    for _ in range(data.draw(st.integers(0, 3))):
        places = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
        contents = data.draw(st.lists(st.text("xy", max_size=3), min_size=3, max_size=3))
        spans = zip(places[::2], places[1::2], contents, strict=False)
        passes.append([Edit(Span(start, end), content) for start, end, content in spans])
        text = apply_edits(text, passes[-1])
    assert apply_edits(first, combine(first, passes)) == text
