"""The classes that describe inputs: their fields, what the JSON has of them, and which of them have to be there."""

from __future__ import annotations

import json
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from pydantic import TypeAdapter

from hatchet_ls.hatchet.facts import Facts
from hatchet_ls.hatchet.facts_reader import load_facts
from hatchet_ls.hatchet.models import FieldType, InputModel, JsonKind
from hatchet_ls.hatchet.program import Program
from hatchet_ls.hatchet.read import Reader
from hatchet_ls.python.modules import Modules
from hatchet_ls.text import Source

SITE_PACKAGES = Path(sysconfig.get_paths()["purelib"])
HEAD = """\
from __future__ import annotations
import enum, uuid
from dataclasses import InitVar, dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, NewType, Optional, TypedDict, Union, NotRequired, Required
from pydantic import AliasChoices, AliasPath, BaseModel, ConfigDict, EmailStr, Field
from pydantic import PlainSerializer, RootModel, WrapSerializer
from pydantic import computed_field, field_serializer, field_validator, model_serializer, model_validator, with_config
from hatchet_sdk import EmptyModel, Hatchet
hatchet = Hatchet()
"""
WORKFLOW = '\nwf = hatchet.workflow(name="wf", input_validator=Order)\n'

Model = Callable[[str], InputModel]


@pytest.fixture(scope="session")
def facts() -> Facts:
    return load_facts([SITE_PACKAGES])


def program_of(folder: Path, files: dict[str, str], facts: Facts) -> Program:
    """The program of the last file, after writing all of them."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    program = Reader(Modules([folder], [SITE_PACKAGES]), facts).read(Source(path, text))
    assert program is not None
    return program


@pytest.fixture
def model(tmp_path: Path, facts: Facts) -> Model:
    """The model of a workflow's input, from the text of its class ``Order``."""

    def read(text: str) -> InputModel:
        program = program_of(tmp_path, {"tasks.py": HEAD + text + WORKFLOW}, facts)
        found = program.workflows[0].input_model
        assert found is not None
        return found

    return read


def names(found: InputModel) -> list[str]:
    return [field.name for field in found.fields]


def required(found: InputModel) -> list[str]:
    return [field.name for field in found.fields if field.required]


def short(kind: FieldType) -> str:
    """A type in a few characters: ``string?``, ``list[integer]``."""
    item = f"[{short(kind.item)}]" if kind.item is not None else ""
    return f"{kind.kind.value}{item}{'?' if kind.nullable else ''}"


def test_fields_without_a_default_are_required(model: Model) -> None:
    found = model(
        """
class Order(BaseModel):
    id: str
    gift: Optional[bool]
    note: str = ""
    tags: list[str] = Field(default_factory=list)
    limit: int = Field(3, gt=0)
    price: float = Field(..., gt=0)
    rate: float = Field(gt=0)
    total: Annotated[int, Field(ge=0)]
    size: Annotated[int, Field(ge=0, default=1)]
    weight: int = ...
    _cache: int
    kind: ClassVar[str]
    def total_price(self) -> float: ...
"""
    )
    assert names(found) == ["id", "gift", "note", "tags", "limit", "price", "rate", "total", "size", "weight"]
    assert required(found) == ["id", "gift", "price", "rate", "total", "weight"]
    assert not found.open
    assert not found.lenient


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        ("str", "string"),
        ("int", "integer"),
        ("float", "number"),
        ("int | float", "number"),
        ("bool", "boolean"),
        ("str | None", "string?"),
        ("Optional[int]", "integer?"),
        ("Union[str, None]", "string?"),
        ("str | int", "any"),
        ("None", "null"),
        ("Any", "any"),
        ("datetime", "string"),
        ("timedelta", "string"),
        ("uuid.UUID", "string"),
        ("EmailStr", "string"),
        ("list", "list"),
        ("list[int]", "list[integer]"),
        ("tuple[str, ...]", "list[string]"),
        ("tuple[str, int]", "list[any]"),
        ("list[list[str] | None]", "list[list[string]?]"),
        ("dict[str, float]", "map[number]"),
        ("dict", "map"),
        ("Annotated[str, Field(min_length=1)]", "string"),
        ('Literal["a", "b"]', "string"),
        ('Literal["a", None]', "string?"),
        ("Literal[1, 2]", "integer"),
        ('Literal["a", 1]', "any"),
        ("Color", "string"),
        ("Address", "model"),
        ('"Address"', "model"),
        ("'Address | None'", "model?"),
        ("list[Address]", "list[model]"),
        ("Missing", "any"),
        ("Text", "string"),
        ('"str"', "string"),
        ('"list[Address] | None"', "list[model]?"),
        ('Optional["list[str]"]', "list[string]?"),
        ("\"Literal['a', 'b']\"", "string"),
        ('"not a type"', "any"),
        ('"a\\x62"', "any"),
        ("UserId", "integer"),
        ("MaybeText", "string?"),
        ("Addresses", "list[model]"),
        ("Twice", "any"),
        ("Circle", "any"),
        ("Rest", "any"),
        ('Annotated[int, Field(ge=0), "in days", annotated_types.Ge(1)]', "integer"),
        ("Annotated[int, PlainSerializer(str)]", "any"),
        ("Annotated[int, WrapSerializer(str)]", "any"),
        ("Annotated[int, as_text]", "any"),
        ("list[Annotated[int, PlainSerializer(str)]]", "list[any]"),
        ("Day", "any"),
        ("Money", "any"),
    ],
)
def test_types_are_those_of_the_json(model: Model, annotation: str, expected: str) -> None:
    found = model(
        f"""
import annotated_types
Text = str
UserId = NewType("UserId", int)
MaybeText = Optional[Text]
Addresses = list["Address"]
Twice = Optional[str]
Twice = Optional[int]
Circle = list | Other
Other = Circle
as_text = PlainSerializer(str)
Day = Annotated[int, as_text]
class Money(str):
    def __get_pydantic_core_schema__(cls, source, handler): ...
class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"
class Address(BaseModel):
    street: str
class Order(BaseModel):
    x: {annotation}
"""
    )
    assert found.fields[0].annotation == annotation
    assert short(found.fields[0].type) == expected


