"""The CEL that templates, f-strings and conditions of Python may be meant for."""

from __future__ import annotations

import pytest

from hatchet_ls.hatchet.cel_rewrites import rewrites
from hatchet_ls.languages.cel import BOOL, ENVIRONMENTS, STRING, Field, check, record

KEY = ENVIRONMENTS["workflow_str"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("{{ input.a }}", "input.a"),
        ("${input.a}", "input.a"),
        ("{input.a}", "input.a"),
        ("$.input.a", "input.a"),
        ("f'{input.a}:{input.b}'", "input.a + ':' + input.b"),
        ("user:{{input.a}}", "'user:' + input.a"),
        ("'x' if input.a else 'y'", "input.a ? 'x' : 'y'"),
    ],
)
def test_a_text_that_is_no_cel_is_rewritten(text: str, meant: str) -> None:
    (suggestion,) = [each.suggestion for each in check(text, KEY, rewrites=rewrites).problems if each.suggestion]
    assert suggestion.apply(text) == meant
    assert check(meant, KEY).problems == ()


@pytest.mark.parametrize(
    ("text", "is_sure"),
    [
        ("'a' if input.user_id else 'b'", False),
        ("'a' if input.user_id == 'x' else 'b'", True),
        ("'a' if has(input.user_id) else 'b'", True),
        ("'a' if input.vip else 'b'", True),
        ("'a' if input.maybe else 'b'", False),
    ],
)
def test_a_condition_is_surely_meant_only_where_it_is_a_boolean(text: str, is_sure: bool) -> None:
    model = record({"user_id": Field(STRING), "vip": Field(BOOL), "maybe": Field(BOOL, optional=True)}, "Input")
    problems = check(text, KEY, input_type=model, rewrites=rewrites).problems
    assert [each.suggestion.is_sure for each in problems if each.suggestion] == [is_sure]


def test_long_texts_are_let_alone() -> None:
    assert not list(rewrites("{" + "x" * 3_000 + "}"))
