"""What the cursor gets to know in CEL strings."""

from __future__ import annotations

from pathlib import Path

import hatchet_sdk
import pytest

from hatchet_ls.hatchet.facts import Facts
from hatchet_ls.hatchet.facts_reader import load_facts
from hatchet_ls.hatchet.read import Reader
from hatchet_ls.hover import Hover, hover
from hatchet_ls.python.modules import Modules
from hatchet_ls.text import Source

SITE_PACKAGES = Path(hatchet_sdk.__file__).parent.parent
MODELS = """\
from pydantic import BaseModel


class User(BaseModel):
    name: str


class Order(BaseModel):
    \"\"\"What was bought.\"\"\"

    user_id: str  # Who has ordered.
    amount: int
    user: User
"""
TASKS = """\
from hatchet_sdk import ConcurrencyExpression, Hatchet, ParentCondition, RateLimit
from hatchet_sdk import TTLBasedIdempotencyConfig, UserEventCondition
from models import Order

hatchet = Hatchet()
orders = hatchet.workflow(
    name="orders",
    input_validator=Order,
    concurrency=ConcurrencyExpression(expression={}),
)
"""
PLACE = """\
**The concurrency key** has to give a string; if it does not, every run fails.

- `input`: The workflow's input.
- `additional_metadata`: The additional metadata of the run.
- `workflow_run_id`: The id of the workflow run."""


@pytest.fixture(scope="module")
def facts() -> Facts:
    return load_facts([SITE_PACKAGES])


class Editor:
    """A file next to a module with models; ``|`` is the cursor."""

    def __init__(self, root: Path, facts: Facts) -> None:
        self._root, self._facts = root, facts
        (root / "models.py").write_text(MODELS, encoding="utf-8")

    def at(self, text: str) -> tuple[Source, Hover | None]:
        offset = text.index("|")
        source = Source(self._root / "tasks.py", text.replace("|", "", 1))
        program = Reader(Modules([self._root], [SITE_PACKAGES], library="hatchet_sdk"), self._facts).read(source)
        assert program is not None
        found = hover(program, offset)
        assert found is None or found.span.start <= offset < found.span.end
        return source, found

    def said(self, literal: str) -> tuple[str, str]:
        """What is marked in a concurrency key, and what is said of it."""
        source, found = self.at(TASKS.format(literal))
        assert found is not None
        return source.slice(found.span), found.markdown


@pytest.fixture
def editor(tmp_path: Path, facts: Facts) -> Editor:
    return Editor(tmp_path, facts)


def test_a_field_has_its_type_words_definition_and_place(editor: Editor) -> None:
    marked, said = editor.said('"input.us|er_id"')
    assert marked == "user_id"
    assert said == (
        "```cel\ninput.user_id: string\n```\n\nWho has ordered.\n\n`user_id: str` of `Order` (models.py:11)\n\n" + PLACE
    )


@pytest.mark.parametrize(
    ("literal", "marked", "begins"),
    [
        ('"inp|ut.user_id"', "input", "input: Order"),
        ('"input.user.na|me"', "name", "input.user.name: string"),
        ("\"input['us|er_id']\"", "'user_id'", "input.user_id: string"),
        ('"input.am|ount == 1.0"', "amount", "input.amount: int"),
        ('"si|ze(input.user_id)"', "size", "size(bytes) -> int"),
        ('"size|(input.user_id)"', "size(", "size(bytes) -> int"),
        ('"input.user_id.lower|Ascii()"', "lowerAscii", "string.lowerAscii() -> string"),
        ('"[1].ex|ists(x, x == 1)"', "exists", "list(int).exists(variable, expression) -> bool"),
        ('"h|as(input.user_id)"', "has", "has(field) -> bool"),
        ("\"'a' |+ input.user_id\"", "'a' + input.user_id", "+: string"),
        ('"input.unkn|own"', "unknown", "input.unknown: dyn"),
        ('"input.user_id +| "', "input.user_id + ", "+: "),
        ("'\\'\\N{GRINNING FACE}\\' + inp' 'ut.user|_id'", "user_id", "input.user_id: string"),
        ('"""\'é\' +\n  input.user|_id"""', "user_id", "input.user_id: string"),
        ("'input\\x2euser|_id'", "user_id", "input.user_id: string"),
    ],
)
def test_every_part_says_what_it_is(editor: Editor, literal: str, marked: str, begins: str) -> None:
    found, said = editor.said(literal)
    assert found == marked
    assert said.startswith(f"```cel\n{begins}")
    assert said.endswith(PLACE)


