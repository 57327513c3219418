"""Whatever is half-typed, nothing fails, and what is offered fits the text as it is."""

from __future__ import annotations

import pytest

from assist.project import Project
from assist.test_strings import HEADER, MODELS
from hatchet_ls.assist.complete import complete
from hatchet_ls.assist.fields import named_at
from hatchet_ls.assist.navigation import definition, field_at
from hatchet_ls.assist.tokens import tokens
from hatchet_ls.hover import hover
from hatchet_ls.text import Source

TEXT = (
    HEADER
    + """\
orders = hatchet.workflow(
    name="orders", on_crons=["0 9 * * *", '''@daily'''], input_validator=Order,
    concurrency=[ConcurrencyExpression(expression=f"'😀' + " "input.user_id"
        r'.lowerAscii()', limit_strategy=ConcurrencyLimitStrategy.GROUP)],
)
@orders.task(execution_timeout=timedelta(minutes=5), rate_limits=[RateLimit(dynamic_key="input['user_id']", limit=1)])
def work(input: Order, ctx: Context) -> None: ...
"""
)


@pytest.mark.parametrize("rest", ["", "\n", '"', ")", "\r\n\n@orders.task()\ndef f(input, ctx): ...\n"])
def test_every_beginning_of_a_text_can_be_asked_about(project: Project, rest: str) -> None:
    project.write("models.py", MODELS)
    for offset in range(len(HEADER), len(TEXT) + 1):
        source = Source(project.root / "tasks.py", TEXT[:offset] + rest)
        for offer in complete(source, offset, project.reader.read):
            assert offer.span.start <= offset <= offer.span.end <= len(source.text)
            assert all(edit.span.end <= offset for edit in offer.edits)


def test_every_place_of_a_text_can_be_asked_about(project: Project) -> None:
    project.write("models.py", MODELS)
    for cut in range(len(HEADER), len(TEXT) + 1, 9):
        source = Source(project.root / "tasks.py", TEXT[:cut])
        program, module = project.program(source), project.reader.modules.parse(source)
        assert all(token.span.end <= cut for token in tokens(program))
        for offset in range(max(0, cut - 30), cut + 1):
            found = named_at(program, offset)
            assert (definition(program, offset) is None) == (found is None)
            assert found is None or found.span is not None
            field_at(program, module, offset)
            hover(program, offset)


def test_asking_leaves_what_was_read_of_the_text_alone(project: Project) -> None:
    """The text in which all is closed at the cursor is another one."""
    project.write("models.py", MODELS)
    source, offset = project.source(
        HEADER + "@hatchet.task(execution_timeout=|, retries=1)\ndef work(input, ctx): ...\n"
    )
    module = project.reader.modules.parse(source)
    assert complete(source, offset, project.reader.read)
    assert module.tree.get_code() == source.text
    assert project.reader.modules.parse(source) is module
