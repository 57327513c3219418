"""What value an expression has."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import timedelta
from pathlib import Path

import pytest

from hatchet_ls.python.evaluate import Evaluator
from hatchet_ls.python.expr import Expr
from hatchet_ls.python.modules import Modules
from hatchet_ls.python.resolve import Resolver
from hatchet_ls.python.values import Entries, EnumMember, Items, Known, Object, Unknown, Value
from hatchet_ls.text import Source


class NoTypes:
    """No library is known."""

    def normalise(self, path: str) -> str:
        return path

    def is_decorator(self, path: str) -> bool:
        return False

    def awaited(self, path: str) -> str:
        return path

    def may_matter(self, attribute: str) -> bool:
        return False

    def names(self, module: str) -> Collection[str] | None:
        return {"Thing"} if module == "lib" else None

    def enum_member(self, path: str) -> EnumMember | None:
        return EnumMember("lib.Color", path[10:]) if path.startswith("lib.Color.") else None

    def is_object(self, path: str) -> bool:
        return path.startswith("lib.Thing")


Evaluate = Callable[..., Value]


@pytest.fixture
def evaluate(tmp_path: Path) -> Evaluate:
    """The value of what the last line assigns; ``files`` are further modules."""

    def run(text: str, **files: str) -> Value:
        for name, content in files.items():
            (tmp_path / f"{name}.py").write_text(content)
        modules = Modules([tmp_path], library="hatchet_sdk")
        module = modules.parse(Source(tmp_path / "main.py", text))
        statement = module.tree.children[-2].children[0]
        evaluator = Evaluator(Resolver(modules, types := NoTypes()), types)
        return evaluator.evaluate(Expr(module, statement.children[-1]))

    return run


def plain(value: Value) -> object:
    """The value without its places."""
    if isinstance(value, Unknown):
        return Unknown
    match value.value:
        case Items(kind, items):
            return {"list": list, "tuple": tuple, "set": set}[kind](plain(item) for item in items)
        case Entries(entries):
            return {plain(key): plain(item) for key, item in entries}
        case other:
            return other


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1_000", 1000),
        ("0x1F", 31),
        ("2.5", 2.5),
        ("-3", -3),
        ("- -3", 3),
        ("None", None),
        ("True", True),
        ("'a' \"b\"", "ab"),
        ("r'\\d'", "\\d"),
        ("b'x'", b"x"),
        ("f'plain {{x}}'", "plain {x}"),
        ("'a' + 'b'", "ab"),
        ("60 * 5 + 1", 301),
        ("7 // 2", 3),
        ("(1)", 1),
        ("[1, 'a', None]", [1, "a", None]),
        ("(1, 2)", (1, 2)),
        ("1, 2", (1, 2)),
        ("{'a': 1}", {"a": 1}),
        ("{}", {}),
        ("{1, 2}", {1, 2}),
    ],
)
def test_literals_have_their_values(evaluate: Evaluate, text: str, expected: object) -> None:
    value = evaluate(f"x = {text}\n")
    assert plain(value) == expected
    assert type(plain(value)) is type(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("timedelta(minutes=5)", timedelta(minutes=5)),
        ("timedelta(1, 2)", timedelta(1, 2)),
        ("timedelta(seconds=1.5) * 2", timedelta(seconds=3)),
        ("timedelta(hours=1) - timedelta(minutes=1)", timedelta(minutes=59)),
        ("-timedelta(seconds=5)", timedelta(seconds=-5)),
        ("timedelta(hours=1) / 2", timedelta(minutes=30)),
        ("timedelta.max", timedelta.max),
    ],
)
def test_durations_are_computed(evaluate: Evaluate, text: str, expected: timedelta) -> None:
    assert plain(evaluate(f"from datetime import timedelta\nx = {text}\n")) == expected


@pytest.mark.parametrize(
    "text",
    [
        "import datetime\nx = datetime.timedelta(seconds=1)\n",
        "import datetime as dt\nx = dt.timedelta(seconds=1)\n",
        "from datetime import timedelta as td\nx = td(seconds=1)\n",
    ],
)
def test_timedelta_is_known_by_its_import_not_its_name(evaluate: Evaluate, text: str) -> None:
    assert plain(evaluate(text)) == timedelta(seconds=1)


def test_somebody_elses_timedelta_is_unknown(evaluate: Evaluate) -> None:
    assert plain(evaluate("from pandas import timedelta\nx = timedelta(seconds=1)\n")) is Unknown


def test_enum_members_and_known_objects_of_libraries_are_values(evaluate: Evaluate) -> None:
    assert plain(evaluate("from lib import Color\nx = Color.RED\n")) == EnumMember("lib.Color", "RED")
    value = evaluate("import lib\nthing = lib.Thing(1)\nx = thing\n")
    assert isinstance(value, Known)
    assert isinstance(value.value, Object)
    assert value.value.path == "lib.Thing()"
    assert value.value.span is not None
    assert value.source.slice(value.value.span) == "lib.Thing(1)"
    assert plain(evaluate("import lib\nx = lib.other\n")) is Unknown


@pytest.mark.parametrize(
    "text",
    [
        "f'{a}'",
        "os.environ['X']",
        "int('3')",
        "[n for n in y]",
        "y",
        "1 if y else 2",
        "timedelta(seconds=y)",
        "timedelta(**y)",
        "'a' * 100",
        "1 / 0",
        "10 ** 100",
        "not True",
        "lambda: 1",
        "...",
    ],
)
def test_what_is_not_settled_is_unknown(evaluate: Evaluate, text: str) -> None:
    assert plain(evaluate(f"from datetime import timedelta\nx = {text}\n")) is Unknown


def test_a_list_with_a_rest_is_incomplete(evaluate: Evaluate) -> None:
    value = evaluate("x = [1, *rest]\n")
    assert isinstance(value, Known)
    assert isinstance(value.value, Items)
    assert not value.value.complete


def test_the_items_of_a_known_rest_are_the_list_s_own(evaluate: Evaluate) -> None:
    text = "DAYS = (1, 2)\nx = [0, *DAYS, 3]\n"
    value = evaluate(text)
    assert isinstance(value, Known)
    assert isinstance(value.value, Items)
    assert plain(value) == [0, 1, 2, 3]
    assert value.value.complete
    assert [value.source.slice(place) for place in value.value.places] == ["0", "*DAYS", "*DAYS", "3"]


def test_lists_that_double_again_and_again_come_to_an_end(evaluate: Evaluate) -> None:
    doubled = "".join(f"a{n} = [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 30))
    value = evaluate(f"a0 = [1]\n{doubled}x = [*a29]\n")
    assert isinstance(value, Known)
    assert isinstance(value.value, Items)
    assert not value.value.complete


def test_a_name_assigned_once_has_its_value_and_says_where_it_is_written(evaluate: Evaluate) -> None:
    value = evaluate("LIMIT = 5\nx = LIMIT\n")
    assert isinstance(value, Known)
    assert value.value == 5
    assert value.source.slice(value.span) == "5"


def test_a_name_assigned_twice_is_unknown(evaluate: Evaluate) -> None:
    assert plain(evaluate("if y:\n    a = 1\nelse:\n    a = 2\nx = a\n")) is Unknown
    assert plain(evaluate("a = 1\na += 1\nx = a\n")) is Unknown
    assert plain(evaluate("a = 1\ndef f():\n    global a\n    a = 2\nx = a\n")) is Unknown


def test_a_loop_variable_is_unknown(evaluate: Evaluate) -> None:
    assert plain(evaluate("for a in (1, 2):\n    pass\nx = a\n")) is Unknown


def test_a_list_that_is_changed_in_place_is_unknown(evaluate: Evaluate) -> None:
    assert plain(evaluate("a = [1]\na.append(2)\nx = a\n")) is Unknown
    assert plain(evaluate("a = {}\na['k'] = 2\nx = a\n")) is Unknown
    assert plain(evaluate("a = [1]\nx = a\n")) == [1]


def test_constants_come_from_other_modules(evaluate: Evaluate) -> None:
    assert plain(evaluate("from limits import LIMIT as L\nx = L\n", limits="LIMIT = 7\n")) == 7
    assert plain(evaluate("import limits\nx = limits.LIMIT\n", limits="LIMIT = 7\n")) == 7
    assert plain(evaluate("import limits\nlimits.LIMIT = 8\nx = limits.LIMIT\n", limits="LIMIT = 7\n")) is Unknown
    assert plain(evaluate("from a import N\nx = N\n", a="from b import N\n", b="N = 9\n")) == 9


def test_constants_of_a_plain_class_are_known_those_of_an_enum_are_not(evaluate: Evaluate) -> None:
    assert plain(evaluate("class C:\n    N = 3\nx = C.N\n")) == 3
    assert plain(evaluate("class C:\n    N = 3\nC.N = 4\nx = C.N\n")) is Unknown
    assert plain(evaluate("class C:\n    N = 3\nC.N += 1\nx = C.N\n")) is Unknown
    assert plain(evaluate("from enum import Enum\nclass C(Enum):\n    N = 3\nx = C.N\n")) is Unknown


@pytest.mark.parametrize(
    "broken",
    [
        "await a = 3",
        "await a.b = 3",
        "await a.b(c, d) += 3",
        "f(a, b) = 3",
        "f() = 3",
        "y[1](2) += 3",
        "f(a).b(c, d) = 3",
        "(a.b)(c) = 3",
    ],
)
def test_what_cannot_be_assigned_to_hurts_nothing(evaluate: Evaluate, broken: str) -> None:
    assert plain(evaluate(f"{broken}\nx = 3\n")) == 3


def test_what_refers_to_itself_is_unknown(evaluate: Evaluate) -> None:
    assert plain(evaluate("a = b\nb = a\nx = a\n")) is Unknown
    assert plain(evaluate("x = x + 1\n")) is Unknown


def test_huge_values_are_not_computed(evaluate: Evaluate) -> None:
    assert plain(evaluate("x = 99999999999 * 99999999999 * 99999999999\n")) is Unknown
    assert plain(evaluate("from datetime import timedelta\nx = timedelta(days=10**0 + 99999999999)\n")) is Unknown
