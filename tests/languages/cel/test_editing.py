"""What the editor shows at a place in an expression, and what it offers there. ``|`` marks the place."""

from __future__ import annotations

import pytest

from hatchet_ls.languages.cel import BOOL, DYN, ENVIRONMENTS, INT, STRING, Field, check, list_of, record
from hatchet_ls.languages.cel.completion import Item, ItemKind, complete
from hatchet_ls.languages.cel.hover import Described, describe, input_path, path_at
from hatchet_ls.languages.cel.tree import Call, Literal, Name, Select
from hatchet_ls.languages.cel.types import map_of

ADDRESS = record({"city": Field(STRING, "The town."), "zip-code": Field(STRING)}, "Address")
MODEL = record(
    {
        "n": Field(INT, "How many."),
        "name": Field(STRING, optional=True),
        "paid": Field(BOOL),
        "address": Field(ADDRESS),
        "homes": Field(list_of(ADDRESS)),
        "by_name": Field(map_of(STRING, ADDRESS)),
        "tags": Field(list_of(STRING)),
        "any": Field(DYN),
    },
    "Order",
)
FIELDS = list(MODEL.fields)


def at(marked: str) -> tuple[str, int]:
    place = marked.index("|")
    return marked[:place] + marked[place + 1 :], place


def shown(marked: str, environment: str = "workflow_str") -> Described | None:
    text, place = at(marked)
    return describe(check(text, ENVIRONMENTS[environment], input_type=MODEL), place)


def offered(marked: str, environment: str = "workflow_str", *, typed: bool = True) -> dict[str, Item]:
    text, place = at(marked)
    items = complete(text, place, ENVIRONMENTS[environment], input_type=MODEL if typed else None)
    assert len({item.label for item in items}) == len(items), "each once"
    return {item.label: item for item in items}


@pytest.mark.parametrize(
    ("marked", "title", "text", "span"),
    [
        ("in|put.n", "input: Order", "The workflow's input.", (0, 5)),
        ("input.|n", "input.n: int", "How many.\n\nArrives as a double, as all numbers in JSON do.", (6, 7)),
        ("input.address.ci|ty", "input.address.city: string", "The town.", (14, 18)),
        ("input['|n'] == 1", "input.n: int", "How many.\n\nArrives as a double, as all numbers in JSON do.", (6, 9)),
        ("input.na|me", "input.name: string or null", "", (6, 10)),
        ("input.any.x|y", "input.any.xy: dyn", "A json value, known at run time.", (10, 12)),
        ("size(input.homes) |> 2", ">: bool", "", (0, 21)),
        ("si|ze(input.homes)", "size(bytes) -> int", "How many characters, bytes, items or keys there are.", (0, 4)),
        ("'x'.lower|Ascii()", "string.lowerAscii() -> string", "The string with A to Z in lower case.", (4, 14)),
        (
            "ha|s(input.n)",
            "has(field) -> bool",
            "Whether the field is there; also true for a field that is null.",
            (0, 3),
        ),
        ("in|t(input.n)", "int(int) -> int", "A whole number from a number", (0, 3)),
        ("strings.quo|te('a')", "strings.quote(string) -> string", "The string as a quoted literal", (8, 13)),
        ("'a|' + 'b'", "string", "", (0, 3)),
        ("[1].map(x, |x)", "x: int", "", (11, 12)),
        ("input.homes.map(|h, h.city)", "h: Address", "", (16, 17)),
        ("input.homes.map(h, |h.city)", "h: Address", "", (19, 20)),
        ("input.tags.exists(|t, t == 'a')", "t: string", "", (18, 19)),
        ("input.by_name.map(|k, k)", "k: string", "", (18, 19)),
        ("input.any.map(|x, x)", "x: dyn", "", (14, 15)),
        ("input.by_name['|x'].city", "input.by_name.x: Address", "", (14, 17)),
        ("input.homes|[0]", "input.homes[0]: Address", "", (0, 14)),
        ("input.homes[0].ci|ty", "input.homes[0].city: string", "The town.", (15, 19)),
        ("input.n| + 1.0", "input.n: int", "How many.", (6, 7)),
        ("zz|z", "zzz", "Not declared here.", (0, 3)),
        ("zzz.a|b", "zzz.ab", "", (4, 6)),
        ("[1].ma|p(x, x)", "list(int).map(variable, expression) -> list(int)", "A list with", (4, 7)),
    ],
)
def test_hovering_tells_what_stands_there(marked: str, title: str, text: str, span: tuple[int, int]) -> None:
    described = shown(marked)
    assert described is not None
    assert described.title.splitlines()[0] == title
    assert described.text.startswith(text)
    assert tuple(described.span) == span


@pytest.mark.parametrize("marked", ["|", "input.a + |", "(input.n|)", "|(input.n)", "zzz |+ 1"])
def test_hovering_over_nothing_tells_nothing(marked: str) -> None:
    described = shown(marked)
    assert described is None or described.text == ""


def test_hovering_over_a_field_of_a_refused_expression_tells_its_type() -> None:
    described = shown("input.n| == zzz(")
    assert described is not None
    assert described.title == "input.n: int"


@pytest.mark.parametrize(
    ("marked", "title"),
    [
        ("out|put.n > 1.0", "output: Order"),
        ("output.|n > 1.0", "output.n: int"),
        ("output.homes[0].ci|ty == 'a'", "output.homes[0].city: string"),
        ("output.|n > zzz", "output.n: int"),
    ],
)
def test_hovering_knows_the_models_of_outputs(marked: str, title: str) -> None:
    text, place = at(marked)
    described = describe(check(text, ENVIRONMENTS["bool_expr"], output_type=MODEL), place)
    assert described is not None
    assert described.title == title


