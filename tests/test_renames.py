"""What is taken for a name that the SDK does not have, and who may write it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from hatchet_ls.fixing import fix_text
from hatchet_ls.project.workspace import Workspace
from hatchet_ls.rules import Finding
from hatchet_ls.rules.api._spelling import Likeness, guess

NAMES = ["retries", "backoff_max_seconds", "on_events", "cert_file", "input_validator", "workflow_id", "put_stream"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Retries", ("retries", Likeness.SAME)),
        ("onevents", ("on_events", Likeness.SAME)),
        ("ON_EVENTS", ("on_events", Likeness.SAME)),
        ("on_event", ("on_events", Likeness.TYPO)),
        ("retires", ("retries", Likeness.TYPO)),
        ("onevent", ("on_events", Likeness.TYPO)),
        ("max_backoff", ("backoff_max_seconds", Likeness.LONGER)),
        ("stream", ("put_stream", Likeness.LONGER)),
        ("my_input_validator", ("input_validator", Likeness.SHORTER)),
        ("workflow", ("workflow_id", Likeness.LONGER)),
        ("backoff_min_seconds", None),
        ("ca_file", None),
        ("output_validator", None),
        ("workflow_inputt", None),
        ("get_stream", None),
        ("zebra", None),
    ],
)
def test_names_are_compared_word_by_word(written: str, meant: tuple[str, Likeness] | None) -> None:
    assert guess(written, NAMES) == meant


def test_of_several_longer_names_the_preferred_one_is_meant() -> None:
    names = ["put_stream", "aio_put_stream"]
    assert guess("put", names) is None
    assert guess("put", names, ["put_stream"]) == ("put_stream", Likeness.LONGER)


HEAD = """\
from datetime import timedelta
from hatchet_sdk import ConcurrencyExpression, Context, DurableContext, EmptyModel, Hatchet, RateLimit, SleepCondition
hatchet = Hatchet()
wf = hatchet.workflow(name="wf")
def run(input: EmptyModel, ctx: Context) -> None: ...
a = wf.task()(run)
"""
BODY = """\
@hatchet.durable_task()
async def flow(input: EmptyModel, ctx: DurableContext) -> None:
    {}
"""


def fixed(text: str, folder: Path, *, unsafe: bool) -> str:
    """The text after fixes of all rules."""
    workspace, path = Workspace(folder), folder / "tasks.py"

    def analyse(text: str) -> Sequence[Finding]:
        return workspace.analyse(path, text).findings

    result = fix_text(HEAD + text, analyse, unsafe=unsafe)
    assert result.broken is None
    return result.text.removeprefix(HEAD)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("wf.task(max_retries=3)(run)", "wf.task(retries=3)(run)"),
        ("wf.task(Retries=3)(run)", "wf.task(retries=3)(run)"),
        ("wf.task(depends_on=a)(run)", "wf.task(parents=[a])(run)"),
        ("hatchet.task(cron='0 9 * * *')(run)", "hatchet.task(on_crons=['0 9 * * *'])(run)"),
        (
            BODY.format("await ctx.sleep(timedelta(seconds=5))"),
            BODY.format("await ctx.aio_sleep_for(timedelta(seconds=5))"),
        ),
    ],
)
def test_a_rename_that_can_mean_nothing_else_is_safe(before: str, after: str, tmp_path: Path) -> None:
    assert fixed(before, tmp_path, unsafe=False) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("wf.task(retires=3)(run)", "wf.task(retries=3)(run)"),
        ("wf.task(retry=True)(run)", "wf.task(retries=True)(run)"),
        ("hatchet.workflow(name='x', schedule='0 9 * * *')", "hatchet.workflow(name='x', on_crons=['0 9 * * *'])"),
        ("wf.task(backoff=2.0)(run)", "wf.task(backoff_factor=2.0)(run)"),
        ("hatchet.task(timeout=60)(run)", "hatchet.task(execution_timeout=60)(run)"),
        (BODY.format("await ctx.sleep(5)"), BODY.format("await ctx.aio_sleep_for(5)")),
        (
            BODY.format("await ctx.wait_for(SleepCondition(timedelta(seconds=5)))"),
            BODY.format("await ctx.aio_wait_for(SleepCondition(timedelta(seconds=5)))"),
        ),
        (BODY.format("ctx.putStream('a', 'b')"), BODY.format("ctx.put_stream('a', 'b')")),
    ],
)
def test_a_rename_after_which_more_may_have_to_change_is_unsafe(before: str, after: str, tmp_path: Path) -> None:
    assert fixed(before, tmp_path, unsafe=False) == before
    assert fixed(before, tmp_path, unsafe=True) == after


@pytest.mark.parametrize(
    "text",
    [
        "wf.task(max_retries=3, retry=3)(run)",
        "wf.task(retries=3, max_retries=4)(run)",
        "hatchet.workflow(name='x', cron='0 9 * * *', schedule='0 10 * * *')",
        "hatchet.task(cron='0 9 * * *', crons=['0 10 * * *'])(run)",
        "hatchet.worker('x', max_runs=3, slot=4)",
        "ConcurrencyExpression(expression='input.a', max_runs=1, strategy='CANCEL_NEWEST', limitStrategy=None)",
        "RateLimit(key='x', static_key='y', units=1)",
        "hatchet.workflow(name='x', schedule=timedelta(hours=1))",
        "wf.task(rate_limit='10/m')(run)",
        "wf.task(retry={'max': 3})(run)",
        "wf.task(backoff=[1, 2])(run)",
        "hatchet.run_workflow('x', {})",
    ],
)
def test_no_rename_where_two_are_meant_or_the_value_does_not_fit(text: str, tmp_path: Path) -> None:
    assert fixed(text, tmp_path, unsafe=True) == text


def test_no_fix_adds_a_keyword_for_which_another_stands(tmp_path: Path) -> None:
    text = """\
import requests
@wf.task({}=[a])
def read(input: EmptyModel, ctx: Context) -> None: ctx.task_output(a)
@wf.task(retries=4, {}=2.0, backoff_max_seconds=60)
def call(input: EmptyModel, ctx: Context) -> None: requests.get('https://example.com')
"""
    assert fixed(text.format("depends_on", "backoffFactor"), tmp_path, unsafe=True) == text.format(
        "parents", "backoff_factor"
    )
