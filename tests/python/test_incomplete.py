"""Half-typed code, closed where it is open."""

from __future__ import annotations

import ast
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatchet_ls.python.incomplete import cursor


def at(text: str) -> tuple[str, int]:
    """The text without its cursor, and where that was."""
    assert text.count("|") == 1
    return text.replace("|", ""), text.index("|")


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ('f(a="input.|', 'f(a="input.")'),
        ('f(a="input.|)', 'f(a="input.")'),
        ('f(a="input.|")', 'f(a="input.")'),
        ('f(a="input.|, b=1)', 'f(a="input.", b=1)'),
        ('f(a="input.|, b="c")', 'f(a="input.", b="c")'),
        ("f(a='|", "f(a=' ')"),
        ('f([g("|])', 'f([g(" ")])'),
        ('f([g("|])\nh()', 'f([g(" ")])\nh()'),
        ('f(\n    a="input.|\n    b=1,\n)', 'f(\n    a="input.",\n    b=1,\n)'),
        ('f(\n    a="input.|\n)', 'f(\n    a="input."\n)'),
        ('f(a="|\n\n\n@task\ndef g(): ...', 'f(a=" ")\n\n\n@task\ndef g(): ...'),
        ('x = f(a="|\ny = 1', 'x = f(a=" ")\ny = 1'),
        ('f(a="""x|', 'f(a="""x""")'),
        ("f(a=|)", "f(a=_)"),
        ("f(a=|", "f(a=_)"),
        ("f(a=|, b=1)", "f(a=_, b=1)"),
        ("f(\n    a=|\n    b=1,\n)", "f(\n    a=_,\n    b=1,\n)"),
        ("f(a=A.|)", "f(a=A._)"),
        ("f(a=A.B|C, b=2)", "f(a=A.BC, b=2)"),
        ("f(a=[|)", "f(a=[_])"),
        ("f(g(a=|\n\nclass A: ...", "f(g(a=_))\n\nclass A: ..."),
        ('f(  # it\'s a "comment\n    a="|")', 'f(  # it\'s a "comment\n    a=" ")'),
        ("f('it\\'s', a=|)", "f('it\\'s', a=_)"),
        ('f(g([h("|)', 'f(g([h(" ")]))'),
        ('f(g(a="x|", b=1', 'f(g(a="x", b=1))'),
        ('f(g(a="x|", b=1)\nh()', 'f(g(a="x", b=1))\nh()'),
        ('f(g(a="x|",\n    b=1,  # (\n\nh()', 'f(g(a="x",\n    b=1,))  # (\n\nh()'),
        ('f(["|"\n', 'f([" "])\n'),
        ('f(a="x|" b=1)', 'f(a="x", b=1)'),
        ('f(a="x|"\n    b=1)', 'f(a="x",\n    b=1)'),
        ('f(a="x|", b=, c=D., d=...)', 'f(a="x", b=_, c=D._, d=...)'),
        ('f(a="x|", b=\n    c=1.)', 'f(a="x", b=_,\n    c=1.)'),
        ('f(a="x|", b=D.\n', 'f(a="x", b=D._)\n'),
        (
            'f(\n    a=g(\n        b="x|",\n        c=1,\n    d=2,\n)',
            'f(\n    a=g(\n        b="x",\n        c=1),\n    d=2,\n)',
        ),
        ('f(\n    a=g(\n        b="x|"\n    d=2,\n)', 'f(\n    a=g(\n        b="x"),\n    d=2,\n)'),
        ('f([g(a="x|", b=1])', 'f([g(a="x", b=1)])'),
        ('f(b=, a="x|")', 'f(    a="x")'),
        ('f(b=D., a="x|")', 'f(b=D , a="x")'),
        ('f(b=1\n  a="x|")', 'f(b=1\n, a="x")'),
        ('f(b=D.\n  a="x|")', 'f(b=D,\n  a="x")'),
        ('f("a|" "b", *c, **d)', 'f("a" "b", *c, **d)'),
        ('f("a|" if x else y, "bc"[0])', 'f("a" if x else y, "bc"[0])'),
    ],
)
def test_what_is_open_at_the_cursor_is_closed_there(typed: str, mended: str) -> None:
    found = cursor(*at(typed))
    assert found is not None
    assert found.mended() == mended


@pytest.mark.parametrize(
    "typed",
    [
        'f(a="input.|',
        'f(\n    a="|\n    b={1: 2},\n    c=[3],\n)\ng()',
        "f(a=|, b=(1, 2))",
        'f(g([h("|)\n\ndef k(): ...',
    ],
)
def test_what_is_mended_is_python(typed: str) -> None:
    found = cursor(*at(typed))
    assert found is not None
    ast.parse(found.mended())


@pytest.mark.parametrize(
    "typed",
    ["f(a=1)  # |", "#|", 'f(r|"a")', 'f("""a"|"")', 'f("""a""|")'],
    ids=["comment", "hash", "prefix", "two", "one"],
)
def test_comments_and_quotes_have_no_cursor(typed: str) -> None:
    assert cursor(*at(typed)) is None


@pytest.mark.parametrize(
    ("typed", "content", "closed"),
    [
        ('f("ab|c")', 3, True),
        ('f("|")', 3, True),
        ('f(r"ab|")', 4, True),
        ('f("ab|', 3, False),
        ("f('''a\nb|c''')", 5, True),
        ('f("a" "b|")', 7, True),
        ('f("a\\"b|")', 3, True),
    ],
)
def test_a_string_knows_where_its_content_starts(typed: str, content: int, closed: bool) -> None:
    found = cursor(*at(typed))
    assert found is not None
    assert found.literal is not None
    assert (found.literal.content, found.literal.closed) == (content, closed)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("f(a=|)", ""),
        ("f(a=Pri|)", "Pri"),
        ("f(a=Priority.|)", "Priority."),
        ("f(a=a.b.c|d)", "a.b.c"),
        ("f(a=3|)", ""),
        ("f(a=3.a|)", "a"),
        ("f(a=.a|)", "a"),
    ],
)
def test_the_word_before_the_cursor_takes_what_is_dotted(typed: str, word: str) -> None:
    found = cursor(*at(typed))
    assert found is not None
    assert found.text[found.word.start : found.word.end] == word


@given(st.text("a_.1 (é²٣·"), st.text("a.("))
def test_the_word_is_the_longest_name_that_ends_at_the_cursor(before: str, after: str) -> None:
    found = cursor(before + after, len(before))
    assert found is not None
    longest = re.search(r"(?:[^\W\d]\w*(?:\.\w*)*)?\Z", before)
    assert longest is not None
    assert found.word == (longest.start(), len(before))


@pytest.mark.parametrize(
    "typed",
    ['KEY = "{}"\nx = f(na|', "KEY = {}\nx = f(na|", "x = f({}|", "x = f(0x{} + , na|", 'x = f("{}|', 'x = f("|", {}.'],
)
def test_the_longest_words_are_no_trouble(typed: str) -> None:
    found = cursor(*at(typed.format("a" * 300_000)))
    assert found is not None
    assert found.mended()


@pytest.mark.parametrize(
    ("typed", "open_"),
    [
        ("f(g[|", "(["),
        ("f(1) + g(|", "("),
        ("f(\n\ndef g(a, |", "("),
        ("f(']', |", "("),
        ("f(]|", "("),
        ("f(\n@task(|", "("),
        ("a = 1\n|", ""),
    ],
)
def test_brackets_count_in_their_own_statement(typed: str, open_: str) -> None:
    found = cursor(*at(typed))
    assert found is not None
    assert "".join(found.text[each] for each in found.brackets) == open_
