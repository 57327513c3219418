"""What the JSON has of a model: names, computed and excluded fields, serializers; pydantic itself is asked as well."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType

import pytest
from pydantic import TypeAdapter

from hatchet.reading import WORKFLOW, Model, names, program_of, required, short
from hatchet_ls.hatchet.facts import Facts
from hatchet_ls.hatchet.models import FieldType, JsonKind


@pytest.mark.parametrize(
    ("config", "field", "keys"),
    [
        ("", "str", ("user_id",)),
        # The SDK writes names; what comes from elsewhere has to use the alias.
        ("", 'str = Field(alias="userId")', ("user_id", "userId")),
        ("ConfigDict(serialize_by_alias=True)", 'str = Field(alias="userId")', ("userId",)),
        (
            "ConfigDict(serialize_by_alias=True, populate_by_name=True)",
            'str = Field(alias="userId")',
            ("userId", "user_id"),
        ),
        (
            "ConfigDict(serialize_by_alias=True)",
            'str = Field(serialization_alias="out", validation_alias="in")',
            ("out", "in"),
        ),
        ("", 'Annotated[str, Field(alias="userId")]', ("user_id", "userId")),
        ("", 'str = Field(validation_alias=AliasChoices("a", "b"))', ("user_id", "a", "b")),
        ("", "str = Field(alias=None)", ("user_id",)),
        ("", 'str = Field(alias="userId", validation_alias=None)', ("user_id", "userId")),
    ],
)
def test_a_field_may_stand_under_its_aliases(model: Model, config: str, field: str, keys: tuple[str, ...]) -> None:
    found = model(f"\nclass Order(BaseModel):\n    model_config = {config or 'ConfigDict()'}\n    user_id: {field}\n")
    assert found.fields[0].keys == keys
    assert found.field(keys[0]) is found.fields[0]
    assert not found.open


def test_computed_fields_are_in_the_json_and_not_in_the_input(model: Model) -> None:
    found = model(
        '''
class Base(BaseModel):
    @computed_field
    @property
    def key(self) -> str:
        """What it is known by."""
    @computed_field(alias="theTotal", description="All of it.")
    @cached_property
    def total(self) -> Annotated[int, Field(ge=0)]: ...
class Order(Base):
    model_config = ConfigDict(serialize_by_alias=True)
    id: str
    @computed_field(return_type=str)
    @property
    def label(self): ...
    @property
    def other(self) -> str: ...
'''
    )
    computed = [each for each in found.fields if not each.taken]
    assert [(each.name, each.keys, short(each.type), each.description) for each in computed] == [
        ("key", ("key",), "string", "What it is known by."),
        ("total", ("theTotal",), "integer", "All of it."),
        ("label", ("label",), "any", ""),
    ]
    assert required(found) == ["id"]
    assert "other" not in names(found)


def test_excluded_fields_are_in_the_input_and_not_in_the_json(model: Model) -> None:
    found = model(
        """
class Order(BaseModel):
    a: str = Field("x", exclude=True)
    b: Annotated[str, Field(exclude=True)]
    c: Annotated[str, Field(exclude=True)] = Field("x", exclude=False)
    d: str = Field("x", exclude=bool(1))
"""
    )
    assert [each.name for each in found.fields if each.sent] == ["c", "d"]
    assert required(found) == ["b"]


@pytest.mark.parametrize(
    ("serializer", "types"),
    [
        ("@field_serializer('day')\n    def write(self, value) -> str: ...", ["any", "string", "integer"]),
        ("@field_serializer('day', 'size')\n    def write(self, value): ...", ["any", "string", "any"]),
        ("@field_serializer('*')\n    def write(self, value): ...", ["any", "any", "any"]),
        ("@field_serializer(*NAMES)\n    def write(self, value): ...", ["any", "any", "any"]),
        ("model_config = ConfigDict(ser_json_timedelta='float')", ["any", "any", "any"]),
        ("class Config:\n        json_encoders = {int: str}", ["any", "any", "any"]),
    ],
)
def test_what_serializers_write_is_not_known(model: Model, serializer: str, types: list[str]) -> None:
    found = model(f"""
class Base(BaseModel):
    {serializer}
class Order(Base):
    day: int
    name: str
    size: int
""")
    assert [short(each.type) for each in found.fields] == types


ASKED = """\
from dataclasses import InitVar, dataclass, field
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Generic, NewType, Optional, TypeVar
from typing_extensions import TypedDict
from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, RootModel, SecretStr, SerializeAsAny
from pydantic import computed_field, field_serializer, model_serializer
T = TypeVar("T")
UserId = NewType("UserId", int)
Maybe = Optional[str]
Day = Annotated[int, PlainSerializer(str)]
class Line(BaseModel):
    sku_id: str = Field("a", alias="sku")
