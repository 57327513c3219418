"""The recorded verdicts of the engine through the rules: each in a string, in a place of its environment."""

from __future__ import annotations

import json
import logging
import sysconfig
from functools import cache
from pathlib import Path

import pytest

from hatchet_ls.check import Selection, check
from hatchet_ls.hatchet.facts_reader import load_facts
from hatchet_ls.hatchet.program import Program
from hatchet_ls.hatchet.read import Reader
from hatchet_ls.languages import cel
from hatchet_ls.python.modules import Modules
from hatchet_ls.rules import Applicability, Finding, Severity
from hatchet_ls.text import Source, apply_edits

GOLDEN = Path(__file__).parent / "languages" / "golden"
SITE_PACKAGES = Path(sysconfig.get_paths()["purelib"])
CORPORA = ("cel_hand", "cel_generated")
HEAD = """\
from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, DefaultFilter, Hatchet, RateLimit
from hatchet_sdk import UserEventCondition
from pydantic import BaseModel
class Order(BaseModel):
    user_id: str | None = None
    n: int = 1
    tags: list[str] = []
hatchet = Hatchet()
ROUND = ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN
"""
PLACES = {
    "workflow_str": "hatchet.workflow(name='a', input_validator=Order, "
    "concurrency=ConcurrencyExpression(expression={}, max_runs=1, limit_strategy=ROUND))",
    "step_run": "RateLimit(dynamic_key={}, units=1, limit=1)",
    "event": "DefaultFilter(expression={}, scope='a')",
    "bool_expr": "UserEventCondition('a', {})",
    "webhook": "hatchet.webhooks.create(None, 'a', {}, None)",
}
REFUSING = {
    "cel-event-condition-uses-output",
    "cel-filter-uses-output",
    "cel-hyphen-field",
    "cel-syntax-error",
    "cel-type-error",
    "cel-undeclared-variable",
    "cel-unknown-function",
    "concurrency-constant-identifier",
    "concurrency-empty-expression",
    "dynamic-key-is-a-constant",
}
"""The rules about what the engine does not take."""


@cache
def found(corpus: str) -> tuple[Program, dict[str, list[Finding]]]:
    """A program with every expression of a corpus that is taken there, and the findings by expression."""
    facts = load_facts([SITE_PACKAGES])
    lines = [json.loads(line) for line in (GOLDEN / f"{corpus}.jsonl").read_text("utf-8").rstrip("\n").split("\n")]
    code = [PLACES[line["kind"]].format(ascii(line["expr"])) for line in lines]
    source = Source(Path("tasks.py"), HEAD + "\n".join(code) + "\n")
    program = Reader(Modules([], [SITE_PACKAGES], library="hatchet_sdk"), facts).read(source)
    assert program is not None
    by_row: dict[int, list[Finding]] = {}
    for finding in check(program, Selection()):
        by_row.setdefault(source.position(finding.span.start).row, []).append(finding)
    first = HEAD.count("\n")
    rows = {str(number): by_row.get(first + number, []) for number in range(len(lines))}
    return program, rows


def says_refused(findings: list[Finding]) -> bool:
    return any(finding.rule in REFUSING and finding.severity is Severity.ERROR for finding in findings)


@pytest.mark.parametrize("corpus", CORPORA)
def test_what_the_engine_refuses_has_an_error_and_what_it_takes_has_none(corpus: str) -> None:
    program, rows = found(corpus)
    first = HEAD.count("\n")
    told = {number for number, findings in rows.items() if says_refused(findings)}
    by_row = {program.source.position(each.argument.span.start).row - first: each for each in program.expressions}
    refused = {str(row) for row, each in by_row.items() if each.checked.problems}
    # A condition on an event that uses `output` is taken, and never matches.
    never = {number for number in told if any("is never there" in finding.message for finding in rows[number])}
    assert told - never == refused
    # In most places an empty text counts as none at all.
    assert len(by_row) > 0.99 * len(rows)


@pytest.mark.parametrize("corpus", CORPORA)
def test_no_rule_fails_on_any_of_them(corpus: str, caplog: pytest.LogCaptureFixture) -> None:
    program, _ = found(corpus)
    with caplog.at_level(logging.ERROR):
        check(program, Selection())
    assert caplog.text == ""


@pytest.mark.parametrize("corpus", CORPORA)
def test_a_finding_is_inside_its_string(corpus: str) -> None:
    program, rows = found(corpus)
    arguments = [each.argument.span for each in program.expressions]
    for findings in rows.values():
        for finding in findings:
            if finding.rule.startswith(("cel-", "concurrency-")):
                assert any(span.contains(finding.span) for span in arguments), finding


@pytest.mark.parametrize("corpus", CORPORA)
def test_the_checker_likes_every_fix_better(corpus: str) -> None:
    program, rows = found(corpus)
    source, first = program.source, HEAD.count("\n")
    by_row = {source.position(each.argument.span.start).row - first: each for each in program.expressions}
    fixes = 0
    for number, findings in rows.items():
        for finding in findings:
            expression = by_row.get(int(number))
            if finding.fix is None or expression is None or len(finding.fix.edits) != 1:
                continue
            fixes += 1
            line = source.line_span(int(number) + first)
            fixed = apply_edits(source.text, finding.fix.edits)
            after = fixed[line.start : line.end + len(fixed) - len(source.text)]
            again = Reader(Modules([], [SITE_PACKAGES], library="hatchet_sdk"), program.facts).read(
                Source(Path("tasks.py"), HEAD + after + "\n")
            )
            assert again is not None
            (mended,) = again.expressions
            if finding.fix.applicability is Applicability.SAFE:
                left = [each for each in check(again, Selection()) if each.severity is Severity.ERROR]
                assert all(each.fix is not None and each.fix.applicability is Applicability.SAFE for each in left), (
                    finding
                )
            before, now = expression.checked.problems, mended.checked.problems
            assert len(now) < len(before) or badness(now) < badness(before) or before == now == (), finding
    assert fixes > 20


def badness(problems: tuple[cel.Problem, ...]) -> int:
    """How much of it cannot even be read."""
    return sum(problem.kind is cel.ProblemKind.SYNTAX for problem in problems)


@pytest.mark.parametrize(
    ("text", "applicability"),
    [
        ("has(input.n) and input.n > 1 ? 'a' : 'b'", Applicability.SAFE),
        ("input.zzz and zzz ? 'a' : 'b'", Applicability.UNSAFE),
        ("input.user_id and input.n > 1 ? 'a' : 'b'", None),
        ("input.n or 5", None),
        ("input.zzz > 1 or input.n > 1", None),
        ("'a' if input.n > 1 else 'b'", Applicability.SAFE),
        ("{{ input.user_id }}", Applicability.SAFE),
        ("{{ input.n }}", Applicability.UNSAFE),
        ("additional_metadata.user-id", Applicability.SAFE),
        ("input.user-id", Applicability.UNSAFE),
        ("string(input.n-n)", Applicability.UNSAFE),
        ("input.n-tags", None),
        ("input.zzz-yyy", None),
    ],
)
def test_a_fix_is_safe_only_if_all_is_well_with_it(text: str, applicability: Applicability | None) -> None:
    source = Source(Path("tasks.py"), HEAD + PLACES["workflow_str"].format(ascii(text)) + "\n")
    program = Reader(Modules([], [SITE_PACKAGES], library="hatchet_sdk"), load_facts([SITE_PACKAGES])).read(source)
    assert program is not None
    first = next(finding for finding in check(program, Selection()) if finding.rule in REFUSING)
    assert (first.fix.applicability if first.fix is not None else None) is applicability