def test_enums_and_literals_list_their_values(model: Model) -> None:
    found = model(
        """
class Color(enum.StrEnum):
    RED = "red"
    BLUE = "blue"
class Order(BaseModel):
    color: Color
    size: Literal["s", "m"] | None
"""
    )
    assert [field.type.values for field in found.fields] == [("red", "blue"), ("s", "m")]


def test_nested_models_are_read_when_asked_for_and_may_contain_themselves(model: Model) -> None:
    found = model(
        """
class Order(BaseModel):
    parent: Order | None = None
    lines: list[Line] = []
class Line(BaseModel):
    order: Order
    sku: str
"""
    )
    parent, lines = found.fields
    assert parent.type.model is found
    assert lines.type.item is not None
    assert lines.type.item.model is not None
    assert names(lines.type.item.model) == ["order", "sku"]
    assert lines.type.item.model.fields[0].type.model is found


def test_inherited_fields_come_first_and_may_be_redefined(model: Model) -> None:
    found = model(
        """
class Base(BaseModel):
    tenant: str
    region: str
class Middle(Base):
    region: str = "eu"
class Order(Middle):
    id: str
"""
    )
    assert names(found) == ["tenant", "region", "id"]
    assert required(found) == ["tenant", "id"]


def test_what_a_class_says_about_its_fields(model: Model) -> None:
    found = model(
        '''
class Order(BaseModel):
    """An order.

    With more to say.
    """

    id: str = Field(description="Who it is")
    user: str
    """The one
    who pays."""
    price: int  # In cents.
    # How many
    # of them.
    count: int
    size: int  # noqa: E501

    plain: str
'''
    )
    assert found.description == "An order."
    assert [field.description for field in found.fields] == [
        "Who it is",
        "The one who pays.",
        "In cents.",
        "How many of them.",
        "",
        "",
    ]


def test_a_field_and_its_class_know_where_they_are_written(model: Model) -> None:
    found = model("\nclass Order(BaseModel):\n    user_id: str\n")
    assert found.source.slice(found.span) == "Order"
    assert found.fields[0].source.slice(found.fields[0].name_span) == "user_id"


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
    ],
)
def test_a_field_may_stand_under_its_aliases(model: Model, config: str, field: str, keys: tuple[str, ...]) -> None:
    found = model(f"\nclass Order(BaseModel):\n    model_config = {config or 'ConfigDict()'}\n    user_id: {field}\n")
    assert found.fields[0].keys == keys
    assert found.field(keys[0]) is found.fields[0]
    assert not found.open


