"""Renaming a field of a model: the CEL strings go along, and so does the code that certainly uses it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assist.project import Project
from hatchet_ls.assist.rename import Refused, Sources, named_by_cel, rename, renaming_at
from hatchet_ls.hatchet.program import Program
from hatchet_ls.text import Source, apply_edits

MODELS = """\
from pydantic import BaseModel, Field, field_validator


class Base(BaseModel):
    tenant: str


class Order(Base):
    user_id: str
    amount: int
    placed: str = Field(alias="placedAt")

    @field_validator("user_id")
    @classmethod
    def check(cls, user_id: str) -> str:
        return user_id

    def key(self) -> str:
        return self.user_id


class Other(BaseModel):
    user_id: str
"""

TASKS = """\
from hatchet_sdk import ConcurrencyExpression, Context, Hatchet
from models import Order, Other

hatchet = Hatchet()
orders = hatchet.workflow(
    name="orders",
    input_validator=Order,
    concurrency=ConcurrencyExpression(expression="input.user_id + input['user_id'] + input.tenant"),
)


@orders.task()
def work(input, ctx: Context) -> str:
    user_id = "user_id"
    return input.user_id + user_id
"""

OTHERS = """\
from models import Order, Other


def f(order: Order, other: Other, user_id: str) -> Order:
    print(order.user_id, other.user_id)
    made = Order(user_id=user_id, amount=1, placedAt="")
    print(made.user_id, user_id, {"user_id": 1})
    print(f(order, other, user_id=made.user_id))
    return made


class Special(Order):
    def more(self) -> str:
        return self.user_id
"""


def renamed(project: Project, place: str, new: str, files: dict[str, str]) -> dict[str, str] | None:
    """The files after a rename at the cursor, which ``place`` has in it."""
    old = place.replace("|", "")
    (name,) = (name for name, text in files.items() if old in text)
    assert files[name].count(old) == 1
    offset = files[name].index(old) + place.index("|")
    for each, text in files.items():
        project.write(each, text)
    reader = project.reader
    source = Source(project.root / name, files[name])
    found = renaming_at(reader.read(source), reader.modules.parse(source), offset)
    if found is None:
        return None
    assert source.slice(found.span) == found.field.name
    word = re.compile(rf"\b{found.field.name}\b")
    texts = [Source(project.root / each, text) for each, text in files.items() if word.search(text)]
    resolver = reader.resolver()
    edits = rename(
        found.field,
        new,
        Sources(texts, reader.modules.parse, reader.read, lambda _: resolver, reader.modules.importing),
    )
    if edits is None:
        return None
    after = dict(files)
    for changed, made in edits:
        after[changed.path.name] = apply_edits(changed.text, made)
    return after


FILES = {"models.py": MODELS, "tasks.py": TASKS, "others.py": OTHERS}
AFTER = {
    "models.py": MODELS.replace("    user_id: str\n    amount", "    owner: str\n    amount")
    .replace('validator("user_id")', 'validator("owner")')
    .replace("self.user_id", "self.owner"),
    "tasks.py": TASKS.replace("input.user_id", "input.owner").replace("['user_id']", "['owner']"),
    "others.py": OTHERS.replace("print(order.user_id,", "print(order.owner,")
    .replace("Order(user_id=", "Order(owner=")
    .replace("made.user_id", "made.owner")
    .replace("self.user_id", "self.owner"),
}


@pytest.mark.parametrize(
    "place",
    ["    us|er_id: str\n    amount", "input.us|er_id + input[", "input['user_id|']"],
    ids=["model", "cel", "index"],
)
def test_a_field_is_renamed_with_all_that_certainly_uses_it(project: Project, place: str) -> None:
    assert renamed(project, place, "owner", FILES) == AFTER


def test_renaming_back_gives_the_files_back(project: Project) -> None:
    assert renamed(project, "    own|er: str\n    amount", "user_id", AFTER) == FILES


def test_an_inherited_field_is_renamed_in_its_own_class(project: Project) -> None:
    after = renamed(project, "+ input.ten|ant", "customer", FILES)
    assert after is not None
    assert after == {
        **FILES,
        "models.py": MODELS.replace("tenant", "customer"),
        "tasks.py": TASKS.replace("tenant", "customer"),
    }


def test_a_field_that_no_string_names_is_none_of_ours(project: Project) -> None:
    assert renamed(project, "    am|ount: int", "price", FILES) is None
    assert renamed(project, "class Other(BaseModel):\n    us|er_id", "price", FILES) is None
    assert renamed(project, "made = Or|der(", "price", FILES) is None


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("user-id", "is no name in Python"),
        ("class", "is no name in Python"),
        ("_user", "would be no field"),
        ("null", "is a word of CEL's own"),
        ("amount", "`Order` already has a field `amount`"),
        ("placedAt", "`Order` already has a field `placedAt`"),
    ],
)
def test_a_name_that_does_not_do_is_refused(project: Project, new: str, why: str) -> None:
    with pytest.raises(Refused, match=re.escape(why)):
        renamed(project, "    us|er_id: str\n    amount", new, FILES)


def test_an_alias_is_changed_in_the_model(project: Project) -> None:
    files = {**FILES, "tasks.py": TASKS.replace("input.tenant", "input.placedAt")}
    with pytest.raises(Refused, match="`placedAt` is the alias of `placed`"):
        renamed(project, "input.placed|At", "placed_on", files)


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ("def g(thing): return thing.user_id\n", "others.py:17"),
        ("from elsewhere import Maker\nMaker(user_id=1)\n", None),
        ("def g(cls): return cls(user_id=1)\n", "others.py:17"),
        ("class Narrow(Order):\n    user_id: str = 'a'\nNarrow().user_id\n", "others.py:19"),
        ("def g(: thing.user_id\n", "others.py:17"),
    ],
)
def test_what_cannot_be_told_is_named(project: Project, more: str, where: str | None) -> None:
    files = {**FILES, "others.py": OTHERS + "\n\n" + more}
    if where is None:
        assert renamed(project, "input.us|er_id + input[", "owner", files) is not None
        return
    with pytest.raises(Refused, match=f"{where}: cannot tell whether `user_id` is this field"):
        renamed(project, "input.us|er_id + input[", "owner", files)


def test_expressions_without_a_known_model_are_not_passed_over(project: Project) -> None:
    shared = (
        "from hatchet_sdk import ConcurrencyExpression\n\nBY_USER = ConcurrencyExpression(expression='input.user_id')\n"
    )
    with pytest.raises(Refused, match=r"shared\.py:3: cannot tell"):
        renamed(project, "input.us|er_id + input[", "owner", {**FILES, "shared.py": shared})


def test_expressions_that_are_put_together_are_not_passed_over(project: Project) -> None:
    template = TASKS.replace("\"input.user_id + input['user_id'] + input.tenant\"", "f'{PREFIX}input.user_id'").replace(
        "hatchet = Hatchet()", "import os\nPREFIX = os.environ['P']\nhatchet = Hatchet()"
    )
    with pytest.raises(Refused, match="the expression is put together"):
        renamed(project, "input.us|er_id + input[", "owner", {**FILES, "template.py": template})


@pytest.mark.parametrize(
    ("annotation", "expression", "why"),
    [
        ("Order", "\"output.user_id == 'a'\"", None),
        ("Other", "\"output.user_id == 'a'\"", None),
        ("dict[str, str]", "\"output.user_id == 'a'\"", r"more\.py:8: cannot tell"),
        ("dict[str, str]", '"input.amount > 1"', None),
        ("Order", "f\"{os.environ['V']}.user_id == 'a'\"", "the expression is put together"),
    ],
)
def test_the_output_of_a_parent_is_not_passed_over(
    project: Project, annotation: str, expression: str, why: str | None
) -> None:
    more = f"""\
