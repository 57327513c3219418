"""Between the fields that CEL strings name and the classes that define them."""

from __future__ import annotations

from pathlib import Path

import pytest

from assist.project import Project
from hatchet_ls.assist.navigation import Place, definition, field_at, references
from hatchet_ls.text import Source

MODELS = """\
from __future__ import annotations

from typing import Optional

from pydantic import BaseModel, Field


class Line(BaseModel):
    sku: str


class User(BaseModel):
    name: str
    manager: Optional[User] = None


class Base(BaseModel):
    tenant: str


class Order(Base):
    user_id: str
    user: User
    lines: list[Line]
    by_sku: dict[str, Line]
    placed: str = Field(alias="placedAt")
"""

TASKS = """\
from hatchet_sdk import ConcurrencyExpression, Hatchet
from models import Order

hatchet = Hatchet()
orders = hatchet.workflow(
    name="orders",
    input_validator=Order,
    concurrency=ConcurrencyExpression(expression={}),
)
"""


@pytest.fixture(autouse=True)
def models(project: Project) -> Path:
    return project.write("models.py", MODELS)


def target(project: Project, literal: str, text: str = TASKS) -> tuple[str, str, str] | None:
    """What names something at the cursor, and where that is defined: file and line."""
    source, offset = project.source(text.replace("{}", literal))
    found = definition(project.program(source), offset)
    if found is None:
        return None
    row = found.target.source.position(found.target.span.start).row
    line = found.target.source.slice(found.target.source.line_span(row)).strip()
    return source.slice(found.name), found.target.source.path.name, line


@pytest.mark.parametrize(
    ("literal", "name", "line"),
    [
        ('"input.use|r_id"', "user_id", "user_id: str"),
        ('"input.|user_id"', "user_id", "user_id: str"),
        ('"input.user_id|"', "user_id", "user_id: str"),
        ('"input.te|nant"', "tenant", "tenant: str"),
        ('"input.us|er.name"', "user", "user: User"),
        ('"input.user.na|me"', "name", "name: str"),
        ('"input.user.manager.manager.na|me"', "name", "name: str"),
        ('"input.lines[0].sk|u"', "sku", "sku: str"),
        ("\"input.by_sku['a'].sk|u\"", "sku", "sku: str"),
        ('"input.by_sku.a.sk|u"', "sku", "sku: str"),
        ("\"input['us|er_id']\"", "user_id", "user_id: str"),
        ("'input[\"us|er_id\"]'", "user_id", "user_id: str"),
        ('"input.placed|At"', "placedAt", 'placed: str = Field(alias="placedAt")'),
        ("\"has(input.us|er_id) ? (input).tenant : ''\"", "user_id", "user_id: str"),
        ("\"has(input.user_id) ? (input).ten|ant : ''\"", "tenant", "tenant: str"),
        ("\"string(input.lines.filter(l, l.sk|u != '').size())\"", "sku", "sku: str"),
        ('"input.lines.filter(l, true)[0].sk|u"', "sku", "sku: str"),
        ('"inp|ut.user_id"', "input", "class Order(Base):"),
        ('"input.user_id +| "', "", ""),
        ('"\'😀\' + inp" "ut.us|er_id"', "user_id", "user_id: str"),
        ('"input\\x2eus|er_id"', "user_id", "user_id: str"),
    ],
)
def test_a_field_leads_to_its_definition(project: Project, literal: str, name: str, line: str) -> None:
    assert target(project, literal) == ((name, "models.py", line) if name else None)


@pytest.mark.parametrize(
    "literal",
    [
        '"input.unk|nown"',
        '"additional_metadata.us|er_id"',
        '"input.user.us|er_id"',
        '"input.user_id.na|me"',
        "\"'input.us|er_id'\"",
        '"[1].exists(input, input.us|er_id)"',
        'f"{{}}input.us|er_id"',
    ],
)
def test_what_is_no_field_leads_nowhere(project: Project, literal: str) -> None:
    assert target(project, literal) is None


def test_a_constant_leads_on_where_it_is_written(project: Project) -> None:
    text = 'KEY = "input.us|er_id"\n' + TASKS.replace("{}", "KEY")
    assert target(project, "", text) == ("user_id", "models.py", "user_id: str")


def test_conditions_on_events_do_not_see_the_input(project: Project) -> None:
    text = TASKS.replace("{}", '"input.tenant"') + (
        "from hatchet_sdk import UserEventCondition\n"
        '@orders.task(wait_for=[UserEventCondition(event_key="a", expression="input.us|er_id == 1")])\n'
        "def f(input, ctx): ...\n"
    )
    assert target(project, "", text) is None


def places(found: list[Place]) -> list[tuple[str, int, str]]:
    """File, line (from 1) and text of each place."""
    return [
        (each.source.path.name, each.source.position(each.span.start).row + 1, each.source.slice(each.span))
        for each in found
    ]


