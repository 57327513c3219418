"""Suppression comments: what they cover, and how the server writes one."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatchet_ls.python.parse import Module, parse
from hatchet_ls.rules import Applicability, Finding, Severity
from hatchet_ls.suppressions import ignore_fixes, suppressions, unsuppressed
from hatchet_ls.text import Source, Span, apply_edits
from steps import counted

RULE = "negative-retries"


def module(text: str) -> Module:
    return parse(Source(Path("tasks.py"), text))


def findings(text: str, *marked: str, rule: str = RULE) -> list[Finding]:
    """A finding at each of the marked pieces of a text."""
    found = [Finding(Span(text.index(each), text.index(each) + len(each)), "m", rule=rule) for each in marked]
    return [Finding(each.span, "m", severity=Severity.ERROR, rule=rule) for each in found]


def left(text: str, *marked: str) -> list[str]:
    """The marked pieces whose findings no comment suppresses."""
    source = module(text)
    return [source.source.slice(each.span) for each in unsuppressed(source, findings(text, *marked))]


TASK = """\
@hatchet.task(
    retries=-1,
    name="a",
)
def a(input, ctx):
    return BAD
"""


def test_without_comments_everything_is_left() -> None:
    assert left(TASK, "retries=-1", "BAD") == ["retries=-1", "BAD"]


@pytest.mark.parametrize(
    "comment",
    [
        "# hatchet: ignore[negative-retries]",
        "#hatchet:ignore[negative-retries]",
        "# hatchet: ignore [ negative-retries ]",
        "# hatchet: ignore[other-rule, negative-retries]",
        "# hatchet: ignore[negative-retries,]",
        "# hatchet: ignore",
        "# hatchet: ignore -- the engine wants it",
        "# hatchet: ignore[negative-retries] -- the engine wants it",
        "# hatchet: ignore[other-rule] # hatchet: ignore[negative-retries]",
        "# noqa: E501  # hatchet: ignore[negative-retries]",
        "# hatchet: ignore[negative-retries]  # type: ignore[arg-type]",
        "# hatchet: file-ignore[negative-retries]",
        "# hatchet: file-ignore",
    ],
)
def test_comments_that_suppress(comment: str) -> None:
    assert left(f"f(retries=-1)  {comment}\n", "retries=-1") == []


@pytest.mark.parametrize(
    "comment",
    [
        "# hatchet: ignore[other-rule]",
        "# hatchet: ignore[]",
        "# hatchet: ignore[retry]",
        "# hatchet: ignore[ALL]",
        "# hatchet: ignore[negative-retries] --why",
        "# hatchet: ignore[negative-retries] because",
        "# hatchet: ignore[negative-retries",
        "# hatchet: ignore because I say so",
        "# hatchet: ignored",
        "# hatchet: ignore[negative-retries]x",
        "# hatchet: ignore --no",
        "# Hatchet ignore[negative-retries]",
        "# chatchet: ignore[negative-retries]",
        "# ignore[negative-retries]",
        "# hatchet: file-ignore[other-rule]",
    ],
)
def test_comments_that_do_not(comment: str) -> None:
    assert left(f"f(retries=-1)  {comment}\n", "retries=-1") == ["retries=-1"]


def test_what_stands_in_a_string_is_no_comment() -> None:
    assert left('f("# hatchet: ignore", retries=-1)\n', "retries=-1") == ["retries=-1"]
    assert left('"""\n# hatchet: file-ignore\n"""\nf(retries=-1)\n', "retries=-1") == ["retries=-1"]


def test_a_trailing_comment_covers_its_line_only() -> None:
    text = "f(retries=-1)\ng()  # hatchet: ignore\nh(retries=-2)\n"
    assert left(text, "retries=-1", "g()", "retries=-2") == ["retries=-1", "retries=-2"]


def test_a_trailing_comment_covers_a_finding_that_starts_or_ends_on_its_line() -> None:
    call = "f(\n    a,\n    b,\n)"
    assert left(call.replace("f(", "f(  # hatchet: ignore"), "f(  # hatchet: ignore\n    a,\n    b,\n)") == []
    assert left(call + "  # hatchet: ignore", call) == []
    middle = call.replace("a,", "a,  # hatchet: ignore")
    assert left(middle, middle) == [middle]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ('f("""\n  BAD\n""", 1)  # hatchet: ignore\n', "BAD"),
        ('f(f"""\n  {BAD}\n""", 1)  # hatchet: ignore\n', "BAD"),
        ("x = BAD + \\\n    1 + \\\n    2  # hatchet: ignore\n", "BAD"),
        ('x = BAD + """\n""" \\\n    + 2  # hatchet: ignore\n', "BAD"),
    ],
)
def test_where_no_comment_can_stand_the_next_line_that_can_have_one_counts(text: str, marked: str) -> None:
    assert left(text, marked) == []


def test_a_hash_before_a_backslash_joins_nothing() -> None:
    assert left("x = BAD  # \\\ny = 1  # hatchet: ignore\n", "BAD") == ["BAD"]