import os
from hatchet_sdk import Context, Hatchet, ParentCondition
from models import Order, Other

flow = Hatchet().workflow(name="flow")
@flow.task()
def first(_: object, ctx: Context) -> {annotation}: ...
@flow.task(parents=[first], skip_if=[ParentCondition(first, expression={expression})])
def last(_: object, ctx: Context) -> None: ...
"""
    files = {**FILES, "more.py": more}
    if why is not None:
        with pytest.raises(Refused, match=why):
            renamed(project, "    us|er_id: str\n    amount", "owner", files)
        return
    after = renamed(project, "    us|er_id: str\n    amount", "owner", files)
    assert after is not None
    assert after["more.py"] == (more.replace("user_id", "owner") if annotation == "Order" else more)


def test_names_in_pieces_are_not_torn_apart(project: Project) -> None:
    files = {
        **FILES,
        "pieces.py": TASKS.replace("\"input.user_id + input['user_id'] + input.tenant\"", "'input.user' '_id'"),
    }
    with pytest.raises(Refused, match=r"pieces.py:8: `user_id` is written in pieces"):
        renamed(project, "input.us|er_id + input[", "owner", files)


def test_the_model_may_be_in_the_same_file(project: Project, tmp_path: Path) -> None:
    text = MODELS + TASKS.replace("from models import Order, Other\n", "")
    after = renamed(project, "    us|er_id: str\n    amount", "owner", {"all.py": text})
    assert after is not None
    assert "input.owner + input['owner'] + input.tenant" in after["all.py"]
    assert "return input.owner + user_id" in after["all.py"]


def test_the_keys_of_a_typed_dict_are_not_renamed(project: Project) -> None:
    models = "from typing import TypedDict\n\n\nclass Order(TypedDict):\n    user_id: str\n    tenant: str\n"
    tasks = TASKS.replace("Order, Other", "Order").replace("input.user_id + user_id", "input['user_id']")
    with pytest.raises(Refused, match="is a key of a `TypedDict`"):
        renamed(project, "input.us|er_id + input[", "owner", {"models.py": models, "tasks.py": tasks})


def test_attributes_and_keywords_of_other_things_stay(project: Project) -> None:
    more = """

