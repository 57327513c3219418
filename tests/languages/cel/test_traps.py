"""What the engine accepts and what fails on every run."""

from __future__ import annotations

import pytest

from hatchet_ls.languages.cel import (
    BOOL,
    DOUBLE,
    DYN,
    ENVIRONMENTS,
    INT,
    STRING,
    Field,
    check,
    list_of,
    map_of,
    record,
)
from hatchet_ls.languages.cel.trap import Trap, TrapKind
from hatchet_ls.languages.cel.traps import hints, traps

ADDRESS = record({"city": Field(STRING), "zip-code": Field(STRING)}, "Address")
MODEL = record(
    {
        "n": Field(INT),
        "price": Field(DOUBLE),
        "name": Field(STRING),
        "paid": Field(BOOL),
        "tags": Field(list_of(STRING)),
        "counts": Field(map_of(STRING, INT)),
        "ids": Field(list_of(INT)),
        "address": Field(ADDRESS),
        "homes": Field(list_of(ADDRESS)),
        "nick": Field(STRING, optional=True),
        "labels": Field(list_of(STRING), optional=True),
        "gift": Field(BOOL, optional=True),
        "work": Field(ADDRESS, optional=True),
        "any": Field(DYN),
    },
    "Order",
)


KEY = ENVIRONMENTS["workflow_str"]


def found(text: str, environment: str = "workflow_str") -> tuple[Trap, ...]:
    checked = check(text, ENVIRONMENTS[environment])
    assert checked.problems == (), "the engine accepts it"
    return traps(checked)


def hinted(text: str, environment: str = "workflow_str") -> tuple[Trap, ...]:
    checked = check(text, ENVIRONMENTS[environment], input_type=MODEL)
    assert checked.problems == (), "the engine accepts it"
    return hints(checked)


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("input.n + 1", "int(input.n) + 1"),
        ("input.n - 1", "int(input.n) - 1"),
        ("1 + input.n", "1 + int(input.n)"),
        ("input.n * 2", "int(input.n) * 2"),
        ("input.n / 2", "int(input.n) / 2"),
        ("input.n % 2", "int(input.n) % 2"),
        ("input.n % input.m", "int(input.n) % int(input.m)"),
        ("input['n'] + 1", "int(input['n']) + 1"),
        ("input.items[0].n + 1", "int(input.items[0].n) + 1"),
        ("additional_metadata.n + 1", "int(additional_metadata.n) + 1"),
        ("string(input.n % 10)", "string(int(input.n) % 10)"),
        ("'abc'.substring(0, input.n)", "'abc'.substring(0, int(input.n))"),
        ("input.items.map(i, i + 1)", "input.items.map(i, int(i) + 1)"),
        ("(input.a ? input.n : input.m) + 1", "int((input.a ? input.n : input.m)) + 1"),
        ("input.n + 1u", "uint(input.n) + 1u"),
    ],
)
def test_a_number_in_json_is_no_int(text: str, repaired: str) -> None:
    (trap,) = found(text)
    assert trap.kind is TrapKind.JSON_NUMBER
    assert trap.suggestion is not None
    assert trap.suggestion.apply(text) == repaired
    assert found(repaired) == ()


@pytest.mark.parametrize(("text", "wanted"), [("input.n + 1", "int"), ("input.n + 1u", "uint"), ("input.n % 2", "int")])
def test_the_type_that_is_wanted_is_named(text: str, wanted: str) -> None:
    (trap,) = found(text)
    assert trap.name == wanted
    assert f"a double and no {wanted}:" in trap.message


@pytest.mark.parametrize(
    ("text", "repaired"), [("input.name + 1", "input.name + '1'"), ("1 + input.name", "'1' + input.name")]
)
def test_what_fails_with_any_input_is_told_of_the_type_that_the_model_says(text: str, repaired: str) -> None:
    checked = check(text, KEY, input_type=MODEL)
    (trap,) = traps(checked)
    assert trap.kind is TrapKind.JSON_NUMBER
    assert "a string" in trap.message
    assert trap.suggestion is not None
    assert trap.suggestion.apply(text) == repaired
    assert hints(checked) == hinted(repaired) == ()


@pytest.mark.parametrize(
    "text",
    [
        "input.n + 1.0",
        "input.n + input.m",
        "input.n > 3 && input.n == 3 && input.n in [1, 2, 3]",
        "int(input.n) + 1",
        "size(input.items) + 1",
        "input.items[0]",
        "input.items[input.n]",
        "-input.n",
        "input.a + 'x'",
        "timestamp(input.at) > timestamp('2026-01-01T00:00:00Z')",
        "dyn(1) + 1",
        "[1, 2].map(i, i + 1)[0] + 1",
        "input.a == null ? 'none' : input.a",
        "input.items.filter(i, i.n > 2).size() == 1",
        "has(input.a) ? input.a : 'x'",
        "{'a': 1}.a + 1",
        "type(input.a) == string",
        "strings.quote(input.a)",
    ],
)
def test_what_may_work_is_no_trap(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("input.wait > duration('1h')", "duration(input.wait) > duration('1h')"),
        ("input.at + duration('1h')", "timestamp(input.at) + duration('1h')"),
        ("input.at.getHours()", "timestamp(input.at).getHours()"),
    ],
)
def test_a_time_in_json_is_a_string(text: str, repaired: str) -> None:
    (trap,) = found(text)
    assert trap.kind is TrapKind.FAILS
    assert trap.suggestion is not None
    assert trap.suggestion.apply(text) == repaired
    assert found(repaired) == ()


