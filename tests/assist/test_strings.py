"""What is offered in CEL and cron strings, whole and half-typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from assist.project import Project
from hatchet_ls.assist.complete import complete
from hatchet_ls.hatchet.program import Program
from hatchet_ls.text import Source

MODELS = """\
from typing import Optional

from pydantic import BaseModel, Field


class User(BaseModel):
    name: str = Field(description="What people call them.")
    age: int


class Order(BaseModel):
    user_id: str  # Who has ordered.
    amount: int
    note: Optional[str] = None
    user: User
    users: list[User]
"""

HEADER = """\
from hatchet_sdk import BatchTaskConfig, ConcurrencyExpression, Hatchet, ParentCondition, RateLimit
from hatchet_sdk import TTLBasedIdempotencyConfig, UserEventCondition
from models import Order

hatchet = Hatchet()
"""

FIELDS = ["user_id", "amount", "note", "user", "users"]


@pytest.fixture(autouse=True)
def models(project: Project) -> Path:
    return project.write("models.py", MODELS)


def keyed(literal: str) -> str:
    """A workflow with a concurrency key that is being typed."""
    return (
        'orders = hatchet.workflow(name="orders", input_validator=Order, '
        f"concurrency=ConcurrencyExpression(expression={literal}"
    )


def offered(project: Project, code: str) -> list[str]:
    return project.labels(code, HEADER)


@pytest.mark.parametrize(
    "literal",
    [
        '"input.|"))',
        '"input.|',
        '"input.|)',
        "'input.|",
        '"input.us|"))',
        "\"'😀' + input.|",
        '"inp" "ut.|"))',
        '"""\n  input.|\n"""))',
        "'\\'é\\' + input.|'))",
        'r"input.|',
        "\"input.| + 'a'\"))",
        '"has(input.|"))',
        '"size(input.|) > 3"))',
        '"input.|", max_runs=1))',
        '"input.|, max_runs=1, x="y"))',
        '"input.|\n\n\n@hatchet.task()\ndef f(input, ctx): ...\n',
    ],
)
def test_behind_input_the_fields_of_the_model_come_first(project: Project, literal: str) -> None:
    assert offered(project, keyed(literal))[:5] == FIELDS


def test_fields_have_their_type_and_description(project: Project) -> None:
    first, second, third, *_ = project.offered(keyed('"input.|'), HEADER)
    assert (first.detail, first.documentation) == ("string", "Who has ordered.")
    assert second.detail == "int"
    assert third.detail == "string or null"


def test_nested_fields_are_offered(project: Project) -> None:
    assert offered(project, keyed('"input.user.|'))[:2] == ["name", "age"]
    assert offered(project, keyed('"input.users[0].|'))[:2] == ["name", "age"]
    assert offered(project, keyed('"input.users.all(u, u.|'))[:2] == ["name", "age"]


def test_methods_are_those_of_the_type(project: Project) -> None:
    names = offered(project, keyed('"input.user_id.|'))
    assert {"startsWith", "lowerAscii", "split"} <= set(names)
    assert "exists" not in names
    assert {"exists", "all", "filter", "map"} <= set(offered(project, keyed('"input.users.|')))


def test_a_taken_field_replaces_what_is_there(project: Project) -> None:
    taken = project.taken(keyed('"input.us|"))'), "user_id", HEADER)
    assert taken.endswith('expression="input.user_id"))')
    taken = project.taken(keyed('"input.us|'), "user_id", HEADER)
    assert taken.endswith('expression="input.user_id')


def test_a_method_with_arguments_leaves_the_cursor_between_its_brackets(project: Project) -> None:
    (split,) = (each for each in project.offered(keyed('"input.user_id.sp|"))'), HEADER) if each.label == "split")
    assert (split.content, split.snippet) == ("split(", "split($0)")


def test_an_empty_key_is_offered_whole_keys_patterns_and_variables(project: Project) -> None:
    found = offered(project, keyed('"|"))'))
    assert found[:2] == ["input.user_id", "'prefix:' + input.…"]
    assert {"input", "additional_metadata", "workflow_run_id", "has", "checksum"} <= set(found)
    assert offered(project, keyed('"|')) == found


def test_patterns_are_escaped_as_the_literal_needs(project: Project) -> None:
    taken = project.taken(keyed("'|'))"), "additional_metadata['…']", HEADER)
    assert taken.endswith(r"expression='additional_metadata[\\'${1:tenant}\\']'))")
    taken = project.taken(keyed('"|"))'), "additional_metadata['…']", HEADER)
    assert taken.endswith("expression=\"additional_metadata['${1:tenant}']\"))")


@pytest.mark.parametrize(
    ("code", "there", "not_there"),
    [
        ('RateLimit(dynamic_key="|', {"input", "checksum", "workflow_run_id"}, {"event_key", "parents"}),
        ('UserEventCondition(event_key="a", expression="|', {"input"}, {"lowerAscii", "output"}),
        ('ParentCondition(None, expression="|', {"output"}, {"input"}),
        ('ParentCondition(None, expression="input.|', {"exists"}, {"output"}),
        ('hatchet.workflow(idempotency=TTLBasedIdempotencyConfig(key_expression="|', {"input"}, {"workflow_run_id"}),
        ('hatchet.webhooks.create(event_key_expression="|', {"input", "headers"}, {"payload"}),
        ('hatchet.filters.create(expression="|', {"input", "payload", "event_key"}, {"headers", "checksum"}),
    ],
)
def test_variables_are_those_of_the_place(project: Project, code: str, there: set[str], not_there: set[str]) -> None:
    found = set(offered(project, code))
    assert there <= found
    assert not not_there & found


PARENT = """\
flow = hatchet.workflow(name="flow")


