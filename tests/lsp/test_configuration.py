"""The editor's own settings, as they come over the wire."""

from __future__ import annotations

from pathlib import Path

import pytest

from hatchet_ls.lsp.configuration import Configuration, section_of

FOLDER = Path("/app")


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"hatchet": {"select": ["api"]}}, {"select": ["api"]}),
        ({"select": ["api"]}, {"select": ["api"]}),
        ({"hatchet": {"select": ["api"]}, "other": 1}, {"select": ["api"]}),
        ({"hatchet": "yes"}, {}),
        ({"hatchet": None}, {}),
        ({}, {}),
        ([], {}),
        (None, {}),
    ],
)
def test_the_section_is_taken_from_where_editors_put_it(settings: object, expected: object) -> None:
    assert section_of(settings) == expected


@pytest.mark.parametrize(
    "options",
    [
        {"settings": {"ignore": ["api"]}},
        {"settings": {"hatchet": {"ignore": ["api"]}}, "other": 1},
        {"hatchet": {"ignore": ["api"]}},
        {"ignore": ["api"]},
    ],
)
def test_initialization_options_are_the_section_or_hold_it(options: object) -> None:
    configuration = Configuration()
    configuration.begin(options)
    assert configuration.of(FOLDER) == {"ignore": ["api"]}


def test_what_is_said_later_counts_and_what_is_left_out_stays() -> None:
    configuration = Configuration()
    configuration.begin({"environment": "/app/.venv", "ignore": ["api"]})
    configuration.push({"hatchet": {"ignore": None}})
    assert configuration.of(FOLDER) == {"environment": "/app/.venv", "ignore": None}
    configuration.push({"hatchet": {}})
    assert configuration.of(FOLDER) == {"environment": "/app/.venv", "ignore": ["api"]}
