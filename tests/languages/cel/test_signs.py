"""An even number of signs is nothing: the engine's parser drops it, and looks at what is behind it."""

from __future__ import annotations

import pytest

from hatchet_ls.languages.cel import ENVIRONMENTS, STRING, Field, check, record
from hatchet_ls.languages.cel.traps import hints

KEY = ENVIRONMENTS["workflow_str"]


@pytest.mark.parametrize(
    "text",
    [
        "input.a[!!b'a']",
        "input.a[(!!(b'a'))]",
        "input.a[--null]",
        "input[!!int]",
        "dyn(1)[!!null]",
        "'%d'.format(!!['a'])",
        "(!!'%d').format(['a'])",
        "!!!'a'",
    ],
)
def test_what_is_refused_without_the_signs_is_refused_with_them(text: str) -> None:
    assert check(text, KEY).problems != ()


@pytest.mark.parametrize(
    "text",
    [
        "!!'a' + 'b'",
        "input[!!'a']",
        "has(!!input.a)",
        "has((--input.a))",
        "[1].all(!!x, x > 0)",
        "(!!strings).quote('a')",
        "(!!google).protobuf.Timestamp",
        "input.a[!!!true]",
    ],
)
def test_what_is_taken_without_the_signs_is_taken_with_them(text: str) -> None:
    assert check(text, KEY).problems == ()


def test_no_run_fails_for_signs_that_are_dropped() -> None:
    model = record({"name": Field(STRING)}, "Input")
    assert hints(check("!!input.name + !!!!'x'", KEY, input_type=model)) == ()