@flow.task()
def order(input, ctx) -> Order: ...


@flow.task(parents=[order], skip_if=[ParentCondition(order, expression={})])
def last(input, ctx): ...
"""


@pytest.mark.parametrize(
    ("literal", "found"),
    [
        ('"output.|"', FIELDS),
        ('"output.user.|"', ["name", "age"]),
        ("\"output['|']\"", FIELDS),
        ('"output.users.exists(each, each.|)"', ["name", "age"]),
    ],
)
def test_a_condition_on_a_parent_knows_the_fields_of_its_output(
    project: Project, literal: str, found: list[str]
) -> None:
    assert offered(project, PARENT.replace("{}", literal))[: len(found)] == found


def test_an_output_has_the_names_that_the_sdk_writes(project: Project) -> None:
    made = 'from pydantic import BaseModel, Field\n\n\nclass Made(BaseModel):\n    kind: str = Field(alias="Kind")\n'
    header = HEADER + made
    code = PARENT.replace("-> Order", "-> Made").replace("{}", '"output.|"')
    assert project.labels(code, header)[:2] == ["kind", "size"]
    code = keyed('"input.|"))').replace("validator=Order", "validator=Made")
    assert project.labels(code, header)[:3] == ["kind", "Kind", "size"]


def test_a_constant_is_completed_where_it_is_written(project: Project) -> None:
    assert offered(project, 'KEY = "input.|"\n' + keyed("KEY))"))[:5] == FIELDS


def test_the_input_of_a_task_is_known_too(project: Project) -> None:
    code = '@hatchet.task(input_validator=Order, rate_limits=[RateLimit(dynamic_key="input.|'
    assert offered(project, code + "\ndef f(input, ctx): ...\n")[:5] == FIELDS


@pytest.mark.parametrize(
    "literal",
    ["\"'input.|'\"))", '"input.user_id |"))', '"12|"))', 'f"{x}input.|"))', '"input.user_id" + x + "|"))'],
)
def test_where_nothing_can_stand_nothing_is_offered(project: Project, literal: str) -> None:
    assert offered(project, "x = 'a'.join(['b'])\n" + keyed(literal)) == []


def test_other_strings_are_left_alone(project: Project) -> None:
    assert offered(project, 'hatchet.workflow(name="input.|") ') == []
    assert offered(project, 'print("input.|")') == []


CRONS = ["* * * * *", "*/5 * * * *"]


@pytest.mark.parametrize(
    "code",
    [
        'hatchet.workflow(name="a", on_crons=["|"])',
        'hatchet.workflow(name="a", on_crons=["|',
        'hatchet.workflow(name="a", on_crons=["0 9|"])',
        'hatchet.workflow(name="a", on_crons=["0 9 * * *", "|"])',
        '@hatchet.task(on_crons=["|\ndef f(input, ctx): ...',
        'hatchet.cron.create("a", cron_name="b", expression="|',
        'hatchet.workflow(name="a").create_cron("b", "|", None)',
    ],
)
def test_crons_are_offered_with_their_meaning(project: Project, code: str) -> None:
    found = project.offered(code, HEADER)
    assert [each.label for each in found][:2] == CRONS
    assert found[0].detail == "Every minute (UTC)"


def test_a_cron_replaces_the_whole_string(project: Project) -> None:
    taken = project.taken('hatchet.workflow(name="a", on_crons=["0 |8 * *"])', "0 9 * * *", HEADER)
    assert taken.endswith('on_crons=["0 9 * * *"])')
    taken = project.taken('hatchet.workflow(name="a", on_crons=["0 9|', "0 9 * * *", HEADER)
    assert taken.endswith('on_crons=["0 9 * * *')


@pytest.mark.parametrize(
    ("crons", "after"),
    [
        ("'0 9 ' '* *|'", "'0 9 * * *'"),
        ("'0 9 ' + '* * |'", "'0 9 * * *'"),
        ("'0 9\\x20* *|'", "'0 9 * * *'"),
    ],
)
def test_a_cron_in_pieces_stays_a_string(project: Project, crons: str, after: str) -> None:
    assert project.taken(f'hatchet.workflow(name="a", on_crons=[{crons}])', "0 9 * * *", HEADER).endswith(f"[{after}])")


@pytest.mark.parametrize("crons", ['DAILY + "* * |"', '"0 9 " + DAILY + "|"', "'0 9 ' \"* * |\""])
def test_no_cron_is_offered_that_takes_more_than_content_with_it(project: Project, crons: str) -> None:
    assert offered(project, f'DAILY = "0 9 "\nhatchet.workflow(name="a", on_crons=[{crons}])') == []


def test_what_the_sdk_refuses_is_not_offered_where_it_checks(project: Project) -> None:
    assert "0 9 * * MON-FRI" in offered(project, 'hatchet.workflow(name="a", on_crons=["|')
    assert "0 9 * * MON-FRI" not in offered(project, 'hatchet.cron.create("a", cron_name="b", expression="|')


@pytest.mark.parametrize("typed", ['"""Docs. input.|"""', '"input.|"', 'x + "input.|"', "hatchet.|", "f(a + x.|)"])
def test_where_no_argument_can_be_the_program_is_not_read(project: Project, typed: str) -> None:
    def read(_: Source) -> Program | None:
        raise AssertionError

    source, offset = project.source(HEADER + typed)
    assert complete(source, offset, read) == []


def test_an_equals_sign_in_a_string_asks_for_nothing(project: Project) -> None:
    source, offset = project.source(HEADER + keyed('"input.user_id =|"))'))
    assert complete(source, offset, project.reader.read, typed="=") == []
    assert complete(source, offset, project.reader.read, typed=None) != []