def test_json_never_equals_a_timestamp() -> None:
    (trap,) = found("input.at == timestamp('2026-01-01T00:00:00Z')")
    assert trap.kind is TrapKind.NEVER_EQUAL
    assert trap.suggestion is not None


def test_parents_are_declared_for_rate_limits_but_never_there() -> None:
    (trap,) = found("parents.first.id", "step_run")
    assert (trap.kind, trap.name, tuple(trap.span)) == (TrapKind.UNBOUND_VARIABLE, "parents", (0, 7))


def test_a_macros_variable_may_have_the_name_of_an_unbound_one() -> None:
    assert found("input.items.all(parents, parents == 'a')", "step_run") == ()


def test_a_place_may_leave_out_more_variables() -> None:
    checked = check("workflow_run_id + input.a", ENVIRONMENTS["workflow_str"])
    assert traps(checked) == ()
    assert [trap.name for trap in traps(checked, unbound={"workflow_run_id"})] == ["workflow_run_id"]


def test_an_empty_variable_has_no_fields_but_may_be_asked_for_them() -> None:
    checked = check("input.a == 'x' || has(input.b)", ENVIRONMENTS["bool_expr"])
    (trap,) = traps(checked, empty={"input"})
    assert (trap.kind, tuple(trap.span)) == (TrapKind.EMPTY_VARIABLE, (0, 7))


@pytest.mark.parametrize("environment", ["event", "webhook"])
def test_checksum_is_declared_where_it_has_no_implementation(environment: str) -> None:
    (trap,) = found("checksum(input.a) == 'x'", environment)
    assert trap.kind is TrapKind.UNIMPLEMENTED_FUNCTION


def test_checksum_of_workflows_is_no_trap() -> None:
    assert found("checksum(input.a) + input.b.checksum()") == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("event_id == 'x'", TrapKind.NEVER_EQUAL),
        ("event_id != 'x'", TrapKind.NEVER_EQUAL),
        ("event_id in ['x']", TrapKind.NEVER_EQUAL),
        ("event_id.startsWith('x')", TrapKind.FAILS),
        ("event_id + 'x' == 'y'", TrapKind.FAILS),
    ],
)
def test_an_event_id_is_bytes_and_no_string(text: str, kind: TrapKind) -> None:
    assert [trap.kind for trap in found(text, "event")] == [kind]


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("headers['X-Event']", "headers['x-event']"),
        ('headers["X-Event"]', 'headers["x-event"]'),
        ("headers.Host", "headers.host"),
        ("'X-Event' in headers", "'x-event' in headers"),
        ("has(headers.Host)", "has(headers.host)"),
    ],
)
def test_names_of_headers_are_in_lower_case(text: str, repaired: str) -> None:
    (trap,) = found(text, "webhook")
    assert trap.kind is TrapKind.UPPER_CASE_KEY
    assert trap.suggestion is not None
    assert trap.suggestion.apply(text) == repaired
    assert found(repaired, "webhook") == ()


def test_keys_of_other_maps_may_have_capitals() -> None:
    assert found("input['X-Event'] + input.Host", "webhook") == ()


def test_a_refused_expression_has_no_traps_and_no_hints() -> None:
    checked = check("input.n + 1 + zzz", ENVIRONMENTS["workflow_str"], input_type=MODEL)
    assert (traps(checked), hints(checked)) == ((), ())


