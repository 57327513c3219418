"""The CEL expressions of a program: where they are, whose input they see, and what Python puts together."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from hatchet import reading
from hatchet_ls.hatchet.cel_places import PLACES
from hatchet_ls.hatchet.facts import Facts
from hatchet_ls.hatchet.program import Expression, Program
from hatchet_ls.languages.cel import ENVIRONMENTS

HEAD = """\
from hatchet_sdk import StatusBasedIdempotencyConfig
from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Context, DefaultFilter, DurableContext
from hatchet_sdk import Hatchet, ParentCondition, RateLimit, TTLBasedIdempotencyConfig, UserEventCondition
from pydantic import BaseModel
hatchet = Hatchet()
class Order(BaseModel):
    user_id: str
class Invoice(BaseModel):
    number: int
ROUND = ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN
"""


def program_of(facts: Facts, folder: Path, code: str) -> Program:
    """What a file says below the usual imports."""
    return reading.program_of(folder, {"tasks.py": HEAD + dedent(code)}, facts)


def expression_of(facts: Facts, folder: Path, code: str) -> Expression:
    """The only expression of a file."""
    (found,) = program_of(facts, folder, code).expressions
    return found


def test_every_place_is_one_that_the_sdk_has(facts: Facts) -> None:
    for key, places in PLACES.items():
        owner, _, method = key.partition(".")
        member = facts.member(owner, method) if method else None
        parameters = member.parameters if member is not None else facts.classes[owner].parameters
        assert set(places) <= {parameter.name for parameter in parameters}, key


def test_every_place_has_an_environment_that_declares_what_is_hollow_in_it() -> None:
    for places in PLACES.values():
        for place in places.values():
            assert place.hollow.keys() <= set(ENVIRONMENTS[place.environment].variables), place.name


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ('ConcurrencyExpression(expression="x", max_runs=1, limit_strategy=ROUND)', "the concurrency key"),
        ('ConcurrencyExpression(expression=KEY, max_runs="x", limit_strategy=ROUND)', "the concurrency limit"),
        ('RateLimit(dynamic_key="x", limit=1)', "the key of the rate limit"),
        ('RateLimit(static_key="a", units="x")', "the units of the rate limit"),
        ('RateLimit(static_key="a", limit="x")', "the limit of the rate limit"),
        ('TTLBasedIdempotencyConfig(key_expression="x", ttl=1)', "the idempotency key"),
        ('StatusBasedIdempotencyConfig(key_expression="x", fallback_ttl=1)', "the idempotency key"),
        ('ParentCondition(parent, "x")', "the condition on the parent"),
        ('UserEventCondition("key", "x")', "the condition on the event"),
        ('DefaultFilter(expression="x", scope="a")', "the filter"),
        ('hatchet.filters.create("id", "x", "scope")', "the filter"),
        ('hatchet.workflow(name="a").create_filter("x", "scope")', "the filter"),
        ('hatchet.cel.debug("x", {})', "the expression"),
        ('hatchet.webhooks.create(s, "n", "x", auth)', "the event key of the webhook"),
        ('hatchet.webhooks.update("n", scope_expression="x")', "the scope of the webhook"),
        ('hatchet.batch_task(batch_max_size=1, batch_group_key="x")', "the group key of the batch"),
        ('hatchet.workflow(name="a").batch_task(batch_max_size=1, batch_group_key="x")', "the group key of the batch"),
    ],
)
def test_a_place_by_its_call_and_argument(facts: Facts, tmp_path: Path, code: str, place: str) -> None:
    found = expression_of(facts, tmp_path, code)
    assert (found.text, found.place.name) == ("x", place)


def test_a_wait_in_a_durable_task(facts: Facts, tmp_path: Path) -> None:
    found = expression_of(
        facts,
        tmp_path,
        """
        @hatchet.durable_task()
        async def ship(input, ctx: DurableContext):
            await ctx.aio_wait_for_event("paid", "x")
        """,
    )
    assert found.place.environment == "bool_expr"
    assert not found.early


def test_a_condition_in_a_decorator_is_early_and_one_in_a_body_is_not(facts: Facts, tmp_path: Path) -> None:
    program = program_of(
        facts,
        tmp_path,
        """
        wf = hatchet.workflow(name="a")
        @wf.task(wait_for=[UserEventCondition("a", "early")])
        def a(input, ctx): ...
        @hatchet.durable_task()
        async def b(input, ctx: DurableContext):
            await ctx.aio_wait_for("k", UserEventCondition("a", "late"))
        """,
    )
    assert {each.text: each.early for each in program.expressions} == {"early": True, "late": False}


@pytest.mark.parametrize(
    "code",
    [
        'RateLimit(dynamic_key="", limit=1)',
        'UserEventCondition("key", "")',
        "RateLimit(dynamic_key=unknown(), limit=1)",
        'RateLimit(dynamic_key=f"input.{unknown}", limit=1)',
        "RateLimit(static_key='input.x', units=1, limit=1)",
        "RateLimit(dynamic_key='input.x', limit=1)  # type: ignore",
        "class Own(RateLimit): ...\nOwn.dynamic_key",
    ],
)
def test_what_is_empty_unknown_or_expected_to_fail_is_left_out(facts: Facts, tmp_path: Path, code: str) -> None:
    assert program_of(facts, tmp_path, code).expressions == ()


USERS = """
key = ConcurrencyExpression(expression="input.user_id", max_runs=1, limit_strategy=ROUND)
limit = RateLimit(dynamic_key="input.user_id", limit=1)
"""


@pytest.mark.parametrize(
    "code",
    [
        'hatchet.workflow(name="a", input_validator=Order, concurrency=key)',
        'hatchet.workflow(name="a", input_validator=Order, concurrency=[key])',
        "@hatchet.task(input_validator=Order, concurrency=[key])\ndef a(input, ctx): ...",
        "@hatchet.task(input_validator=Order, rate_limits=[limit])\ndef a(input, ctx): ...",
        'wf = hatchet.workflow(name="a", input_validator=Order)\n@wf.task(rate_limits=[limit])\ndef a(input, ctx): ...',
        'hatchet.workflow(name="a", input_validator=Order, concurrency=key)\n'
        'hatchet.workflow(name="b", input_validator=Order, concurrency=key)',
    ],
)
def test_an_object_sees_the_input_of_who_uses_it(facts: Facts, tmp_path: Path, code: str) -> None:
    models = {
        each.input_model.name if each.input_model else None
        for each in program_of(facts, tmp_path, USERS + code).expressions
    }
    assert models == {"Order", None}


@pytest.mark.parametrize(
    "code",
    [
        "",
        'hatchet.workflow(name="a", concurrency=key)',
        'hatchet.workflow(name="a", input_validator=Order, concurrency=key)\n'
        'hatchet.workflow(name="b", input_validator=Invoice, concurrency=key)',
        'hatchet.workflow(name="a", input_validator=Order, concurrency=key)\n'
        'hatchet.workflow(name="b", concurrency=key)',
        'wf = hatchet.workflow(name="a", input_validator=Order, '
        'default_filters=[DefaultFilter(expression="input.x", scope="a")])',
    ],
)
def test_an_input_is_not_known_without_a_model_or_with_several(facts: Facts, tmp_path: Path, code: str) -> None:
    assert all(each.input_model is None for each in program_of(facts, tmp_path, USERS + code).expressions)


def holes_of(facts: Facts, folder: Path, value: str, head: str = "") -> list[tuple[str, str, str, bool]]:
    """The holes of the one template in a file: what fills them, the text around, whether they read as constants."""
    program = program_of(facts, folder, f"{head}\nRateLimit(limit=1, dynamic_key={value})\n")
    (template,) = program.templates
    text = program.source
    return [(text.slice(hole.span), hole.before, hole.after, hole.constant) for hole in template.holes]


@pytest.mark.parametrize(
    "value",
    [
        "f\"input.x + '{name()}'\"",
        "\"input.x + '%s'\" % name()",
        "\"input.x + '{}'\".format(name())",
        "\"input.x + '{name}'\".format(name())",
    ],
)
def test_the_ways_to_put_a_value_into_a_text(facts: Facts, tmp_path: Path, value: str) -> None:
    assert holes_of(facts, tmp_path, value) == [("name()", "input.x + '", "'", False)]


def test_several_holes_share_the_text_between_them(facts: Facts, tmp_path: Path) -> None:
    assert holes_of(facts, tmp_path, "f'{a()} == {b()}' ' + 1'") == [
        ("a()", "", " == ", False),
        ("b()", " == ", " + 1", False),
    ]


@pytest.mark.parametrize("value", ["PLAN", "plans.PLAN", "plan", "os.environ['PLAN']", "settings.plan", "'pro'"])
def test_what_is_set_once_for_all_is_a_constant(facts: Facts, tmp_path: Path, value: str) -> None:
    head = "import os, plans\nfrom app import settings\nplan = 'pro'"
    assert [hole[3] for hole in holes_of(facts, tmp_path, f'f"{{{value}}}"', head)] == [True]


@pytest.mark.parametrize(
    "value", ["'input.x'", "name()", "'input.' + name()", "name().format(x)", "'a'.join(x)", "3 % x"]
)
def test_what_is_no_template(facts: Facts, tmp_path: Path, value: str) -> None:
    assert program_of(facts, tmp_path, f"RateLimit(limit=1, dynamic_key={value})\n").templates == ()


def test_a_template_is_put_together_at_import_unless_a_function_does_it(facts: Facts, tmp_path: Path) -> None:
    program = program_of(
        facts,
        tmp_path,
        """
        RateLimit(dynamic_key=f"{a()}", limit=1)
        class Limits:
            limit = RateLimit(dynamic_key=f"{a()}", limit=1)
        def make(a):
            return RateLimit(dynamic_key=f"{a()}", limit=1)
        """,
    )
    assert [each.at_import for each in program.templates] == [True, True, False]
