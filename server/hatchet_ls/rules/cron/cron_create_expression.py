"""
Checks for expressions that `cron.create` or `create_cron` does not take, or that the engine cannot use.

## What happens
Crons that are made at run time are checked by the SDK, by another rule than the engine's for `on_crons`: it takes
`@daily` and the like, and otherwise digits with `*`, `*/`, `-` and `,` only. For names (`MON-FRI`), `?`, `9-17/2` or a
`CRON_TZ=` prefix the call raises `ValueError`.

What the SDK lets through is not checked again. When the engine is to run it and cannot make sense of it, such as of
weekday `7` or minute `60`, it deletes the cron: the call succeeds, and nothing ever runs.

## Example
```py
from hatchet_sdk import Hatchet

hatchet = Hatchet()


def start() -> None:
    hatchet.cron.create(
        workflow_name="report",
        cron_name="mornings",
        expression="0 9 * * MON-FRI",  # error: [cron-create-expression]
        input={},
        additional_metadata={},
    )
```

## Use instead
```py
from hatchet_sdk import Hatchet

hatchet = Hatchet()


def start() -> None:
    hatchet.cron.create(
        workflow_name="report",
        cron_name="mornings",
        expression="0 9 * * 1-5",
        input={},
        additional_metadata={},
    )
```

## Fix safety
Safe where the part says the same in digits. Unsafe where something else may be meant. There is none for a time zone:
such a cron has to be in `on_crons`.

## References
- https://docs.hatchet.run/v1/cron-runs
- `hatchet_sdk.features.cron.CronClient.create`, `hatchet_sdk.Workflow.create_cron`
"""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.crons import crons
from hatchet_ls.hatchet.facts import Version
from hatchet_ls.hatchet.program import Call, Program
from hatchet_ls.languages.cron import CronProblem, ProblemKind, Replacement
from hatchet_ls.languages.cron.created import check_created, ticker_refusal
from hatchet_ls.rules import Finding, Severity, rule
from hatchet_ls.rules.cron._reports import quoted, report

_ALIASES_SINCE = Version(1, 22, 2)
_SECONDS_SINCE = Version(1, 28, 0)


@rule(severity=Severity.ERROR, since="0.1.0")
def cron_create_expression(call: Call, program: Program) -> Iterator[Finding]:
    """Every expression of a cron that is created, against the SDK's own check and then the engine's."""
    version = program.facts.version
    aliases, seconds = version >= _ALIASES_SINCE, version >= _SECONDS_SINCE
    for cron in crons(call):
        if not cron.created:
            continue
        text = cron.expression.text
        name = call.source.slice(call.name_span)
        problems = check_created(text, aliases=aliases, seconds=seconds)
        for problem in problems:
            message = f"`{name}` raises `ValueError` for {quoted(text)}, {problem.message}"
            yield report(cron.expression, problem.span, message, problem.suggestion)
        if problems:
            continue
        for problem in ticker_refusal(text):
            if problem.kind is ProblemKind.NEVER:  # cron-never-fires says so
                continue
            message = f"Nothing refuses the cron {quoted(text)} here, but the engine deletes it, {problem.message}"
            taken = _taken(text, problem, aliases=aliases, seconds=seconds)
            yield report(cron.expression, problem.span, message, taken)


def _taken(text: str, problem: CronProblem, *, aliases: bool, seconds: bool) -> Replacement | None:
    """The engine's suggestion, if the SDK takes it."""
    suggestion = problem.suggestion
    if suggestion is None:
        return None
    mended = text[: suggestion.span.start] + suggestion.content + text[suggestion.span.end :]
    return None if check_created(mended, aliases=aliases, seconds=seconds) else suggestion