@pytest.mark.parametrize(
    "text",
    [
        'class Order(BaseModel):\n    model_config = ConfigDict(extra="allow")\n    id: str\n',
        'class Order(BaseModel, extra="allow"):\n    id: str\n',
        "class Order(EmptyModel):\n    id: str\n",
        "from elsewhere import Base\nclass Order(Base, BaseModel):\n    id: str\n",
        "class Order(BaseModel):\n    id: str\n    if enum:\n        more: str\n",
        "class Order(BaseModel):\n    model_config = ConfigDict(alias_generator=str.upper)\n    id: str\n",
        "class Order(BaseModel):\n    id: str\n    class Config:\n        extra = 'allow'\n",
        "class Order(BaseModel):\n    id: str\n    class Config(Other):\n        pass\n",
        "@with_config(ConfigDict(extra='allow'))\nclass Order(TypedDict):\n    id: str\n",
        "class Order(TypedDict):\n    __pydantic_config__ = ConfigDict(extra='allow')\n    id: str\n",
        "class Order(BaseModel):\n    id: str = Field(alias=make())\n",
        "class Order(BaseModel):\n    id: str = Field(validation_alias=AliasChoices(*names))\n",
        "class Order(BaseModel):\n    id: str = Field(validation_alias=AliasChoices('a', AliasPath('user', 'id')))\n",
        "class Order(TypedDict, extra_items=int):\n    id: str\n",
        "import pydantic\n@pydantic.dataclasses.dataclass(config=SETTINGS)\nclass Order:\n    id: str\n",
    ],
)
def test_a_class_may_allow_more_than_its_fields(model: Model, text: str) -> None:
    assert model(text).open


@pytest.mark.parametrize(
    "text",
    [
        "class Order(BaseModel):\n    id: str\n    @model_validator(mode='before')\n    def fill(cls, data): ...\n",
        "class Order(BaseModel):\n    id: str\n    @model_validator(mode='wrap')\n    def fill(cls, data): ...\n",
        "class Order(BaseModel):\n    id: str\n    def __init__(self, **data): ...\n",
        "from elsewhere import Base\nclass Order(Base, BaseModel):\n    id: str\n",
        "from elsewhere import fill\n@fill\nclass Order(BaseModel):\n    id: str\n",
        "from pydantic_settings import BaseSettings\nclass Order(BaseSettings):\n    id: str\n",
    ],
)
def test_something_may_supply_what_is_missing(model: Model, text: str) -> None:
    assert model(text).lenient


def test_validators_that_see_a_complete_model_supply_nothing(model: Model) -> None:
    found = model(
        """
class Order(BaseModel):
    id: str
    @model_validator(mode="after")
    def check(self): ...
    @field_validator("id", mode="before")
    def strip(cls, value): ...
    @property
    def label(self) -> str: ...
"""
    )
    assert not found.lenient
    assert names(found) == ["id"]


def test_dataclasses(model: Model) -> None:
    found = model(
        """
@dataclass
class Base:
    tenant: str
@dataclass(frozen=True, kw_only=True)
class Order(Base):
    id: str
    note: str = ""
    tags: list[str] = field(default_factory=list)
    limit: int = field(metadata={})
    total: int = field(init=False)
    seed: InitVar[int] = 0
    _cache: int = 0
"""
    )
    assert names(found) == ["tenant", "id", "note", "tags", "limit", "total", "seed", "_cache"]
    assert required(found) == ["tenant", "id", "limit"]
    assert [each.name for each in found.fields if not each.taken] == ["total"]
    assert [each.name for each in found.fields if not each.sent] == ["seed"]
    assert not found.lenient


def test_typed_dicts(model: Model) -> None:
    found = model(
        """
class Base(TypedDict):
    tenant: str
class Order(Base, total=False):
    id: Required[str]
    note: str
    limit: NotRequired[int]
"""
    )
    assert required(found) == ["tenant", "id"]
    assert [short(field.type) for field in found.fields] == ["string", "string", "string", "integer"]


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


@pytest.mark.parametrize(
    "text",
    [
        "class Order(BaseModel):\n    id: str\n    @model_serializer\n    def write(self): ...\n",
        "class Order(BaseModel):\n    id: str\n    @model_serializer(mode='wrap')\n    def write(self, next): ...\n",
        "class Order(RootModel[list[str]]): ...\n",
        "class Order(BaseModel):\n    id: str\n    def __get_pydantic_core_schema__(cls, source, handler): ...\n",
    ],
)
def test_a_model_may_be_written_as_something_else(model: Model, text: str) -> None:
    assert model(text).reshaped


