"""Replacing spans of a text."""

from __future__ import annotations

import pytest

from hatchet_ls.text import Edit, OverlappingEdits, Span, apply_edits


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
