"""Annotations of fields: what their values are in the JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from hatchet.reading import HEAD, WORKFLOW, Model, names, program_of, short
from hatchet_ls.hatchet.cel_records import input_record
from hatchet_ls.hatchet.facts import Facts


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


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        ("Page[int]", "list[integer] integer?"),
        ("Page[Address]", "list[model] model?"),
        ('"Page[Address | None]"', "list[model?] model?"),
        ("Page[Page[int]]", "list[model] model?"),
        ("Page", "list[any] any?"),
        ("Pages", "list[string] string?"),
        ("Named[str, int]", "list[integer] integer? string"),
        ("Strings[bool]", "list[string] string? boolean"),
        ("Implied[int]", "list[integer] integer?"),
        ("New[int, str]", "map[string] integer"),
        ("New[int]", "map[any] any"),
        ("Data[int]", "integer"),
        ("Pair[int]", "integer"),
    ],
)
def test_generic_classes_have_the_types_that_they_are_given(model: Model, annotation: str, expected: str) -> None:
    found = model(f"""
from typing import Generic, TypeVar
T = TypeVar("T")
K = TypeVar("K")
class Address(BaseModel):
    street: str
class Page(BaseModel, Generic[T]):
    items: list[T]
    first: "T | None"
Pages = Page[str]
class Named(Page[T], Generic[K, T]):
    name: K
class Strings(Named[T, str], Generic[T]): ...
class Implied(Page[T]): ...
class New[A, B: str](BaseModel):
    map: dict[str, B]
    one: A
@dataclass
class Data(Generic[T]):
    x: T
class Pair(TypedDict, Generic[T]):
    x: T
class Order(BaseModel):
    x: {annotation}
""").fields[0]
    assert found.type.model is not None
    assert " ".join(short(each.type) for each in found.type.model.fields) == expected


def test_a_generic_model_may_be_the_input_and_contain_itself(tmp_path: Path, facts: Facts) -> None:
    text = """
from typing import Generic, TypeVar
T = TypeVar("T")
class Tree(BaseModel, Generic[T]):
    value: T
    trees: list[Tree[T]]
    deeper: "Tree[list[T]] | None"
Order = Tree[int]
"""
    found = program_of(tmp_path, {"tasks.py": HEAD + text + WORKFLOW}, facts).workflows[0].input_model
    assert found is not None
    value, trees, deeper = found.fields
    assert short(value.type) == "integer"
    assert trees.type.item is not None
    assert trees.type.item.model is not None
    assert trees.type.item.model.fields[0].type is value.type
    assert deeper.type.model is not None
    assert short(deeper.type.model.fields[0].type) == "list[integer]"
    assert str(input_record(found)) == "Tree"