def test_the_input_leads_to_its_model(editor: Editor) -> None:
    _, said = editor.said('"inp|ut.user_id"')
    assert "The model `Order` (models.py:8): What was bought." in said


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("shop", "`shop: str` of `Base`, which `Sale` inherits (models.py:12)"),
        ("at", "`at: str` of `Mixin`, which `Sale` inherits (models.py:4)"),
        ("amount", "`amount: int` of `Sale` (models.py:16)"),
    ],
)
def test_an_inherited_field_is_of_the_class_that_has_it(tmp_path: Path, facts: Facts, field: str, said: str) -> None:
    editor = Editor(tmp_path, facts)
    (tmp_path / "models.py").write_text(
        """\
from pydantic import BaseModel


class Mixin(BaseModel): at: str
class Base(
    Mixin,
):
    class Config:
        extra = "ignore"

# No end of the class.
    shop: str


class Sale(Base):
    amount: int
""",
        encoding="utf-8",
    )
    _, found = editor.at(TASKS.replace("Order", "Sale").format(f'"input.|{field}"'))
    assert found is not None
    assert said in found.markdown


@pytest.mark.parametrize(
    ("literal", "marked"),
    [('"(input.user_id|)"', ")"), ('"|(input.user_id)"', "("), ('"input.users|[0].name"', "input.users[0]")],
)
def test_a_bracket_is_not_the_name_beside_it(editor: Editor, literal: str, marked: str) -> None:
    found, said = editor.said(literal)
    assert found == marked
    assert "user_id: " not in said


def test_functions_have_a_line_about_them(editor: Editor) -> None:
    _, said = editor.said('"si|ze(input.user_id)"')
    assert "How many characters, bytes, items or keys there are." in said


def test_the_place_says_its_own_variables_and_consequence(editor: Editor) -> None:
    text = TASKS.format('"input.user_id"') + 'UserEventCondition(event_key="a", expression="in|put.b == 1")\n'
    _, found = editor.at(text)
    assert found is not None
    assert "has to give a boolean; if it does not, the condition never matches." in found.markdown
    assert "- `input`: The event's payload." in found.markdown
    assert "workflow_run_id" not in found.markdown


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (
            'UserEventCondition(event_key="a", expression="out|put.b == 1")',
            "empty here: the event's payload is `input`.",
        ),
        ('ParentCondition(None, expression="in|put.b == 1")', "empty here: the parent's output is `output`."),
        ('TTLBasedIdempotencyConfig(key_expression="work|flow_run_id")', "without a value here: there is no run yet."),
        ('RateLimit(dynamic_key="par|ents.a.b")', "not there at run on engines before v0.106.5."),
    ],
)
def test_what_has_nothing_in_it_says_so(editor: Editor, code: str, said: str) -> None:
    _, found = editor.at(TASKS.format('"input.user_id"') + code)
    assert found is not None
    about, _, place = found.markdown.partition("**")
    assert said in about
    assert said in place


OUTPUT = """\
@orders.task()
def order(input: Order, ctx: Context) -> Order: ...
@orders.task(parents=[order], skip_if=[ParentCondition(order, expression={})])
def last(input: Order, ctx: Context) -> None: ...
"""


@pytest.mark.parametrize(
    ("literal", "about"),
    [("\"out|put.user_id == ''\"", "output: Order"), ("\"output.user_i|d == ''\"", "output.user_id: string")],
)
def test_the_output_of_a_parent_is_told_as_its_function_is_annotated(editor: Editor, literal: str, about: str) -> None:
    _, found = editor.at(TASKS.format('"input.user_id"') + OUTPUT.format(literal))
    assert found is not None
    assert about in found.markdown


def test_checksum_says_where_it_needs_a_newer_engine(editor: Editor) -> None:
    _, said = editor.said('"check|sum(input.user_id)"')
    assert "engines" not in said
    _, found = editor.at(TASKS.format('"a"') + 'hatchet.filters.create(expression="check|sum(input.a)")')
    assert found is not None
    assert "not there at run on engines before v0.106.5" in found.markdown


def test_a_constant_is_explained_where_it_is_written(editor: Editor) -> None:
    _, found = editor.at('KEY = "input.us|er_id"\n' + TASKS.format("KEY"))
    assert found is not None
    assert "`user_id: str` of `Order`" in found.markdown


def test_the_quotes_and_the_keyword_are_the_argument_s(editor: Editor) -> None:
    for text in (
        TASKS.format('|"input.user_id"'),
        TASKS.format('"input.|" "user_id"'),
        TASKS.format('"input.|" + FIELD').replace("hatchet =", 'FIELD = "user_id"\nhatchet ='),
        TASKS.format('"a"').replace("expression", "expr|ession"),
    ):
        _, found = editor.at(text)
        assert found is not None
        assert found.markdown.startswith("```python\nexpression: str")


def test_other_strings_say_nothing_of_cel(editor: Editor) -> None:
    _, found = editor.at(TASKS.format('"a"').replace('"orders"', '"ord|ers"'))
    assert found is not None
    assert "```cel" not in found.markdown