def test_a_comment_above_a_statement_covers_all_its_lines() -> None:
    text = "# hatchet: ignore[negative-retries]\nf(\n    1,\n    retries=-1,\n)\ng(retries=-2)\n"
    assert left(text, "retries=-1", "retries=-2") == ["retries=-2"]


def test_a_comment_above_a_function_covers_its_decorators_and_header_but_not_its_body() -> None:
    text = "# hatchet: ignore\n" + TASK
    assert left(text, "retries=-1", 'name="a"', "input", "BAD") == ["BAD"]


def test_a_comment_above_a_class_or_an_async_function_covers_the_header() -> None:
    assert left("# hatchet: ignore\n@d(B1)\nasync def f(a=B2):\n    return B3\n", "B1", "B2", "B3") == ["B3"]
    assert left("# hatchet: ignore\nclass C(B1):\n    x = B2\n", "B1", "B2") == ["B2"]


def test_a_comment_above_a_compound_statement_covers_the_header() -> None:
    assert left("# hatchet: ignore\nif B1:\n    B2\n", "B1", "B2") == ["B2"]
    assert left("# hatchet: ignore\nwith B1: B2\n", "B1", "B2") == []
    assert left("if a:\n    b\n# hatchet: ignore\nelif B1:\n    B2\n", "B1", "B2") == ["B2"]


def test_a_comment_between_decorators_covers_the_next_one() -> None:
    text = "@d(B1)\n# hatchet: ignore\n@e(B2)\n@f(B3)\ndef g(): ...\n"
    assert left(text, "B1", "B2", "B3") == ["B1", "B3"]


def test_a_comment_between_a_decorator_and_its_function_covers_the_header() -> None:
    assert left("@d(B1)\n# hatchet: ignore\ndef f(a=B2):\n    B3\n", "B1", "B2", "B3") == ["B1", "B3"]


@pytest.mark.parametrize(
    "text",
    [
        "f(\n    B1,\n    # hatchet: ignore\n    B2,\n    B3,\n)\n",
        "f(\n    B1,\n    # hatchet: ignore\n    a=B2,\n    b=B3,\n)\n",
        "x = [\n    B1,\n    # hatchet: ignore\n    B2,\n    B3,\n]\n",
        "x = {\n    'a': B1,\n    # hatchet: ignore\n    'b': B2,\n    'c': B3,\n}\n",
        "def f(\n    a=B1,\n    # hatchet: ignore\n    b=B2,\n    c=B3,\n): ...\n",
        "f(B1, (\n    # hatchet: ignore\n    B2\n), B3)\n",
    ],
)
def test_a_comment_inside_brackets_covers_the_next_item(text: str) -> None:
    assert left(text, "B1", "B2", "B3") == ["B1", "B3"]


def test_a_comment_before_a_closing_bracket_or_the_end_covers_nothing() -> None:
    text = "f(\n    BAD\n    # hatchet: ignore\n)\n# hatchet: ignore\n"
    assert left(text, "BAD") == ["BAD"]


def test_blank_lines_and_other_comments_may_stand_between() -> None:
    assert left("# hatchet: ignore\n\n# why\nBAD\n", "BAD") == []
    assert left("def f():\n    # hatchet: ignore\n    BAD\n", "BAD") == []


def test_a_file_ignore_holds_wherever_it_stands() -> None:
    assert left("f(B1)\n\n\ndef g():\n    B2  # hatchet: file-ignore[negative-retries]\n", "B1", "B2") == []


def test_code_that_does_not_parse_can_be_suppressed_too() -> None:
    assert left("# hatchet: ignore\nf(BAD\ng(\n", "BAD") == []
    assert left("f(BAD  # hatchet: ignore\nclass\n", "BAD") == []


def test_a_byte_order_mark_in_the_text_moves_nothing() -> None:
    assert left("\ufeff# hatchet: ignore\nBAD\n", "BAD") == []
    assert left("\ufeffBAD  # hatchet: ignore\n", "BAD") == []


def test_suppressions_know_the_places_of_their_rules() -> None:
    text = "x = 1  # noqa  # hatchet: ignore[rule-a,  rule-b] -- why\n"
    (suppression,) = suppressions(module(text))
    assert text[slice(*suppression.span)].startswith("# hatchet: ignore[")
    assert suppression.rules is not None
    assert [(name, text[slice(*span)]) for name, span in suppression.rules] == [
        ("rule-a", "rule-a"),
        ("rule-b", "rule-b"),
    ]


def ignored(text: str, marked: str, rule: str = RULE) -> str:
    """The text after the fix that ignores the finding at the marked piece, which is then gone."""
    (finding,) = findings(text, marked, rule=rule)
    (fix,) = ignore_fixes(module(text), [finding])
    assert fix.title == f"Ignore `{rule}` for this line"
    assert fix.applicability is Applicability.SAFE
    result = apply_edits(text, fix.edits)
    moved = Finding(Span(result.index(marked), result.index(marked) + len(marked)), "m", rule=rule)
    assert unsuppressed(module(result), [moved]) == []
    assert ast.dump(ast.parse(result)) == ast.dump(ast.parse(text))
    return result