def referring(project: Project, source: Source, offset: int, *files: str) -> list[tuple[str, int, str]]:
    """Where the CEL strings of files name the field at a place."""
    module = project.reader.modules.parse(source)
    field = field_at(project.reader.read(source), module, offset)
    if field is None:
        return []
    programs = [
        project.program(Source(project.root / name, (project.root / name).read_text(encoding="utf-8")))
        for name in files
    ]
    return places(list(references(field, programs)))


def test_a_definition_leads_to_the_strings_that_name_it(project: Project) -> None:
    one = TASKS.replace("{}", "\"input.user_id + input['user_id'] + input.tenant\"")
    project.write("one.py", one)
    project.write("two.py", TASKS.replace("{}", '"input.user_id"'))
    source, offset = project.source(MODELS.replace("    user_id", "    us|er_id"), "models.py")
    assert referring(project, source, offset, "one.py", "two.py") == [
        ("one.py", 8, "user_id"),
        ("one.py", 8, "user_id"),
        ("two.py", 8, "user_id"),
    ]


def test_a_name_in_a_string_leads_to_the_others(project: Project) -> None:
    project.write("other.py", TASKS.replace("{}", "'input.user.name'"))
    source, offset = project.source(TASKS.replace("{}", "'input.user.manager.na|me'"))
    assert referring(project, source, offset, "other.py") == [("other.py", 8, "name")]


def test_fields_of_one_name_are_told_apart(project: Project) -> None:
    project.write("other.py", TASKS.replace("{}", "'input.user_id'"))
    source, offset = project.source("class Other:\n    us|er_id: str\n", "models2.py")
    assert referring(project, source, offset, "other.py") == []


def test_what_is_no_field_has_no_references(project: Project) -> None:
    for text in ("us|er_id: str\n", "class A:\n    def f(self, us|er_id): ...\n", "x = 'us|er_id'\n", "|"):
        source, offset = project.source(text, "models2.py")
        module = project.reader.modules.parse(source)
        assert field_at(project.reader.read(source), module, offset) is None


def test_a_definition_knows_what_cel_may_call_it(project: Project) -> None:
    source, offset = project.source(MODELS.replace("    placed", "    pla|ced"), "models.py")
    field = field_at(None, project.reader.modules.parse(source), offset)
    assert field is not None
    assert field.keys == ("placed", "placedAt")
    project.write("other.py", TASKS.replace("{}", "'input.placedAt'"))
    assert referring(project, source, offset, "other.py") == [("other.py", 8, "placedAt")]


OUTPUTS = """\
from dataclasses import dataclass
from typing import TypedDict

from hatchet_sdk import Context, EmptyModel, Hatchet, ParentCondition
from models import Order


class Count(TypedDict):
    rows: int


@dataclass
class Page:
    number: int


hatchet = Hatchet()
wf = hatchet.workflow(name="wf")


@wf.task()
def order(input: EmptyModel, ctx: Context) -> Order: ...


@wf.task()
async def count(input: EmptyModel, ctx: Context) -> Count: ...


@wf.task()
def page(input: EmptyModel, ctx: Context) -> Page: ...


@wf.task()
def plain(input: EmptyModel, ctx: Context) -> dict[str, int]: ...


@wf.task(parents=[order, count, page, plain], skip_if=[ParentCondition({})])
def last(input: EmptyModel, ctx: Context) -> None: ...
"""


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('order, expression="output.user.na|me == 1"', ("name", "models.py", "name: str")),
        ('order, expression="output.lines.exists(l, l.sk|u == 1)"', ("sku", "models.py", "sku: str")),
        ('order, expression="out|put.tenant == 1"', ("output", "models.py", "class Order(Base):")),
        ('count, expression="output.ro|ws > 1"', ("rows", "tasks.py", "rows: int")),
        ("page, expression=\"output['num|ber'] > 1\"", ("number", "tasks.py", "number: int")),
        ('page, expression="input.num|ber > 1"', None),
        ('plain, expression="output.ro|ws > 1"', None),
    ],
)
def test_the_output_of_a_parent_leads_to_what_its_function_returns(
    project: Project, condition: str, expected: tuple[str, str, str] | None
) -> None:
    assert target(project, condition, OUTPUTS) == expected


def test_a_field_s_references_are_in_conditions_on_the_parent_as_well(project: Project) -> None:
    condition = "order, expression=\"output.user_id == output['user_id'] && input.user_id == 1\""
    source = Source(project.root / "tasks.py", OUTPUTS.replace("{}", condition))
    models, offset = project.source(MODELS.replace("user_id", "user|_id"), "models.py")
    field = field_at(None, project.reader.modules.parse(models), offset)
    assert field is not None
    found = [source.position(each.span.start).column for each in references(field, [project.program(source)])]
    assert len(found) == 2


def test_in_a_sum_with_names_only_what_its_literals_name_is_found(project: Project) -> None:
    sum_of = 'PREFIX = "input.user_id + "\n' + TASKS.replace("{}", 'PREFIX + "input.user_i|d"')
    assert target(project, "", sum_of) == ("user_id", "models.py", "user_id: str")
    assert target(project, "", sum_of.replace("|", "").replace("=PREFIX", "=PRE|FIX")) is None
