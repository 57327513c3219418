"""Durations as Python source."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatchet_ls.languages.duration.reading import read
from hatchet_ls.rules.timeout._durations import reading_source, timedelta_source


@given(st.timedeltas())
def test_the_source_makes_the_same_duration(value: timedelta) -> None:
    assert eval(timedelta_source(value), {"timedelta": timedelta}) == value


@pytest.mark.parametrize(
    ("value", "source"),
    [
        (timedelta(0), "timedelta(0)"),
        (timedelta(minutes=90), "timedelta(hours=1, minutes=30)"),
        (timedelta(days=14), "timedelta(weeks=2)"),
        (timedelta(days=30), "timedelta(days=30)"),
        (timedelta(seconds=60), "timedelta(minutes=1)"),
        (timedelta(milliseconds=1500), "timedelta(seconds=1, milliseconds=500)"),
        (timedelta(seconds=-5), "timedelta(seconds=-5)"),
    ],
)
def test_the_source_has_few_and_large_units(value: timedelta, source: str) -> None:
    assert timedelta_source(value) == source


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("90m", "timedelta(minutes=90)"),
        ("1.5h", "timedelta(hours=1.5)"),
        ("1h 30m", "timedelta(hours=1, minutes=30)"),
    ],
)
def test_the_source_of_a_text_keeps_its_units(text: str, source: str) -> None:
    reading = read(text)
    assert reading is not None
    assert reading_source(reading) == source
    assert eval(source, {"timedelta": timedelta}) == reading.value