C = "# hatchet: ignore[negative-retries]"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("f(BAD)", f"f(BAD)  {C}"),
        ("f(BAD)   \ng()\n", f"f(BAD)  {C}\ng()\n"),
        ("f(BAD)\r\ng()\r\n", f"f(BAD)  {C}\r\ng()\r\n"),
        ("f(BAD)  # why not\n", f"f(BAD)  # why not  {C}\n"),
        ("f(\n    BAD,\n    1,\n)\n", f"f(\n    BAD,  {C}\n    1,\n)\n"),
        ("f(BAD)  # hatchet: ignore[a-rule]\n", "f(BAD)  # hatchet: ignore[a-rule, negative-retries]\n"),
        (
            "f(BAD)  # hatchet: ignore[a-rule ] -- why\n",
            "f(BAD)  # hatchet: ignore[a-rule, negative-retries] -- why\n",
        ),
        ("f(BAD)  # hatchet: ignore[]\n", f"f(BAD)  {C}\n"),
        (
            "# hatchet: ignore[a-rule]\nf(\n    BAD)\n",
            "# hatchet: ignore[a-rule, negative-retries]\nf(\n    BAD)\n",
        ),
        ("f(BAD)\n# hatchet: ignore[a-rule]\ng()\n", f"f(BAD)  {C}\n# hatchet: ignore[a-rule]\ng()\n"),
        ("# hatchet: file-ignore[a-rule]\nf(BAD)\n", f"# hatchet: file-ignore[a-rule]\nf(BAD)  {C}\n"),
        ("if a:\n    f('''\nBAD\n''')\n", f"if a:\n    {C}\n    f('''\nBAD\n''')\n"),
        ("if a:\r\n\tf('''\r\nBAD\r\n''')\r\n", f"if a:\r\n\t{C}\r\n\tf('''\r\nBAD\r\n''')\r\n"),
        ("x = BAD + \\\n    1\n", f"{C}\nx = BAD + \\\n    1\n"),
        ("x = BAD(\\\n)\n", f"{C}\nx = BAD(\\\n)\n"),
        ("x = BAD + \\\n1\n", f"{C}\nx = BAD + \\\n1\n"),
        ("x = BAD + \\\r\n\\\r\n1\r\n", f"{C}\r\nx = BAD + \\\r\n\\\r\n1\r\n"),
        ("x = (  # \\\n    BAD)\n", f"x = (  # \\\n    BAD)  {C}\n"),
        (
            "@d('''\nBAD\n''')\ndef f():\n    pass\n",
            f"{C}\n@d('''\nBAD\n''')\ndef f():\n    pass\n",
        ),
        ("if a: x = '''\nBAD\n'''\n", f"{C}\nif a: x = '''\nBAD\n'''\n"),
        ("if a:\n    b\nelse: x = '''\nBAD\n'''\n", f"if a:\n    b\nelse: x = '''\nBAD\n'''  {C}\n"),
    ],
)
def test_the_fix_that_ignores(before: str, after: str) -> None:
    assert ignored(before, "BAD") == after


def steps(count: int) -> int:
    """How many calls it takes to offer to ignore so many findings, in as many lines."""
    text = "# hatchet: file-ignore[a-rule]\n" + "f(BAD)\n" * count
    source = module(text)
    found = [Finding(Span(each.start(), each.end()), "m", rule=RULE) for each in re.finditer("BAD", text)]
    with counted() as taken:
        assert len(list(ignore_fixes(source, found))) == count
    return taken.count


def test_twice_the_findings_take_about_twice_the_steps() -> None:
    assert steps(80) <= 2.4 * steps(40)


_PIECES = st.sampled_from(
    [
        "a",
        "BAD",
        "\n",
        "(",
        ")",
        "[",
        "]",
        ",",
        " ",
        "    ",
        "'''",
        '"',
        "#",
        "\\\n",
        "if x:",
        "def f():",
        "@d",
        "\r\n",
        "é",
    ]
)


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_whatever_the_text_a_finding_can_be_ignored_without_harm(text: str) -> None:
    text = f"x = BAD\n{text}"
    comments = [comment.span for comment in module(text).comments]
    for start in (index for index in range(len(text)) if text.startswith("BAD", index)):
        if any(comment.contains(Span(start, start + 3)) for comment in comments):
            continue  # no rule speaks of a comment
        (fix,) = ignore_fixes(module(text), [Finding(Span(start, start + 3), "m", rule=RULE)])
        (edit,) = fix.edits
        result = apply_edits(text, [edit])
        try:
            tree = ast.dump(ast.parse(text))
        except (SyntaxError, ValueError):
            continue
        assert ast.dump(ast.parse(result)) == tree
        moved = start + (len(edit.content) if edit.span.start <= start else 0)
        assert unsuppressed(module(result), [Finding(Span(moved, moved + 3), "m", rule=RULE)]) == []