@pytest.mark.parametrize("name", ["EmptyModel", "dict", "None", "make()", "Color"])
def test_other_validators_are_not_known(tmp_path: Path, facts: Facts, name: str) -> None:
    text = f"""{HEAD}
def make(): ...
class Color(enum.Enum):
    RED = 1
wf = hatchet.workflow(name="wf", input_validator={name})
"""
    assert program_of(tmp_path, {"tasks.py": text}, facts).workflows[0].input_model is None


def test_aliases_of_types_come_from_any_module(tmp_path: Path, facts: Facts) -> None:
    files = {
        "ids.py": "from typing import Optional\nTeam = Optional[int]\n",
        "kinds.py": "from ids import Team\nfrom kinds2 import Circle\n",
        "kinds2.py": "from kinds import Circle\n",
        "tasks.py": HEAD
        + "import ids\nfrom kinds import Circle, Team\n"
        + "class Order(BaseModel):\n    a: Team\n    b: ids.Team\n    c: Circle\n"
        + WORKFLOW,
    }
    found = program_of(tmp_path, files, facts).workflows[0].input_model
    assert found is not None
    assert [short(each.type) for each in found.fields] == ["integer?", "integer?", "any"]


def test_a_star_of_the_sdk_hides_nothing_else(tmp_path: Path, facts: Facts) -> None:
    text = """
from pydantic import BaseModel
from hatchet_sdk import *
from other import *
hatchet = Hatchet()
class Order(BaseModel):
    n: int
    kind: Kind
"""
    files = {"other.py": "from tasks import *\nKind = str\n", "tasks.py": text + WORKFLOW}
    found = program_of(tmp_path, files, facts).workflows[0].input_model
    assert found is not None
    assert [short(each.type) for each in found.fields] == ["integer", "string"]


def test_a_star_of_another_library_may_bring_anything(tmp_path: Path, facts: Facts) -> None:
    text = "\nfrom other_library import *\nclass Order(BaseModel):\n    n: int\n"
    found = program_of(tmp_path, {"tasks.py": HEAD + text + WORKFLOW}, facts).workflows[0].input_model
    assert found is not None
    assert [short(each.type) for each in found.fields] == ["any"]


def test_tasks_have_their_own_or_their_workflow_s_input_from_any_module(tmp_path: Path, facts: Facts) -> None:
    files = {
        "app/models.py": "from pydantic import BaseModel\nclass Base(BaseModel):\n    tenant: str\n",
        "app/inputs.py": "from app import models\nclass Order(models.Base):\n    id: str\n",
        "app/workflows.py": HEAD + 'import app.inputs as i\nwf = hatchet.workflow(name="w", input_validator=i.Order)\n',
        "app/tasks.py": """\
from app.inputs import Order
from app.workflows import hatchet, wf
@wf.task()
def step(input, ctx): ...
@hatchet.task(input_validator=Order)
def alone(input, ctx): ...
@hatchet.task()
def anything(input, ctx): ...
""",
    }
    program = program_of(tmp_path, files, facts)
    step, alone, anything = (task.input_model for task in program.tasks)
    assert step is not None
    assert step is alone
    assert names(step) == ["tenant", "id"]
    assert [field.source.path.name for field in step.fields] == ["models.py", "inputs.py"]
    assert anything is None


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("def step(input, ctx) -> Order: ...", ["id"]),
        ("async def step(input, ctx) -> 'Order': ...", ["id"]),
        ("def step(input, ctx) -> Order | None: ...", None),
        ("def step(input, ctx) -> dict[str, str]: ...", None),
        ("def step(input, ctx): ...", None),
        ("@wrapper\ndef step(input, ctx) -> Order: ...", None),
    ],
)
def test_a_task_s_output_is_what_its_function_says(
    tmp_path: Path, facts: Facts, header: str, expected: list[str] | None
) -> None:
    text = f"{HEAD}from elsewhere import wrapper\nclass Order(BaseModel):\n    id: str\n@hatchet.task()\n{header}\n"
    (task,) = program_of(tmp_path, {"tasks.py": text}, facts).tasks
    assert (names(task.output_model) if task.output_model is not None else None) == expected


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