@pytest.mark.parametrize(
    ("marked", "path"),
    [
        ("input.address.|city", ("address", "city")),
        ("input['address'].|city", ("address", "city")),
        ("input.|address.city", ("address",)),
        ("additional_metadata.|city", ()),
        ("input.homes[0].|city", ()),
    ],
)
def test_a_field_of_the_input_has_its_path(marked: str, path: tuple[str, ...]) -> None:
    described = shown(marked)
    assert described is not None
    assert described.path == path


def test_the_input_itself_has_an_empty_path_and_other_parts_none() -> None:
    tree = check("input.a[0] + input['b'].c", ENVIRONMENTS["workflow_str"]).tree
    left, right = tree.children
    assert (input_path(left), input_path(right), input_path(right.children[0].children[0])) == (None, ("b", "c"), ())


@pytest.mark.parametrize(
    ("marked", "kind"),
    [("inp|ut.a", Name), ("input|.a", Select), ("input.a|", Select), ("f(|1)", Literal), ("f|(1)", Call)],
)
def test_the_innermost_node_around_a_place_is_found(marked: str, kind: type) -> None:
    text, place = at(marked)
    node = path_at(check(text, ENVIRONMENTS["event"]).tree, place)[-1]
    assert type(node) is kind or (marked == "input|.a" and isinstance(node, Name))


def test_an_empty_expression_offers_the_places_variables_first() -> None:
    assert list(offered("|"))[:3] == ["input", "additional_metadata", "workflow_run_id"]
    assert list(offered("|", "bool_expr"))[:2] == ["input", "output"]
    assert "checksum" in offered("|")


def test_functions_that_fail_on_every_call_are_not_offered() -> None:
    assert "checksum" not in offered("|", "event")


def test_behind_the_inputs_dot_stand_its_fields_first() -> None:
    items = offered("input.|")
    assert list(items)[: len(FIELDS)] == FIELDS
    assert (items["n"].kind, items["n"].detail, items["n"].text) == (ItemKind.FIELD, "int", "How many.")
    assert items["name"].detail == "string or null"


@pytest.mark.parametrize(
    "marked",
    [
        "input.address.|",
        "input.address.ci|",
        "input.address.ci| == 'x'",
        "size(input.address.|",
        "input.paid ? input.address.| : 'x'",
        "input.homes[0].|",
        "input.homes.map(h, h.|",
        "input.homes.all(h, h.| == 'x')",
        "[input.n, {'a': input.address.|",
        "(input.address).|",
        "input.a and input.address.|",
    ],
)
def test_fields_are_offered_wherever_an_object_stands(marked: str) -> None:
    items = offered(marked)
    assert items["city"].kind is ItemKind.FIELD
    text, place = at(marked)
    assert items["city"].span.start <= place <= items["city"].span.end
    assert text[items["city"].span.start : place] in ("", "ci")


def test_a_field_that_is_no_name_is_written_in_brackets_over_the_dot() -> None:
    item = offered("input.address.|")["zip-code"]
    assert (item.insert, tuple(item.span)) == ("['zip-code']", (13, 14))


def test_methods_are_those_of_the_operands_type() -> None:
    assert {"startsWith", "lowerAscii", "split"} <= offered("workflow_run_id.|").keys()
    assert "all" not in offered("workflow_run_id.|")
    assert {"map", "all", "size"} <= offered("[1].|").keys()
    assert "startsWith" not in offered("[1].|")
    assert {"getHours", "getFullYear"} <= offered("timestamp(input.n).|").keys()
    assert "lowerAscii" not in offered("output.x.|", "bool_expr", typed=False)
    assert {"startsWith", "map", "size"} <= offered("input.x.|", typed=False).keys()


def test_a_macros_variable_is_offered_inside_its_body_alone() -> None:
    assert next(iter(offered("input.homes.all(h, |"))) == "h"
    assert "h" not in offered("input.homes.all(h, h.city == 'x') && |")


def test_brackets_are_not_written_twice() -> None:
    assert offered("workflow_run_id.low|")["lowerAscii"].insert == "lowerAscii()"
    assert offered("workflow_run_id.|")["contains"].insert == "contains($0)"
    assert offered("workflow_run_id.low|('x')")["contains"].insert == "contains"
    assert offered("[1].|")["map"].insert == "map(x, $0)"


@pytest.mark.parametrize("marked", ["'inp|'", "input.n |", "1|", "'a' + 'inpu|", "input.n in|put"])
def test_nothing_is_offered_inside_strings_and_behind_operands(marked: str) -> None:
    assert "input" not in offered(marked) or marked == "input.n in|put"


@pytest.mark.parametrize(
    ("marked", "span", "insert"),
    [
        ("input['|", (7, 7), "zip-code']"),
        ("input.address['|", (15, 15), "zip-code']"),
        ("input['address']['z|", (18, 19), "zip-code']"),
        ('input.homes[0]["|"]', (16, 16), "zip-code"),
        ("input.address['zi|p'] == 'a'", (15, 18), "zip-code"),
    ],
)
def test_in_an_index_stand_the_keys(marked: str, span: tuple[int, int], insert: str) -> None:
    items = offered(marked)
    whole = "address" in items
    assert all(item.kind is ItemKind.FIELD for item in items.values())
    assert list(items) == (FIELDS if whole else ["city", "zip-code"])
    found = items["address"] if whole else items["zip-code"]
    assert tuple(found.span) == span
    assert found.insert == insert.replace("zip-code", found.label)


@pytest.mark.parametrize("marked", ["'in|", "input.name == '|'", "input.name in ['|", "['|", "input['a\\\\|", "x['|"])
def test_in_other_strings_nothing_is_offered(marked: str) -> None:
    assert not offered(marked)