import os


class Plain:
    def __init__(self, user_id: str = "") -> None:
        self.user_id = user_id


def g(order: Order, plain: Plain = Plain(user_id="")) -> str:
    for each in (plain, Plain()):
        print(each.user_id)
    os.environ.get("user_id").user_id
    print(dict(user_id=1), Plain.user_id, lambda user_id: user_id)
    return plain.user_id
"""
    files = {**FILES, "others.py": OTHERS + more}
    after = renamed(project, "input.us|er_id + input[", "owner", files)
    assert after is not None
    assert after["others.py"] == AFTER["others.py"] + more


def test_class_attributes_and_models_made_from_others_go_along(project: Project) -> None:
    more = "\n\nprint(Special.user_id, Special(user_id='a', amount=1).user_id)\n"
    files = {**FILES, "others.py": OTHERS + more}
    after = renamed(project, "input.us|er_id + input[", "owner", files)
    assert after is not None
    assert after["others.py"] == AFTER["others.py"] + more.replace("user_id", "owner")


def test_a_computed_field_is_renamed_where_it_is_defined(project: Project) -> None:
    text = """\
from hatchet_sdk import ConcurrencyExpression, Context, Hatchet
from pydantic import BaseModel, computed_field, field_serializer


class Order(BaseModel):
    user_id: str

    @computed_field
    @property
    def key(self) -> str:
        return self.user_id

    @field_serializer("key")
    def write(self, value: str) -> str:
        return value


hatchet = Hatchet()
orders = hatchet.workflow(
    name="orders",
    input_validator=Order,
    concurrency=ConcurrencyExpression(expression="input.key"),
)


@orders.task()
def work(input: Order, ctx: Context) -> str:
    return input.key
"""
    after = renamed(project, 'expression="input.k|ey', "owner", {"all.py": text})
    assert after is not None
    assert after["all.py"] == re.sub(r"\bkey\b", "owner", text)


APP = {
    "client.py": "from hatchet_sdk import Hatchet\n\nhatchet = Hatchet()\n",
    "models.py": "class Order:\n    user_id: str\n",
    "uses.py": "from client import hatchet\nfrom models import Order\n\nprint(Order().user_id)  # 'input.user_id'\n",
    "alike.py": "from client import hatchet\n\nKEY = 'input.user_id'\n",
}
"""A class, a file that uses it and one with a CEL string: nothing that brings the two together."""


@pytest.mark.parametrize(
    ("added", "read"),
    [
        ("", []),
        ("from models import Order\n\nname = 'the user_id of an order'\n", []),
        ("from models import Order\n\nprint(Order().user_id, 'input.user_id2', 'xuser_id')\n", []),
        ("from models import Order\n\n'unclosed\nprint(Order().user_id)\n'\n", []),
        ("from models import Order\n\nkey = 'input.user_id'\n", ["added.py"]),
        ("from models import Order\n\nkey = 'input[\\'user_id\\']'\n", ["added.py"]),
        ("from models import Order\n\nkey = 'input.' 'user_id'\n", ["added.py"]),
        ('from models import Order\n\nkey = """\'" + input\n  .user_id"""\n', ["added.py"]),
        ("from models import Order\n\nkey = input.user_id, 'input.userId'\n", ["added.py"]),
        ("from alike import KEY\nfrom uses import Order\n\nfield = 'user_id'\n", ["added.py"]),
    ],
)
def test_of_a_field_only_what_sees_it_and_a_string_that_may_name_it_is_read(
    project: Project, added: str, read: list[str]
) -> None:
    files = {**APP, "added.py": f"from client import hatchet\n{added}"}
    texts = [Source(project.write(name, text), text) for name, text in files.items() if "user_id" in text]
    reader = project.reader
    models = next(each for each in texts if each.path.name == "models.py")
    found = renaming_at(None, reader.modules.parse(models), models.text.index("user_id"))
    assert found is not None
    asked: list[str] = []

    def recorded(source: Source) -> Program | None:
        asked.append(source.path.name)
        return reader.read(source)

    resolver = reader.resolver()
    sources = Sources(texts, reader.modules.parse, recorded, lambda _: resolver, reader.modules.importing)
    assert not named_by_cel(found.field, sources)
    assert asked == read
    assert rename(found.field, "owner", sources) is None


def test_a_rename_that_may_lack_files_is_refused(project: Project) -> None:
    reader = project.reader
    models, tasks = (Source(project.write(name, FILES[name]), FILES[name]) for name in ("models.py", "tasks.py"))
    found = renaming_at(reader.read(tasks), reader.modules.parse(tasks), tasks.text.index("user_id"))
    assert found is not None
    resolver = reader.resolver()
    sources = Sources(
        [models, tasks], reader.modules.parse, reader.read, lambda _: resolver, reader.modules.importing, "too many"
    )
    with pytest.raises(Refused, match="cannot find all uses of `user_id`: too many"):
        rename(found.field, "owner", sources)
