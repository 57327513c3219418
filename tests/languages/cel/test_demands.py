"""Whether an expression gives what its place wants."""

from __future__ import annotations

import pytest

from hatchet_ls.languages.cel import BOOL, DYN, ENVIRONMENTS, INT, STRING, Field, check, list_of, map_of, record
from hatchet_ls.languages.cel.demands import Demand, Judgement, Verdict, judge

MODEL = record(
    {
        "n": Field(INT),
        "s": Field(STRING),
        "b": Field(BOOL),
        "nick": Field(STRING, optional=True),
        "any": Field(DYN),
        "ids": Field(list_of(INT)),
        "counts": Field(map_of(STRING, INT)),
    }
)


def judged(text: str, demand: Demand, *, typed: bool = False) -> Judgement:
    checked = check(text, ENVIRONMENTS["workflow_str"], input_type=MODEL if typed else None)
    assert checked.problems == ()
    return judge(checked, demand)


@pytest.mark.parametrize(
    ("text", "demand", "verdict"),
    [
        ("'a' + input.s", Demand.STRING, Verdict.FITS),
        ("workflow_run_id", Demand.STRING, Verdict.FITS),
        ("input.s", Demand.STRING, Verdict.DYNAMIC),
        ("size(input.s)", Demand.STRING, Verdict.MISMATCH),
        ("input", Demand.STRING, Verdict.MISMATCH),
        ("input.s == 'a'", Demand.BOOL, Verdict.FITS),
        ("input.s", Demand.BOOL, Verdict.DYNAMIC),
        ("'true'", Demand.BOOL, Verdict.MISMATCH),
        ("null", Demand.BOOL, Verdict.MISMATCH),
        ("1", Demand.NUMBER, Verdict.FITS),
        ("1.5", Demand.NUMBER, Verdict.FITS),
        ("1u", Demand.NUMBER, Verdict.MISMATCH),
        ("input.n", Demand.NUMBER, Verdict.DYNAMIC),
        ("string(input.n)", Demand.NUMBER, Verdict.MISMATCH),
    ],
)
def test_the_engines_type_decides_where_it_is_known(text: str, demand: Demand, verdict: Verdict) -> None:
    assert judged(text, demand).verdict is verdict


@pytest.mark.parametrize(
    ("text", "demand", "verdict"),
    [
        ("input.s", Demand.STRING, Verdict.DYNAMIC),
        ("input.any", Demand.STRING, Verdict.DYNAMIC),
        ("input.n", Demand.STRING, Verdict.INPUT_MISMATCH),
        ("input.s", Demand.BOOL, Verdict.INPUT_MISMATCH),
        ("input.b", Demand.BOOL, Verdict.DYNAMIC),
        ("input.n", Demand.NUMBER, Verdict.DYNAMIC),
        ("input.s", Demand.NUMBER, Verdict.INPUT_MISMATCH),
        ("input.nick", Demand.STRING, Verdict.MAY_BE_NULL),
        ("input.nick != null ? input.nick : 'x'", Demand.STRING, Verdict.DYNAMIC),
        ("has(input.nick) ? input.nick : 'x'", Demand.STRING, Verdict.MAY_BE_NULL),
        ("has(input.nick) && input.b ? (input['nick']) : 'x'", Demand.STRING, Verdict.MAY_BE_NULL),
        ("has(input.nick) && input.nick == 'a' ? input.nick : 'x'", Demand.STRING, Verdict.DYNAMIC),
        ("has(input.nick) ? input.s : 'x'", Demand.STRING, Verdict.DYNAMIC),
        ("input.b ? input.nick : 'x'", Demand.STRING, Verdict.DYNAMIC),
    ],
)
def test_the_input_decides_where_the_engine_does_not_know(text: str, demand: Demand, verdict: Verdict) -> None:
    assert judged(text, demand, typed=True).verdict is verdict


@pytest.mark.parametrize(
    ("text", "demand", "repaired"),
    [
        ("size(input.s)", Demand.STRING, "string(size(input.s))"),
        ("input.n", Demand.STRING, "string(int(input.n))"),
        ("input.ids[0]", Demand.STRING, "string(int(input.ids[0]))"),
        ("input.counts.a", Demand.STRING, "string(int(input.counts.a))"),
        ("input.counts['a']", Demand.STRING, "string(int(input.counts['a']))"),
        ("input.nick", Demand.STRING, "input.nick != null ? input.nick : 'none'"),
        (
            "has(input.nick) ? input.nick : 'x'",
            Demand.STRING,
            "has(input.nick) && input.nick != null ? input.nick : 'x'",
        ),
        ("'10'", Demand.NUMBER, "10"),
        ("input.b ? '10' : (input.s == 'a' ? '5' : '1')", Demand.NUMBER, "input.b ? 10 : (input.s == 'a' ? 5 : 1)"),
        ("'true'", Demand.BOOL, "true"),
    ],
)
def test_what_is_suggested_is_what_the_place_wants(text: str, demand: Demand, repaired: str) -> None:
    suggestion = judged(text, demand, typed=True).suggestion
    assert suggestion is not None
    assert suggestion.apply(text) == repaired
    assert judged(repaired, demand, typed=True).verdict in (Verdict.FITS, Verdict.DYNAMIC)


def test_a_refused_expression_is_not_judged() -> None:
    checked = check("zzz(", ENVIRONMENTS["workflow_str"])
    assert judge(checked, Demand.STRING) == Judgement(Verdict.DYNAMIC)
