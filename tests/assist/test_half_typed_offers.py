"""What is offered, said and gone to in strings of calls that are half typed."""

from __future__ import annotations

import pytest

from assist.project import Project
from assist.test_strings import CRONS, FIELDS, MODELS
from hatchet_ls.assist.half_typed import around, definition_at
from hatchet_ls.hatchet.program import Program
from hatchet_ls.hover import hover
from hatchet_ls.text import Source

HEADER = """\
from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Hatchet, RateLimit
from models import Order

hatchet = Hatchet()
"""
START = 'w = hatchet.workflow(name="w", input_validator=Order, concurrency=ConcurrencyExpression('
LINES = """\
w = hatchet.workflow(
    name="w",
    input_validator=Order,
    concurrency=ConcurrencyExpression(
        """
BEHIND = [
    "",
    "\n",
    "\n\n\n@w.task()\ndef f(input, ctx): ...\n",
    "\n\nprint('a', (1))\n",
    "\n\n# A comment (\nw.run(Order())\n",
]

HALF_TYPED = [
    START + 'expression="§", max_runs=1',
    START + 'expression="§", max_runs=1)',
    START + 'expression="§")',
    START + 'expression="§"',
    START + 'expression="§", max_runs=',
    START + 'expression="§", max_runs=))',
    START + 'expression="§", max_runs=, limit_strategy=ConcurrencyLimitStrategy.CANCEL_NEWEST))',
    START + 'expression="§", limit_strategy=ConcurrencyLimitStrategy.',
    START + 'expression="§", limit_strategy=ConcurrencyLimitStrategy.))',
    START + 'expression="§", limit_strategy=ConcurrencyLimitStrategy., max_runs=1))',
    START + 'expression="§" max_runs=1))',
    START + 'expression="§"\n    max_runs=1,\n))',
    START + 'expression="§"\n    max_runs=1,\n',
    LINES + 'expression="§"\n        max_runs=1,\n    ),\n)',
    LINES + 'expression="§",\n        max_runs=1\n        limit_strategy=ConcurrencyLimitStrategy.\n    ),\n)',
    LINES + 'expression="§",\n        max_runs=\n        limit_strategy=ConcurrencyLimitStrategy.\n    ),\n)',
    LINES + 'expression="§",  # (\n        max_runs=  # to do\n    ),\n)',
    LINES + 'expression="§",\n        max_runs=1,\n)',
    LINES + 'expression="§",\n    ),\n',
    LINES + 'expression="§"\n    description="d",\n)',
    LINES + 'expression="§",\n    description="d",\n)',
    START + 'max_runs=, expression="§"))',
    START + 'max_runs=, limit_strategy=ConcurrencyLimitStrategy., expression="§"',
    LINES + 'max_runs=\n        expression="§",\n    ),\n)',
    LINES + 'max_runs=1\n        expression="§"\n    ),\n)',
    LINES + 'limit_strategy=ConcurrencyLimitStrategy.\n        expression="§",\n    ),\n)',
    LINES.replace('"w",', '"w"') + 'max_runs=len([1])  # ,\n        expression="§",\n    ),\n)',
]


@pytest.fixture(autouse=True)
def models(project: Project) -> None:
    project.write("models.py", MODELS)


@pytest.mark.parametrize("behind", BEHIND, ids=range(len(BEHIND)))
@pytest.mark.parametrize("code", HALF_TYPED)
def test_fields_are_offered_though_the_rest_is_half_typed(project: Project, code: str, behind: str) -> None:
    assert project.labels(code.replace("§", "input.|") + behind, HEADER)[:5] == FIELDS


@pytest.mark.parametrize("behind", BEHIND, ids=range(len(BEHIND)))
@pytest.mark.parametrize("code", HALF_TYPED)
def test_fields_are_explained_and_found_though_the_rest_is_half_typed(project: Project, code: str, behind: str) -> None:
    source, offset = project.source(HEADER + code.replace("§", "input.us|er_id") + behind)
    program, read = project.program(source), project.reader.read
    said = hover(around(program, offset, read), offset)
    assert said is not None
    assert source.slice(said.span) == "user_id"
    assert "`user_id: str` of `Order` (models.py:12)" in said.markdown
    found = definition_at(program, offset, read)
    assert found is not None
    assert source.slice(found.name) == "user_id"
    assert found.target.source.path.name == "models.py"


def test_a_model_of_the_same_file_is_found_in_it(project: Project) -> None:
    header = HEADER.replace("from models import Order\n", "") + MODELS
    source, offset = project.source(header + START + 'expression="input.us|er_id", max_runs=\n')
    program = project.program(source)
    found = definition_at(program, offset, project.reader.read)
    assert found is not None
    assert found.target.source is source
    assert source.slice(found.target.span) == "user_id"
    said = hover(around(program, offset, project.reader.read), offset)
    assert said is not None
    assert "`user_id: str` of `Order` (line " in said.markdown


@pytest.mark.parametrize("code", ["'input.us|er_id'", "f('input.us|er_id')", START + "expression='input.us|er_id'))"])
def test_what_is_whole_is_not_read_again(project: Project, code: str) -> None:
    def read(_: Source) -> Program | None:
        raise AssertionError

    source, offset = project.source(HEADER + code)
    program = project.program(source)
    assert around(program, offset, read) is program


@pytest.mark.parametrize("behind", BEHIND, ids=range(len(BEHIND)))
@pytest.mark.parametrize("typed", ['"|"', '"0 9 * * *", "|"', '\n    "|"\n', '"|",', '"0 9|", C.'])
def test_crons_are_offered_in_a_list_that_is_open(project: Project, typed: str, behind: str) -> None:
    for start in ("w = hatchet.workflow(name='w', on_crons=[", "@hatchet.task(on_crons=["):
        assert project.labels(start + typed + behind, HEADER)[:2] == CRONS
