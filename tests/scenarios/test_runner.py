"""The runner must fail when a case does not tell the truth."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from scenarios.document import Case, File
from scenarios.marks import strip_marks
from scenarios.runner import Runner, broken, differences, unlike

_folders = itertools.count()

RULE = "concurrency-missing-limit-strategy"
HEAD = "from hatchet_sdk import ConcurrencyExpression\n\n"
WRONG = f'{HEAD}limit = ConcurrencyExpression(expression="input.user", max_runs=1)'
RIGHT = (
    "from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy\n\n"
    'limit = ConcurrencyExpression(expression="input.user", max_runs=1, '
    "limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN)\n"
)


def case(code: str, fixed: str | None = None) -> Case:
    """A case of one file."""
    text, marks = strip_marks(f"{code}\n")
    return Case("a case", RULE, "concurrency", 1, [File("tasks.py", text, marks, fixed)])


@pytest.fixture
def folder(cases_folder: Path) -> Path:
    """A new folder in the engine's workspace."""
    return cases_folder / f"runner{next(_folders)}"


def test_a_true_case_has_no_problems(runner: Runner, folder: Path) -> None:
    assert runner.problems(case(f"{WRONG}  # error: 9 [{RULE}]", RIGHT), folder) == []


@pytest.mark.parametrize(
    ("marks", "problem"),
    [
        ("", "unexpected error"),
        (f"  # error: 10 [{RULE}]", "in column 10, found none"),
        (f"  # warning: [{RULE}]", "expected warning"),
        ("  # error: [another-rule]", "[another-rule]"),
        (f'  # error: [{RULE}] "of another"', "saying 'of another'"),
        (f"  # error: [{RULE}]  # error: [{RULE}]", "found none"),
    ],
)
def test_a_wrong_or_missing_mark_is_a_problem(marks: str, problem: str, runner: Runner, folder: Path) -> None:
    assert problem in "\n".join(runner.problems(case(WRONG + marks, RIGHT), folder))


def test_a_mark_on_another_line_is_a_problem(runner: Runner, folder: Path) -> None:
    problems = runner.problems(case(f"{WRONG}\n# error: [{RULE}]"), folder)
    assert "on line 4, found none" in "\n".join(problems)


def test_a_fix_that_differs_is_a_problem(runner: Runner, folder: Path) -> None:
    problems = runner.problems(case(f"{WRONG}  # error: [{RULE}]", RIGHT.replace("limit =", "other =")), folder)
    assert ["instead of" in problem for problem in problems] == [True]


def test_a_door_that_shows_more_or_less_than_the_engine_is_a_problem(runner: Runner, folder: Path) -> None:
    from scenarios.workspaces import write_workspace

    found = runner.engine.check(write_workspace(case(WRONG), folder))
    assert len(found) == 1
    assert differences("the door", found, found) == []
    assert [problem.split(" error")[0] for problem in differences("the door", found, [])] == ["the door does not show"]
    assert [problem.split(" error")[0] for problem in differences("the door", [], found)] == ["the door alone shows"]
    moved = [found[0]._replace(end_column=1)]
    assert len(differences("the door", found, moved)) == 2


def test_a_file_without_a_fixed_block_must_stay_as_it_is() -> None:
    told = case("f(x)")
    assert unlike(told, {"tasks.py": "f(x)\n"}) == []
    assert unlike(told, {"tasks.py": "g(x)\n"})


def test_a_fix_that_breaks_the_syntax_or_loses_a_comment_is_a_problem() -> None:
    assert broken("f(x)  # why\n", "g(x)  # why\n") == []
    assert broken("f(x)  # why\n", "g(x)\n") == ["the comment '# why' is lost"]
    assert "not Python any more" in broken("f(x)\n", "g(x\n")[0]
    assert broken("f(x\n", "g(x\n") == [], "what was broken before is nobody's fault"
