"""The colours of CEL strings."""

from __future__ import annotations

import itertools

import pytest

from assist.project import HEADER, Project
from hatchet_ls.assist.tokens import tokens
from hatchet_ls.text import Source


def coloured(project: Project, code: str) -> list[tuple[str, str]]:
    """Each part of the code's CEL strings with what it is."""
    source = Source(project.root / "tasks.py", HEADER + code)
    found = tokens(project.program(source))
    assert found == sorted(found)
    assert all(one.span.end <= other.span.start for one, other in itertools.pairwise(found))
    return [(source.slice(each.span), each.kind.value) for each in found]


def key(text: str) -> str:
    return f"ConcurrencyExpression(expression={text})\n"


def test_every_part_has_its_kind(project: Project) -> None:
    text = "size(input.user.name) > 3u && [1].exists(x, x == -2.5) ? 'a'.lowerAscii() : string(has(input.b))"
    assert coloured(project, key(f'"{text}"')) == [
        ("size", "function"),
        ("input", "variable"),
        ("user", "property"),
        ("name", "property"),
        (">", "operator"),
        ("3u", "number"),
        ("&&", "operator"),
        ("1", "number"),
        ("exists", "macro"),
        ("x", "parameter"),
        ("x", "parameter"),
        ("==", "operator"),
        ("-", "operator"),
        ("2.5", "number"),
        ("?", "operator"),
        ("'a'", "string"),
        ("lowerAscii", "method"),
        (":", "operator"),
        ("string", "function"),
        ("has", "macro"),
        ("input", "variable"),
        ("b", "property"),
    ]


@pytest.mark.parametrize(
    ("literal", "parts"),
    [
        (r"'input.a + \'b\''", [("input", "variable"), ("a", "property"), ("+", "operator"), (r"\'b\'", "string")]),
        ("'inp' 'ut.a'", [("inp", "variable"), ("ut", "variable"), ("a", "property")]),
        ('"""input\n  .a"""', [("input", "variable"), ("a", "property")]),
        ("\"'😀' + input.a\"", [("'😀'", "string"), ("+", "operator"), ("input", "variable"), ("a", "property")]),
        (r"'input\x2ea'", [("input", "variable"), ("a", "property")]),
        ("'true in null'", [("true", "keyword"), ("in", "keyword"), ("null", "keyword")]),
        ("\"\"\"r'''a\nb'''\"\"\"", [("r'''a", "string"), ("b'''", "string")]),
    ],
)
def test_parts_are_found_however_the_string_is_written(
    project: Project, literal: str, parts: list[tuple[str, str]]
) -> None:
    assert coloured(project, key(literal)) == parts


def test_broken_expressions_keep_their_colours(project: Project) -> None:
    assert coloured(project, key("'input.a + '")) == [("input", "variable"), ("a", "property"), ("+", "operator")]


def test_a_string_that_two_places_share_is_coloured_once(project: Project) -> None:
    code = "KEY = 'input.a'\n" + key("KEY") + key("KEY")
    assert coloured(project, code) == [("input", "variable"), ("a", "property")]


def test_other_strings_have_no_colours(project: Project) -> None:
    code = "name = 'input.a'\n" + key("f'{name}'") + "@hatchet.task(name='input')\ndef f(input, ctx): ...\n"
    assert coloured(project, code) == []
