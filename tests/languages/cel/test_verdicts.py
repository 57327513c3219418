"""What the engine's parser and checker take and refuse at their edges, as their sources have it."""

from __future__ import annotations

import pytest

from hatchet_ls.languages.cel import ENVIRONMENTS, check
from hatchet_ls.languages.cel.traps import traps
from hatchet_ls.languages.cel.tree import Literal

KEY = ENVIRONMENTS["workflow_str"]


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("strings.quote(input.a)", "string"),
        (".strings.quote((strings).quote('a'))", "string"),
        # a macro's variable hides variables, but no function
        ("['a'].map(strings, strings.quote(strings))", "list(string)"),
        ("[input].map(google, google.protobuf)", "list(dyn)"),
        ("[1].map(google, .google.protobuf.Timestamp)", "list(type(google.protobuf.Timestamp))"),
        ("[1].map(input, .input.a)", "list(dyn)"),
        # numbers end where they may
        ("0x1fe + 5", "int"),
        ("1e5 == .5e-400", "bool"),
        ("-0x8000000000000000", "int"),
        ("0xffffffffffffffffu", "uint"),
        # and strings
        (r"b'\377' + br'\z'", "bytes"),
        (r"'\X41\?\`'", "string"),
        ("r'''\n\\'''", "string"),
        ("'a' // the rest", "string"),
        # trailing commas, and one alone
        ("[,] == [1,]", "bool"),
        ("{,} == {1: 2,}", "bool"),
    ],
)
def test_it_is_taken(text: str, result: str) -> None:
    checked = check(text, KEY)
    assert checked.problems == ()
    assert str(checked.type) == result
    assert traps(checked) == ()


@pytest.mark.parametrize(
    "text",
    [
        "[1].map(google, google.protobuf.Timestamp)",
        "['a'].map(strings, quote(strings))",
        ".has(input.a)",
        "[1].existsOne(x, x > 0)",
        "[1].all(input.a, true)",
        "_in_(1, [1])",
        "__not_strictly_false__(true)",
        "1.",
        "1.e5",
        "0X1F",
        "1_000",
        "1e400",
        "0x8000000000000000",
        "--9223372036854775808",
        "18446744073709551616u",
        r"'\400'",
        r"'\ud800'",
        r"b'\u0041'",
        "rb'a'",
        "'a\nb'",
        "(,)",
        "[1,,2]",
        "size(1,)",
        "null_type{}",
        "input.`a`()",
        "input.a.in",
        "\ufeffinput.a",
    ],
)
def test_it_is_refused(text: str) -> None:
    assert check(text, KEY).problems != ()


@pytest.mark.parametrize(
    ("text", "value"), [("b'é'", "\xc3\xa9"), (r"b'é\xe9\n'", "\xc3\xa9\xe9\n"), ("br'\\é'", "\\\xc3\xa9")]
)
def test_bytes_are_those_of_utf_8(text: str, value: str) -> None:
    tree = check(text, KEY).tree
    assert isinstance(tree, Literal)
    assert tree.value == value


def test_line_ends_in_a_string_are_newlines() -> None:
    tree = check("'''a\r\nb\rc\\r'''", KEY).tree
    assert isinstance(tree, Literal)
    assert tree.value == "a\nb\nc\r"
