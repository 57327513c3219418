"""Trees, spans and comments."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from parso.cache import parser_cache

from hatchet_ls.python.parse import Module, forget, parse, parse_again, walk
from hatchet_ls.text import Source


def module(text: str) -> Module:
    return parse(Source(Path("a.py"), text))


@pytest.mark.parametrize("text", ["x = 1\ny = 2\n", "\ufeffx = 1\r\ny = '😀'\r\nz = 3", "x = 1\ry = 2", "a\fb = 1\n"])
def test_spans_are_exact_whatever_the_line_ends_and_marks(text: str) -> None:
    made = module(text)
    for node in walk(made.tree):
        if node.type in ("name", "number", "string"):
            assert made.text(node) == node.value


@pytest.mark.parametrize(
    "text", ["def f(:\n  x =\n", "(((", "class\n\x00", "'''", "f'{", "match x:\n  case", "\ufeff", ""]
)
def test_broken_syntax_still_has_a_tree(text: str) -> None:
    assert module(text).tree.type == "file_input"


@pytest.mark.parametrize(
    ("text", "patterns"),
    [
        ("match x:\n    case A(b=1):\n        pass\n    case _: pass\n", ["A(b=1)", "_"]),
        ("match x:\n\tcase [A(), *rest] | B() as c if d(E()):\n\t\tpass\n", ["[A(), *rest] | B() as c"]),
        ("match x:\n  case (\n    A(),  # one\n    B(),\n  ): pass\n", ["(\n    A(),  # one\n    B(),\n  )"]),
        ("match x:\r\n  case {'a': A()}:\r\n    pass\r\n", ["{'a': A()}"]),
        ("match x:\n  case A(b=\n", ["A(b="]),
        ('case(A())\ncase = A()\nf(\ncase (A()),\n)\nc = """\ncase A():\n"""\n', []),
        ("case: A = A()\ncase (lambda: A())\ncase(A()) if b else lambda: A()\n", []),
    ],
)
def test_patterns_of_cases_are_told_from_code(text: str, patterns: list[str]) -> None:
    made = module(text)
    places = [range(text.index(each), text.index(each) + len(each)) for each in patterns]
    for node in walk(made.tree):
        if getattr(node, "value", "") in ("A", "B", "E"):
            assert made.is_in_pattern(node) == any(made.span(node).start in place for place in places)


def test_comments_are_found_where_they_are_and_not_in_strings() -> None:
    text = "# one\nx = '# no'  # two\n'''\n# no\n'''\ndef f():\n    # three\n    pass  # four"
    made = module(text)
    assert [comment.text for comment in made.comments] == ["# one", "# two", "# three", "# four"]
    assert all(text[comment.span.start : comment.span.end] == comment.text for comment in made.comments)


def test_comments_after_carriage_returns_and_continuations_are_found() -> None:
    assert [comment.text for comment in module("x = 1 # a\r\ny = (2, # b\r\n 3)\r\n").comments] == ["# a", "# b"]


EDITS = [
    "",
    "(",
    ")",
    ":",
    "\n",
    '"',
    "'''",
    "@",
    " ",
    "    ",
    "def f(x):\n    pass\n",
    "if x:\n",
    "f'{",
    "\\\n",
    "# c\n",
    "é",
]


@example(["é\\\n\\\n"], [(5, 0, "(")])
@given(
    st.lists(
        st.sampled_from(["x = 1\n", "def f():\n    return x\n", "class C:\n    def m(self): ...\n", *EDITS]), max_size=8
    ),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 40), st.sampled_from(EDITS)), min_size=1, max_size=6),
)
def test_what_is_parsed_by_its_changes_is_what_is_parsed_anew(
    pieces: list[str], edits: list[tuple[int, int, str]]
) -> None:
    path = Path("edited.py")
    forget(path)
    text = "".join(pieces)
    for start, length, new in edits:
        assert shape(parse_again(Source(path, text))) == shape(parse(Source(path, text)))
        text = text[:start] + new + text[start + length :]
    assert shape(parse_again(Source(path, text))) == shape(parse(Source(path, text)))


def shape(module: Module) -> list[tuple[str, str, tuple[int, int]]]:
    """All nodes with their texts and places."""
    return [(node.type, getattr(node, "value", ""), node.start_pos) for node in walk(module.tree)]


def test_the_parsers_shared_cache_keeps_few_of_our_trees() -> None:
    for number in range(200):
        parse_again(Source(Path(f"file{number}.py"), "x = 1\n"))
    ours = [path for trees in parser_cache.values() for path in trees if str(path).startswith("hatchet-ls:")]
    assert 0 < len(ours) < 100
