"""The editor's own settings."""

from __future__ import annotations

import pytest

from hatchet_ls.lsp.configuration import environment


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"hatchet": {"environment": "/app/.venv/bin/python"}}, "/app/.venv/bin/python"),
        ({"environment": "/app/.venv"}, "/app/.venv"),
        ({"hatchet": {"environment": "/app/.venv", "colour": "green"}, "other": 1}, "/app/.venv"),
        ({"hatchet": {"environment": None}}, None),
        ({"hatchet": {"environment": 3}}, None),
        ({"hatchet": {"environment": " "}}, None),
        ({"hatchet": "yes"}, None),
        ({}, None),
        ([], None),
        (None, None),
    ],
)
def test_the_environment_is_taken_from_where_editors_put_it(settings: object, expected: str | None) -> None:
    assert environment(settings) == expected