class Page(BaseModel, Generic[T]):
    items: list[T] = []
class Tree(BaseModel, Generic[T]):
    value: T
    trees: list["Tree[T]"] = []
class Names(RootModel[list[str]]): ...
class Written(BaseModel):
    @model_serializer
    def write(self): return {"a": 1}
class Mixin:
    shop: str = "a"
    @computed_field
    @property
    def label(self) -> str: return "a"
"""


@pytest.mark.parametrize(
    ("text", "made"),
    [
        (
            """
class Order(BaseModel):
    a: UserId = 1
    b: "Maybe" = None
    c: Day = 1
    d: "list[Line]" = [Line()]
    e: Page[int] = Page(items=[1])
    f: Names = Names(["a"])
    g: Written = Written()
    h: SerializeAsAny[Line] = Line()
    i: Decimal = Decimal(1)
    j: timedelta = timedelta(1)
    k: SecretStr = SecretStr("a")
    l: dict[int, Line] = {1: Line()}
    m: tuple[int, str] = (1, "a")
    n: float = 1
    _o: int = 1
""",
            "Order()",
        ),
        (
            """
class Order(Page[Line]):
    tree: Tree[int] = Tree[int](value=1, trees=[Tree[int](value=2)])
    pages: Page[Page[Line]] = Page(items=[Page(items=[Line()])])
    any: Page = Page(items=["a"])
""",
            "Order(items=[Line()])",
        ),
        (
            """
class Order(Mixin, BaseModel):
    a: str = Field("a", exclude=True)
    b: Annotated[str, Field(exclude=True)] = Field("b")
    c: int = 1
    @computed_field(alias="dd")
    @cached_property
    def d(self) -> int: return 1
    @computed_field
    def e(self) -> list[Line]: return [Line()]
    @field_serializer("c")
    def write(self, value): return str(value)
""",
            "Order()",
        ),
        (
            """
class Order(BaseModel):
    model_config = ConfigDict(serialize_by_alias=True, ser_json_timedelta="float")
    a: str = Field("a", alias="aa")
    b: str = Field("b", serialization_alias="bb")
    c: Line = Line()
    d: timedelta = timedelta(1)
    @computed_field(alias="ee")
    @property
    def e(self) -> int: return 1
""",
            "Order()",
        ),
        (
            """
@dataclass
class Order:
    a: InitVar[int] = 1
    b: int = field(init=False, default=1)
    _c: int = 1
    d: str = Field("a", exclude=True)
    @computed_field
    @property
    def e(self) -> int: return 1
""",
            "Order()",
        ),
        ("class Order(TypedDict, total=False):\n    a: str\n    _b: int\n", '{"a": "a", "_b": 1, "more": 1}'),
    ],
)
def test_the_json_is_that_which_pydantic_writes(
    tmp_path: Path, facts: Facts, monkeypatch: pytest.MonkeyPatch, text: str, made: str
) -> None:
    module = ModuleType("asked")
    monkeypatch.setitem(sys.modules, "asked", module)
    exec(compile(ASKED + text, "asked.py", "exec"), module.__dict__)
    written = json.loads(TypeAdapter(module.__dict__["Order"]).dump_json(eval(made, module.__dict__)))
    found = program_of(
        tmp_path,
        {"tasks.py": f"{ASKED}{text}\nfrom hatchet_sdk import Hatchet\nhatchet = Hatchet()\n{WORKFLOW}"},
        facts,
    )
    model = found.workflows[0].input_model
    assert model is not None
    assert not model.open
    assert {each.keys[0] for each in model.fields if each.sent} == written.keys()
    assert [each.name for each in model.fields if each.sent and not _may_be(each.type, written[each.keys[0]])] == []


def _may_be(kind: FieldType, value: object) -> bool:
    """Whether a JSON value may be of a type."""
    if kind.model is not None and kind.model.reshaped:
        return True
    match value:
        case None:
            return kind.nullable or kind.kind is JsonKind.ANY
        case list():
            return kind.kind is JsonKind.ANY or (
                kind.kind is JsonKind.LIST and all(kind.item is None or _may_be(kind.item, each) for each in value)
            )
        case dict():
            if kind.model is None:
                return kind.kind in (JsonKind.ANY, JsonKind.MAP)
            return {each.keys[0] for each in kind.model.fields if each.sent} == value.keys()
        case str():
            return kind.kind in (JsonKind.ANY, JsonKind.STRING)
    return kind.kind in (JsonKind.ANY, JsonKind.INTEGER, JsonKind.NUMBER)
