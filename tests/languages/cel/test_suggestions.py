"""What is suggested for what the engine refuses, and that the engine takes it."""

from __future__ import annotations

import pytest

from hatchet_ls.languages.cel import DOUBLE, ENVIRONMENTS, INT, STRING, Field, ProblemKind, check, record
from hatchet_ls.languages.cel.problems import Rewrite, apply_all
from hatchet_ls.text import Span

KEY = ENVIRONMENTS["workflow_str"]
MODEL = record({"user_id": Field(STRING), "amount": Field(DOUBLE), "retries": Field(INT)}, "Input")

MEANT = {
    # words and marks of other languages
    "input.a and input.b": "input.a && input.b",
    "input.a or input.b": "input.a || input.b",
    "input.a and input.b or input.c": "input.a && input.b || input.c",
    "not input.a": "!input.a",
    "not input.a == 'x'": "!(input.a == 'x')",
    "not(input.a)": "!(input.a)",
    "input.a or not input.b": "input.a || !input.b",
    "input.a not in ['x', 'y']": "!(input.a in ['x', 'y'])",
    "input.a is null": "input.a == null",
    "input.a is not null": "input.a != null",
    "input.a === 'x'": "input.a == 'x'",
    "input.a !== 'x'": "input.a != 'x'",
    "input.a = 'x'": "input.a == 'x'",
    "input.a <> 'x'": "input.a != 'x'",
    "input.a & input.b": "input.a && input.b",
    "input.a | input.b": "input.a || input.b",
    "input.a == None": "input.a == null",
    "input.a == True": "input.a == true",
    "input.a == False": "input.a == false",
    "input.a;": "input.a",
    "input.a AND input.b": "input.a && input.b",
    "input.a OR NOT input.b": "input.a || !input.b",
    "NOT(input.a)": "!(input.a)",
    "input.a NOT in ['x', 'y']": "!(input.a in ['x', 'y'])",
    "input.a NOT IN ['x', 'y']": "!(input.a in ['x', 'y'])",
    "input.a IN ['x', 'y']": "input.a in ['x', 'y']",
    "input.a IS null": "input.a == null",
    "input.a IS NOT null": "input.a != null",
    "input.a And Not input.b": "input.a && !input.b",
    # functions
    "len(input.a)": "size(input.a)",
    "input.a.length()": "input.a.size()",
    "str(input.a)": "string(input.a)",
    "input.a.toString()": "string(input.a)",
    "float(input.a)": "double(input.a)",
    "input.a.lower()": "input.a.lowerAscii()",
    "lower(input.a)": "input.a.lowerAscii()",
    "lowerAscii(input.a + 'x')": "(input.a + 'x').lowerAscii()",
    "input.a.upper()": "input.a.upperAscii()",
    "input.a.strip()": "input.a.trim()",
    "input.a.startswith('x')": "input.a.startsWith('x')",
    "input.a.endswith('x')": "input.a.endsWith('x')",
    "input.a.includes('x')": "input.a.contains('x')",
    "input.a.get('x')": "input.a['x']",
    "input.a.lowerAsci()": "input.a.lowerAscii()",
    "['a'].existsOne(x, x == input.a)": "['a'].exists_one(x, x == input.a)",
    # variables and fields
    "inputs.a": "input.a",
    "Input.a": "input.a",
    "inptu.a": "input.a",
    "ctx.input.a": "input.a",
    "user_id": "input.user_id",
    "metadata.a": "additional_metadata.a",
    "run_id": "workflow_run_id",
    "input.user-id": "input['user-id']",
    "input.user-id + input.b": "input['user-id'] + input.b",
    "input.a-b-c": "input['a-b-c']",
    "input.user-id.name": "input['user-id'].name",
    "input.in": "input['in']",
    "input.items.0": "input.items[0]",
    "has(input['a'])": "'a' in input",
    # literals, types and brackets
    r"input.a.matches('\d+')": r"input.a.matches(r'\d+')",
    "'a' + 1": "'a' + string(1)",
    "size(input.a) == 1.0": "double(size(input.a)) == 1.0",
    "double(input.a) > 1": "double(input.a) > 1.0",
    "string(input.a": "string(input.a)",
    "(input.a + ('x'": "(input.a + ('x'))",
    "input.a)": "input.a",
}


@pytest.mark.parametrize(("written", "meant"), MEANT.items())
def test_the_suggestions_together_are_what_is_meant_and_the_engine_takes_it(written: str, meant: str) -> None:
    problems = check(written, KEY).problems
    replacements = [problem.suggestion for problem in problems if problem.suggestion is not None]
    assert apply_all(written, replacements) == meant
    assert check(meant, KEY).problems == ()


@pytest.mark.parametrize(
    ("environment", "written", "meant"),
    [
        ("event", "event.key == 'user:created'", "event_key == 'user:created'"),
        ("event", "event_id == 'x' and payload.a", "event_id == 'x' && payload.a"),
        ("bool_expr", "outputs.a > 1.0", "output.a > 1.0"),
        ("bool_expr", "parent.a > 1.0", "output.a > 1.0"),
        ("bool_expr", "payload.a > 1.0", "input.a > 1.0"),
        ("webhook", "body.type", "input.type"),
        ("webhook", "header['x']", "headers['x']"),
        ("step_run", "parent.step.a", "parents.step.a"),
    ],
)
def test_variables_are_looked_for_among_those_of_the_place(environment: str, written: str, meant: str) -> None:
    (problem,) = check(written, ENVIRONMENTS[environment]).problems
    assert problem.suggestion is not None
    assert problem.suggestion.apply(written) == meant
    assert check(meant, ENVIRONMENTS[environment]).problems == ()


