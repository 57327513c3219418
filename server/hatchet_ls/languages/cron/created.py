"""Expressions given to ``cron.create``: the SDK's own check, and the part of the engine that runs them.

Nothing else looks at them when they are created. What the SDK lets through and the engine's ticker cannot use, the
ticker deletes. Source: ``hatchet_sdk.features.cron``, ``internal/services/ticker/cron.go`` of the engine.
"""

from __future__ import annotations

import re

from hatchet_ls.languages.cron.fields import quote
from hatchet_ls.languages.cron.parse import SPACE, parse
from hatchet_ls.languages.cron.runs import never_fires
from hatchet_ls.languages.cron.schedule import (
    UNITS,
    CronProblem,
    Field,
    Item,
    ProblemKind,
    Replacement,
    Schedule,
    Unit,
)
from hatchet_ls.languages.cron.suggestions import DESCRIPTORS
from hatchet_ls.text import Span

ALIASES = frozenset({"@yearly", "@annually", "@monthly", "@weekly", "@daily", "@hourly"})
"""The words that the SDK takes."""
_WORD = r"\S+"
_DURATION = r"[-+]?(?:0|(?:(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h))+)"
_MOST_VALUES = 12


def check_created(text: str, *, aliases: bool = True, seconds: bool = True) -> tuple[CronProblem, ...]:
    """Why the SDK raises ``ValueError`` for an expression, one problem for each part; empty when it does not.

    ``aliases`` says whether it knows ``@daily`` and the like, as it does since 1.22.2; ``seconds`` whether it takes six
    parts, as it does since 1.28.0.
    """
    if not text:
        return (CronProblem(Span(0, 0), "it is empty", ProblemKind.EMPTY),)
    if aliases and text.strip() in ALIASES:
        return ()
    words = [(found.group(), Span(*found.span())) for found in re.finditer(_WORD, text)]
    if not 5 <= len(words) <= 5 + seconds:
        return (_count_problem(text, words, aliases=aliases, seconds=seconds),)
    schedule = parse(text)
    units = UNITS[-len(words) :]
    return tuple(
        _part_problem(word, span, schedule, unit)
        for (word, span), unit in zip(words, units, strict=True)
        if not _is_plain(word)
    )


def expanded(text: str) -> str:
    """The fields that a word such as ``@daily`` stands for; any other text as it is."""
    return DESCRIPTORS.get(text.strip(), text)


def ticker_refusal(text: str) -> tuple[CronProblem, ...]:
    """Why the engine deletes an expression instead of running it; empty when it runs it.

    The ticker takes what ``parse`` accepts and descriptors such as ``@daily``, but nothing that never fires.
    """
    schedule = parse(text)
    start = schedule.zone_span.end if schedule.zone_span is not None else 0
    body = text[start:].strip(_spaces())
    is_descriptor = body in DESCRIPTORS or (
        body.startswith("@every ") and re.fullmatch(_DURATION, body.removeprefix("@every ")) is not None
    )
    problems = tuple(
        problem for problem in schedule.problems if not (is_descriptor and problem.kind is ProblemKind.DESCRIPTOR)
    )
    if problems or (span := never_fires(schedule)) is None:
        return problems
    return (CronProblem(span, f"{quote(text[span.start : span.end])} never comes", ProblemKind.NEVER),)


def _spaces() -> str:
    """``SPACE`` spelled out."""
    return "".join(chr(code) for code in range(0x3001) if re.match(f"[{SPACE}]", chr(code)))


def _is_plain(word: str) -> bool:
    """The SDK's test of one part: a star, or digits with hyphens, commas and ``*/`` in any order."""
    return word == "*" or word.replace("*/", "").replace("-", "").replace(",", "").isdigit()


def _count_problem(text: str, words: list[tuple[str, Span]], *, aliases: bool, seconds: bool) -> CronProblem:
    """The engine's suggestions hold here as well: they have digits and stars only."""
    found = parse(text).problems
    suggestion = found[0].suggestion if len(found) == 1 else None
    if suggestion is not None and check_created(_replaced(text, suggestion), aliases=aliases, seconds=seconds):
        suggestion = None
    if not words:
        return CronProblem(Span(0, len(text)), "it is empty", ProblemKind.EMPTY)
    span = Span(words[0][1].start, words[-1][1].end)
    if words[0][0].startswith("@"):
        known = ", ".join(f"`{alias}`" for alias in sorted(ALIASES))
        message = f"the SDK does not know {quote(text[span.start : span.end])}" + (f", only {known}" if aliases else "")
        return CronProblem(span, message, ProblemKind.DESCRIPTOR, suggestion)
    count = "1 part" if len(words) == 1 else f"{len(words)} parts"
    return CronProblem(
        span, f"it has {count} instead of {'5 or 6' if seconds else '5'}", ProblemKind.FIELD_COUNT, suggestion
    )


def _part_problem(word: str, span: Span, schedule: Schedule, unit: Unit) -> CronProblem:
    field = next((each for each in schedule.fields if each.span == span), None)
    wrong = any(problem.span.touches(span) for problem in schedule.problems)
    content = _in_digits(field) if field is not None and not wrong else None
    replacement = Replacement(span, content, True) if content is not None and _is_plain(content) else None
    if replacement is None and wrong:
        replacement = _mended(word, span, schedule)
    return CronProblem(
        span,
        f"the SDK takes no {quote(word)} as {unit.name}, only digits, `*`, `*/`, `-` and `,`",
        ProblemKind.SYNTAX,
        replacement,
    )


def _mended(word: str, span: Span, schedule: Schedule) -> Replacement | None:
    """What the engine's suggestion for the part comes to in digits."""
    for problem in schedule.problems:
        if problem.suggestion is None or not span.contains(problem.suggestion.span):
            continue
        mended = parse(_replaced(schedule.text, problem.suggestion))
        field = next((each for each in mended.fields if each.span is not None and each.span.start == span.start), None)
        wrong = field is None or any(each.span.touches(field.span) for each in mended.problems if field.span)
        content = None if field is None or wrong else _in_digits(field)
        if content is not None and _is_plain(content):
            return Replacement(span, content, problem.suggestion.certain)
    return None


def _in_digits(field: Field) -> str | None:
    """A field as the SDK takes it, with the same values."""
    if field.star:
        return "*"
    items = [_item_in_digits(item, field.unit) for item in field.items]
    return ",".join(item for item in items if item) if items and all(items) else None


def _item_in_digits(item: Item, unit: Unit) -> str | None:
    if len(item.values) == 1:
        return str(item.low)
    if item.step == 1:
        return f"{item.low}-{item.high}"
    if (item.low, item.high) == (unit.low, unit.high):
        return f"*/{item.step}"
    return ",".join(map(str, item.values)) if len(item.values) <= _MOST_VALUES else None


def _replaced(text: str, replacement: Replacement) -> str:
    return text[: replacement.span.start] + replacement.content + text[replacement.span.end :]
