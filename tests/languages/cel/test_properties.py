"""What holds for every text: nothing is raised, nothing takes too long, spans fit, and printing keeps the tree."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hatchet_ls.languages.cel import ENVIRONMENTS, STRING, Field, Problem, ProblemKind, check, list_of, record
from hatchet_ls.languages.cel.completion import complete
from hatchet_ls.languages.cel.demands import Demand, judge
from hatchet_ls.languages.cel.hover import describe
from hatchet_ls.languages.cel.problems import apply_all
from hatchet_ls.languages.cel.traps import hints, traps
from hatchet_ls.languages.cel.tree import Literal, Name, Node, Select, walk
from languages.cel.printer import show
from steps import counted

GOLDEN = Path(__file__).parents[1] / "golden"
EXPRESSIONS = [
    json.loads(line)["expr"]
    for corpus in ("cel_hand", "cel_generated")
    for line in (GOLDEN / f"{corpus}.jsonl").read_text(encoding="utf-8").rstrip("\n").split("\n")
]
_MARKS = "( ) [ ] { } . , ? : ! - + * / % == != < <= > >= = === && || & | ; $ ` ' \" ''' \\ // @ #"
_WORDS = "and or not AND OR NOT in is if else true false null None input input.a x f( .map(x, .all(x, has( .f( a.B{"
_REST = "1 1.5 2u 0x 1e .5 r' b' a: 'a' \"b\" \\d é 😀"
PIECES = [*" ".join((_MARKS, _WORDS, _REST)).split(" "), "\n", "\t"]
MODEL = record({"a": Field(STRING, optional=True), "items": Field(list_of(STRING))}, "Input")
OF_NAMES = {ProblemKind.UNDECLARED_VARIABLE, ProblemKind.HYPHENATED_FIELD, ProblemKind.UNKNOWN_FUNCTION}
ENVIRONMENT = st.sampled_from(list(ENVIRONMENTS.values()))

texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join),
    st.tuples(st.sampled_from(EXPRESSIONS), st.integers(0, 80), st.sampled_from([*PIECES, ""]), st.integers(0, 6)).map(
        lambda parts: parts[0][: parts[1]] + parts[2] + parts[0][parts[1] + parts[3] :]
    ),
    st.text(max_size=40),
)
many = settings(max_examples=4 * settings().max_examples, suppress_health_check=[HealthCheck.too_slow])


@many
@given(texts, ENVIRONMENT)
def test_no_text_raises(text: str, environment: object) -> None:
    for each in ENVIRONMENTS.values():
        if each is not environment:
            continue
        checked = check(text, each, input_type=MODEL)
        assert (checked.type is None) == bool(checked.problems)
        for problem in checked.problems:
            assert 0 <= problem.span.start <= problem.span.end <= len(text)
            assert -1 <= problem.position <= len(text)
            assert problem.message
            assert not problem.message.endswith(".")
        traps(checked)
        hints(checked)
        for demand in Demand:
            judge(checked, demand)


@many
@given(texts, st.integers(0, 60))
def test_no_place_in_a_text_raises(text: str, place: int) -> None:
    environment = ENVIRONMENTS["event"]
    place = min(place, len(text))
    described = describe(check(text, environment, input_type=MODEL), place)
    assert described is None or described.span.start <= described.span.end
    for item in complete(text, place, environment, input_type=MODEL):
        assert item.span.start <= place <= item.span.end


@many
@given(texts)
def test_a_suggestion_never_leaves_more_to_do(text: str) -> None:
    problems = check(text, ENVIRONMENTS["workflow_str"]).problems
    suggestions = [problem.suggestion for problem in problems if problem.suggestion is not None]
    if not suggestions or not check(apply_all(text, suggestions), ENVIRONMENTS["workflow_str"]).problems:
        return
    # All of them are not enough: each alone is, or leaves a part of what was wrong, and nothing that came of it.
    for suggestion in suggestions:
        after = check(suggestion.apply(text), ENVIRONMENTS["workflow_str"]).problems
        if problems[0].kind is ProblemKind.SYNTAX:
            assert {problem.kind for problem in after} <= {ProblemKind.SYNTAX, *OF_NAMES}
        assert len(after) < len(problems) or unread(after) < unread(problems)


def unread(problems: Sequence[Problem]) -> int:
    """How much of a text cannot even be read."""
    return sum(problem.kind is ProblemKind.SYNTAX for problem in problems)


@many
@given(texts)
def test_spans_nest_and_cover(text: str) -> None:
    checked = check(text, ENVIRONMENTS["workflow_str"])
    for node in walk(checked.tree):
        assert 0 <= node.start <= node.end <= len(text)
        inner = node.children
        for child in inner:
            assert node.span.contains(child.span)
        for left, right in pairwise(inner):
            assert left.end <= right.start
        if isinstance(node, Name):
            assert (
                text[node.start : node.end]
                .replace(" ", "")
                .replace("\n", "")
                .replace("\t", "")
                .endswith(node.name.lstrip("."))
            )
        if isinstance(node, Select) and node.field:
            assert text[node.field_span.start : node.field_span.end].strip("`") == node.field
    if not any(problem.kind is ProblemKind.SYNTAX for problem in checked.problems):
        tree = checked.tree
        outside = text[: tree.start] + "\n" + text[tree.end :]
        assert all(not line.split("//")[0].strip() for line in outside.split("\n"))


def shape(root: Node) -> list[object]:
    """A tree without its places."""
    parts: list[object] = []
    for node in walk(root):
        parts.append(type(node).__name__)
        for name in ("value", "name", "field", "quoted", "operator", "count", "function"):
            if hasattr(node, name):
                parts.append(repr(getattr(node, name)))
        if isinstance(node, Literal):
            parts.append(str(node.type))
        parts.append(len(node.children))
    return parts


def test_printing_and_parsing_again_gives_the_same_tree() -> None:
    accepted = [checked for text in EXPRESSIONS if not (checked := check(text, ENVIRONMENTS["step_run"])).problems]
    assert len(accepted) > 600
    for checked in accepted:
        again = check(show(checked.tree), ENVIRONMENTS["step_run"])
        assert again.problems == (), checked.text
        assert shape(again.tree) == shape(checked.tree), checked.text
        assert str(again.type) == str(checked.type)


@many
@given(texts)
def test_printing_any_parsed_text_and_parsing_it_again_gives_the_same_tree(text: str) -> None:
    checked = check(text, ENVIRONMENTS["event"])
    if any(problem.kind in (ProblemKind.SYNTAX, ProblemKind.LIMIT) for problem in checked.problems):
        return
    printed = show(checked.tree)
    assert shape(check(printed, ENVIRONMENTS["event"]).tree) == shape(checked.tree)


def steps(text: str) -> int:
    """How many calls it takes to check a text, with all that is said about it."""
    environment = ENVIRONMENTS["workflow_str"]
    environment.resolutions.clear()
    with counted() as taken:
        checked = check(text, environment, input_type=MODEL)
        traps(checked)
        hints(checked)
        describe(checked, len(text) // 2)
        complete(text, len(text) // 2, environment, input_type=MODEL)
    return taken.count


REPEATED = {
    "names": "a ",
    "sum": "input.a + ",
    "logical": "input.a && ",
    "either": "input.a || input.b && ",
    "parentheses": "(",
    "brackets": "[",
    "braces": "{",
    "messages": "a{b:",
    "calls": "f(",
    "methods": "a.f(",
    "closed": ")",
    "fields": ".a",
    "dots": ".",
    "indexes": "[0]",
    "conditions": "a ? b : ",
    "questions": "a ? ",
    "colons": "a : ",
    "commas": "a, ",
    "signs": "-",
    "mixed signs": "-!",
    "quotes": "'",
    "three quotes": "'''a",
    "double quotes": "'\"",
    "escapes": "'\\q' ",
    "open escapes": "\\'",
    "backticks": "`a",
    "semicolons": ";",
    "equals": "= ",
    "and": "a and ",
    "not": "not ",
    "not in": "a not in ",
    "macros": "[1].map(x, x).size() + ",
    "nested macros": "[1].map(x, ",
    "growing types": ".map(x, {x: x})",
    "items": "[1, 'a', 2.0], ",
    "lines": "a +\n",
    "comments": "// a\n",
    "has": "has(",
    "hyphens": "input.a-b",
    "numbers": "9",
    "letters": "a",
    "emoji": "😀",
    "spaces": " ",
}


@pytest.mark.parametrize("piece", REPEATED.values(), ids=REPEATED.keys())
@pytest.mark.parametrize(("before", "after"), [("", ""), ("[1]", ""), ("[", "1]"), ("input.a == ", "'x'")])
def test_twice_the_text_takes_about_twice_the_steps(piece: str, before: str, after: str) -> None:
    short, long = (steps(before + piece * count + after) for count in (400, 800))
    assert long <= 2.4 * short + 2_000


@pytest.mark.parametrize("piece", REPEATED.values(), ids=REPEATED.keys())
def test_the_longest_texts_are_no_trouble(piece: str) -> None:
    text = (piece * (100_000 // len(piece)))[:100_000]
    checked = check(text, ENVIRONMENTS["workflow_str"])
    assert checked.tree is not None


def test_one_character_more_than_the_engines_limit_is_refused() -> None:
    assert check("'" + "a" * 99_998 + "'", ENVIRONMENTS["workflow_str"]).problems == ()
    (problem,) = check("'" + "a" * 99_999 + "'", ENVIRONMENTS["workflow_str"]).problems
    assert problem.kind is ProblemKind.LIMIT


@pytest.mark.parametrize(
    ("opening", "middle", "closing", "deepest"),
    [
        ("(", "1", ")", 249),
        ("[", "1", "]", 249),
        ("[", "", "]", 250),
        ("size(", "input", ")", 249),
        ("1 + (", "1", ")", 124),
        ("1 < (", "1", ")", 124),
        ("1 + 2 * (", "1", ")", 83),
        ("!(", "true", ")", 249),
        ("true && (", "true", ")", 249),
        ("true ? 1 : ", "1", "", 249),
        ("", "input", ".a", 250),
        ("", "input", "[0]", 250),
        ("", "1", " + 1", 250),
    ],
)
def test_nesting_is_refused_where_the_engine_refuses_it(opening: str, middle: str, closing: str, deepest: int) -> None:
    for depth, is_refused in ((deepest, False), (deepest + 1, True)):
        text = opening * depth + middle + closing * depth
        kinds = {problem.kind for problem in check(text, ENVIRONMENTS["workflow_str"]).problems}
        assert (ProblemKind.LIMIT in kinds) is is_refused, depth


def test_a_deep_text_is_checked_close_to_pythons_own_limit() -> None:
    def nested(left: int) -> bool:
        if left:
            return nested(left - 1)
        return not check("[" * 249 + "1" + "]" * 249, ENVIRONMENTS["workflow_str"]).problems

    depth = len(list(_frames()))
    assert nested(sys.getrecursionlimit() - depth - 60)


def _frames() -> list[FrameType]:
    frames: list[FrameType] = []
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        frames.append(frame)
        frame = frame.f_back
    return frames