def test_a_field_of_the_input_is_found_by_its_name() -> None:
    (problem,) = check("retries > 3", KEY, input_type=MODEL).problems
    assert problem.suggestion is not None
    assert problem.suggestion.apply("retries > 3") == "input.retries > 3"


def test_a_name_that_is_nearly_a_field_of_the_input_is_that_field() -> None:
    (problem,) = check("userid", KEY, input_type=MODEL).problems
    assert problem.suggestion is not None
    assert problem.suggestion.apply("userid") == "input.user_id"


def test_a_name_that_is_no_field_of_the_input_is_not_made_one() -> None:
    (problem,) = check("zzz", KEY, input_type=MODEL).problems
    assert problem.suggestion is None


@pytest.mark.parametrize("call", ["lower()", "lowerAscii()", "strip()", "split(',')"])
def test_where_the_string_functions_are_missing_none_is_suggested(call: str) -> None:
    (problem,) = check(f"output.a.{call}", ENVIRONMENTS["bool_expr"]).problems
    assert problem.kind is ProblemKind.UNKNOWN_FUNCTION
    assert problem.suggestion is None
    assert "none of the string functions" in problem.message


@pytest.mark.parametrize(
    "text",
    [
        "now()",
        "zzz(1)",
        "input.a.zzz()",
        "input..a",
        "input.a ?? 'x'",
        "'a",
        "",
        "'a' == null",
        "input.a or 'x'",
        "input.a OR 5",
        "input.a or input.b or 'x'",
        "input.a and size(input.b)",
        "not 'x' + 'y'",
    ],
)
def test_nothing_is_suggested_where_nothing_is_known(text: str) -> None:
    problems = check(text, KEY).problems
    assert problems
    assert [problem.suggestion for problem in problems] == [None] * len(problems)


def test_a_fix_of_the_syntax_is_suggested_though_an_unknown_name_is_left() -> None:
    (problem,) = check("zzz(input.a) and input.b", KEY).problems
    assert problem.suggestion is not None
    assert problem.suggestion.apply("zzz(input.a) and input.b") == "zzz(input.a) && input.b"


def test_a_fix_of_the_syntax_is_not_suggested_where_the_types_would_be_wrong_with_it() -> None:
    assert [each.suggestion for each in check("zzz(input.a) and 'x'", KEY).problems] == [None]


def test_the_text_of_another_language_is_told_by_the_caller_and_must_be_accepted() -> None:
    text = "%input.a%"
    meant = [Rewrite("input.a.b("), Rewrite("input.a", "it needs no marks around it")]
    (problem,) = check(text, KEY, rewrites=lambda _: meant).problems
    assert (problem.message, problem.span) == ("it needs no marks around it", Span(0, len(text)))
    assert problem.suggestion is not None
    assert problem.suggestion.apply(text) == "input.a"
    assert not any(each.suggestion for each in check(text, KEY).problems)


def test_several_problems_are_told_by_position() -> None:
    found = check("foo.x + bar.y + size()", KEY).problems
    assert [(problem.kind, problem.name, tuple(problem.span)) for problem in found] == [
        (ProblemKind.UNDECLARED_VARIABLE, "foo", (0, 3)),
        (ProblemKind.UNDECLARED_VARIABLE, "bar", (8, 11)),
        (ProblemKind.NO_OVERLOAD, "size", (16, 22)),
    ]


def test_a_hyphen_in_a_field_has_its_own_kind() -> None:
    (problem,) = check("input.user-id", KEY).problems
    assert (problem.kind, problem.name, tuple(problem.span)) == (ProblemKind.HYPHENATED_FIELD, "id", (11, 13))


BILL = record({"total": Field(DOUBLE), "tax": Field(DOUBLE), "user_id": Field(STRING), "x-y": Field(STRING)}, "Bill")
ORDER = record({"bill": Field(BILL), "tax": Field(DOUBLE)}, "Order")


@pytest.mark.parametrize(
    ("text", "kind", "meant", "is_sure"),
    [
        ("input.bill.x-y", ProblemKind.HYPHENATED_FIELD, "input.bill['x-y']", True),
        ("input.bill.user-id", ProblemKind.HYPHENATED_FIELD, "input.bill.user_id", False),
        ("input.bill.user-name", ProblemKind.HYPHENATED_FIELD, None, False),
        (
            "string(input.bill.total-tax)",
            ProblemKind.UNDECLARED_VARIABLE,
            "string(input.bill.total - input.bill.tax)",
            True,
        ),
        ("additional_metadata.user-id", ProblemKind.HYPHENATED_FIELD, "additional_metadata['user-id']", True),
    ],
)
def test_a_model_says_whether_a_hyphen_is_part_of_a_name(
    text: str, kind: ProblemKind, meant: str | None, is_sure: bool
) -> None:
    (problem,) = check(text, KEY, input_type=ORDER).problems
    assert problem.kind is kind
    assert (problem.suggestion.apply(text) if problem.suggestion is not None else None) == meant
    assert problem.suggestion is None or problem.suggestion.is_sure is is_sure


def test_a_model_that_takes_more_fields_may_have_one_with_a_hyphen() -> None:
    model = record({"a": Field(STRING)}, "Open", closed=False)
    (problem,) = check("input.user-id", KEY, input_type=model).problems
    assert problem.suggestion is not None
    assert (problem.suggestion.text, problem.suggestion.is_sure) == ("['user-id']", False)


@pytest.mark.parametrize("text", ["input.a - id", "input.a -id", "1-id", "size(input.a)-id"])
def test_a_subtraction_that_looks_like_one_is_no_hyphen(text: str) -> None:
    assert [problem.kind for problem in check(text, KEY).problems] == [ProblemKind.UNDECLARED_VARIABLE]
