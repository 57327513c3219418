"""The verdicts of the engine's own parser and checker, recorded, against ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hatchet_ls.languages.cel import ENVIRONMENTS, check
from hatchet_ls.languages.cel.functions import MACROS
from hatchet_ls.text.span import Span

GOLDEN = Path(__file__).parents[1] / "golden"
CORPORA = ("cel_hand", "cel_generated")


def rows(name: str) -> Iterator[dict[str, Any]]:
    # Some expressions have characters at which `splitlines` would split.
    for line in (GOLDEN / f"{name}.jsonl").read_text(encoding="utf-8").rstrip("\n").split("\n"):
        yield json.loads(line)


def offset(row: dict[str, Any]) -> int:
    """The engine's line and column as an offset; it names no column for an empty text."""
    before = row["expr"].split("\n")[: row["line"] - 1]
    return max(0, sum(len(line) + 1 for line in before) + int(row["col"]))


@pytest.mark.parametrize("corpus", CORPORA)
def test_every_expression_is_accepted_or_refused_as_by_the_engine(corpus: str) -> None:
    wrong = [
        row["expr"] for row in rows(corpus) if bool(check(row["expr"], ENVIRONMENTS[row["kind"]]).problems) == row["ok"]
    ]
    assert wrong == []


@pytest.mark.parametrize("corpus", CORPORA)
def test_every_accepted_expression_has_the_type_that_the_engine_gives_it(corpus: str) -> None:
    accepted = [row for row in rows(corpus) if row["ok"]]
    types = [(row["expr"], str(check(row["expr"], ENVIRONMENTS[row["kind"]]).type)) for row in accepted]
    assert types == [(row["expr"], row["type"]) for row in accepted]
    assert len(accepted) > 300


@pytest.mark.parametrize("corpus", CORPORA)
def test_the_first_problem_is_where_the_engine_reports_it(corpus: str) -> None:
    refused = [row for row in rows(corpus) if not row["ok"]]
    elsewhere = []
    for row in refused:
        first = check(row["expr"], ENVIRONMENTS[row["kind"]]).problems[0]
        place = Span(offset(row), offset(row))
        if not first.span.touches(place) or max(first.position, 0) != place.start:
            elsewhere.append((row["expr"], first, place))
    assert elsewhere == []
    assert len(refused) > 400


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_the_environments_declare_the_engines_overloads_macros_and_variables(name: str) -> None:
    functions, macros, variables = set(), set(), set()
    for row in rows(f"funcs_{name}"):
        if "macro" in row:
            macros.add((row["macro"], row["argc"]))
        elif "var" in row:
            variables.add((row["var"], row["type"]))
        elif not row["disabled"]:
            shown = ", ".join(row["args"]).replace("<", "").replace(">", "")
            result = row["result"].replace("<", "").replace(">", "")
            functions.add((row["name"], row["member"], shown, result))
    environment = ENVIRONMENTS[name]
    ours = {
        (function, overload.method, ", ".join(map(str, overload.parameters)), str(overload.result))
        for function, overloads in environment.functions.items()
        for overload in overloads
    }
    # What only the expansion of macros calls cannot be written.
    assert {entry for entry in functions if entry[0] != "@not_strictly_false"} == ours
    assert macros == {*MACROS, ("has", 1)}
    assert variables == {(variable, str(kind)) for variable, kind in environment.variables.items()}
