"""The classes that describe inputs: their fields, which of them have to be there, and what else may be."""

from __future__ import annotations

from pathlib import Path

import pytest

from hatchet.reading import HEAD, Model, names, program_of, required, short
from hatchet_ls.hatchet.facts import Facts


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


def test_a_field_knows_in_which_class_it_is_written(model: Model) -> None:
    found = model(
        """
class Base(BaseModel):
# A line that does not tell where the class ends.
    shop: str
    amount: int
class Order(Base):
    amount: float

    @computed_field
    @property
    def total(self) -> float: ...
"""
    )
    assert [(field.name, field.owner) for field in found.fields] == [
        ("shop", "Base"),
        ("amount", "Order"),
        ("total", "Order"),
    ]


@pytest.mark.parametrize(
    ("text", "properties"),
    [
        ('class Order(BaseModel):\n    model_config = ConfigDict(extra="allow")\n    id: str\n', {"open"}),
        ('class Order(BaseModel, extra="allow"):\n    id: str\n', {"open"}),
        ("class Order(EmptyModel):\n    id: str\n", {"open"}),
        ("from elsewhere import Base\nclass Order(Base, BaseModel):\n    id: str\n", {"lenient", "open"}),
        ("class Order(BaseModel):\n    id: str\n    if enum:\n        more: str\n", {"lenient", "open"}),
        ("class Order(BaseModel):\n    id: str\n    with make():\n        more: str\n", {"lenient", "open"}),
        (
            "class Order(BaseModel):\n    model_config = ConfigDict(alias_generator=str.upper)\n    id: str\n",
            {"lenient", "open"},
        ),
        ("class Order(BaseModel):\n    id: str\n    class Config:\n        extra = 'allow'\n", {"open"}),
        ("class Order(BaseModel):\n    id: str\n    class Config(Other):\n        pass\n", {"lenient", "open"}),
        ("@with_config(ConfigDict(extra='allow'))\nclass Order(TypedDict):\n    id: str\n", {"lenient", "open"}),
        ("class Order(TypedDict):\n    __pydantic_config__ = ConfigDict(extra='allow')\n    id: str\n", {"open"}),
        ("class Order(BaseModel):\n    id: str = Field(alias=make())\n", {"open"}),
        ("class Order(BaseModel):\n    id: str = Field(validation_alias=AliasChoices(*names))\n", {"open"}),
        (
            "class Order(BaseModel):\n    id: str = Field(validation_alias=AliasChoices('a', AliasPath('b', 0)))\n",
            {"open"},
        ),
        ("class Order(TypedDict, extra_items=int):\n    id: str\n", {"open"}),
        (
            "import pydantic\n@pydantic.dataclasses.dataclass(config=SETTINGS)\nclass Order:\n    id: str\n",
            {"lenient", "open"},
        ),
        (
            "class Order(BaseModel):\n    id: str\n    @model_validator(mode='before')\n    def fill(cls, data): ...\n",
            {"lenient"},
        ),
        (
            "class Order(BaseModel):\n    id: str\n    @model_validator(mode='wrap')\n    def fill(cls, data): ...\n",
            {"lenient"},
        ),
        ("class Order(BaseModel):\n    id: str\n    def __init__(self, **data): ...\n", {"lenient"}),
        ("from elsewhere import fill\n@fill\nclass Order(BaseModel):\n    id: str\n", {"lenient"}),
        ("from pydantic_settings import BaseSettings\nclass Order(BaseSettings):\n    id: str\n", {"lenient", "open"}),
        ("class Order(BaseModel):\n    id: str\n    @model_serializer\n    def write(self): ...\n", {"reshaped"}),
        (
            "class Order(BaseModel):\n    id: str\n    @model_serializer(mode='wrap')\n    def f(self, next): ...\n",
            {"reshaped"},
        ),
        ("class Order(RootModel[list[str]]): ...\n", {"lenient", "open", "reshaped"}),
        (
            "class Order(BaseModel):\n    id: str\n    def __get_pydantic_core_schema__(cls, source, handler): ...\n",
            {"lenient", "reshaped"},
        ),
    ],
)
def test_a_class_may_take_more_than_its_fields_need_fewer_and_be_written_otherwise(
    model: Model, text: str, properties: set[str]
) -> None:
    found = model(text)
    assert {name for name in ("open", "lenient", "reshaped") if getattr(found, name)} == properties


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


@pytest.mark.parametrize("name", ["EmptyModel", "dict", "None", "make()", "Color"])
def test_other_validators_are_not_known(tmp_path: Path, facts: Facts, name: str) -> None:
    text = f"""{HEAD}
def make(): ...
class Color(enum.Enum):
    RED = 1
wf = hatchet.workflow(name="wf", input_validator={name})
"""
    assert program_of(tmp_path, {"tasks.py": text}, facts).workflows[0].input_model is None


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