@pytest.mark.parametrize(
    ("text", "kind", "repaired"),
    [
        ("'a' + input.n", TrapKind.FAILS, "'a' + string(int(input.n))"),
        ("'a' + input.price", TrapKind.FAILS, "'a' + string(input.price)"),
        ("'a' + input.ids[0]", TrapKind.FAILS, "'a' + string(int(input.ids[0]))"),
        ("'a' + input.counts.a", TrapKind.FAILS, "'a' + string(int(input.counts.a))"),
        ("'a' + input.counts['a']", TrapKind.FAILS, "'a' + string(int(input.counts['a']))"),
        ("input.ids.map(i, 'a' + i)[0]", TrapKind.FAILS, "input.ids.map(i, 'a' + string(int(i)))[0]"),
        ("input.n > '3'", TrapKind.FAILS, "input.n > 3"),
        ("1.5 + input.name", TrapKind.FAILS, "'1.5' + input.name"),
        ("'-2.5' <= input.price", TrapKind.FAILS, "-2.5 <= input.price"),
        ("input.ids.exists(i, i < '3')", TrapKind.FAILS, "input.ids.exists(i, i < 3)"),
        ("timestamp(input.n)", TrapKind.JSON_NUMBER, "timestamp(int(input.n))"),
        ("input.n.startsWith('1')", TrapKind.FAILS, "string(int(input.n)).startsWith('1')"),
        ("checksum(input.n)", TrapKind.FAILS, "checksum(string(int(input.n)))"),
        ("input.n == '3'", TrapKind.NEVER_EQUAL, "input.n == 3"),
        ("'3' != input.counts.a", TrapKind.NEVER_EQUAL, "3 != input.counts.a"),
        ("input.name == 3", TrapKind.NEVER_EQUAL, "input.name == '3'"),
        ("input.nane", TrapKind.UNKNOWN_FIELD, "input.name"),
        ("input['nane']", TrapKind.UNKNOWN_FIELD, "input['name']"),
        ("input.address.ctiy", TrapKind.UNKNOWN_FIELD, "input.address.city"),
        ("input.homes.exists(h, h.ctiy == 'x')", TrapKind.UNKNOWN_FIELD, "input.homes.exists(h, h.city == 'x')"),
        ("input.homes[0].ctiy", TrapKind.UNKNOWN_FIELD, "input.homes[0].city"),
        ("has(input.nane)", TrapKind.UNKNOWN_FIELD, "has(input.name)"),
    ],
)
def test_the_model_of_the_input_tells_more(text: str, kind: TrapKind, repaired: str) -> None:
    (hint,) = hinted(text)
    assert hint.kind is kind
    assert hint.suggestion is not None
    assert hint.suggestion.apply(text) == repaired
    assert hinted(repaired) == ()
    assert found(text) == ()


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("input.name && input.paid", (0, 10)),
        ("input.name ? 'a' : 'b'", (0, 10)),
        ("!input.name", (0, 11)),
        ("size(input.n) == 1", (0, 13)),
        ("input.name.city", (0, 15)),
        ("input.tags.city", (0, 15)),
        ("input.n.all(x, true)", (0, 7)),
        ("string(input.address)", (0, 21)),
        ("input.n in ['1']", (0, 16)),
        ("'x' in input.name", (0, 17)),
        ("input.tags.filter(t, t)", (21, 22)),
        ("input[input.paid]", (0, 17)),
    ],
)
def test_what_fails_with_this_input_is_told_without_a_suggestion(text: str, span: tuple[int, int]) -> None:
    assert span in [tuple(hint.span) for hint in hinted(text)]


@pytest.mark.parametrize(
    "text",
    [
        "input.n > 3 && input.n == 3 && input.n in [1, 2]",
        "input.price + 1.5 > 2.0",
        "input.paid && input.name == 'x'",
        "input.tags[0] + input.name",
        "input.tags.exists(t, t == 'x')",
        "input.counts.a > 2",
        "input.counts.exists(k, k.startsWith('x'))",
        "input.address['zip-code'] + input.address.city",
        "input.homes.map(h, h.city)[0] + 'x'",
        "input.any.whatever + 'x'",
        "'name' in input",
        "size(input) > 2",
        "input.nick == null ? 'x' : 'a' + input.nick",
        "input.nick != null && input.nick.startsWith('a')",
        "has(input.work.city) ? input.work.city : 'x'",
        "has(input.name.city) || has(input.n.city)",
        "input.labels != null && 'x' in input.labels",
        "input['labels'] != null && 'x' in input.labels",
        "type(input.labels) == list && 'x' in input['labels']",
    ],
)
def test_what_suits_the_model_is_left_alone(text: str) -> None:
    assert hinted(text) == ()


@pytest.mark.parametrize("text", ["'a' + input.nick", "input.nick.startsWith('x')", "size(input.nick)"])
def test_a_field_that_may_be_null_is_told_where_null_fails(text: str) -> None:
    assert [(hint.kind, hint.name) for hint in hinted(text)] == [(TrapKind.MAY_BE_NULL, "input.nick")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("'x' in input.labels", "input.labels"),
        ("input.labels.exists(l, l == 'x')", "input.labels"),
        ("input.labels[0] == 'x'", "input.labels"),
        ("input.gift ? 'a' : 'b'", "input.gift"),
        ("input.work.city == 'x'", "input.work"),
        ("has(input.work.city.street)", "input.work"),
    ],
)
def test_lists_objects_and_truths_that_may_be_null_are_told(text: str, name: str) -> None:
    assert [(hint.kind, hint.name) for hint in hinted(text)] == [(TrapKind.MAY_BE_NULL, name)]


def test_an_open_record_may_have_other_fields() -> None:
    model = record({"a": Field(STRING)}, "Open", closed=False)
    checked = check("input.b", ENVIRONMENTS["workflow_str"], input_type=model)
    assert hints(checked) == ()
