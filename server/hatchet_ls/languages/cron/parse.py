"""Reading an expression as the engine does when it registers a workflow.

The engine's rule is that of ``robfig/cron`` v3 with optional seconds and without descriptors: five fields, or six with
the seconds first; ``*``, ``?``, numbers, names of three letters, ranges, steps and lists; a prefix ``CRON_TZ=`` or
``TZ=`` with a zone and one space.
"""

from __future__ import annotations

import re

from hatchet_ls.languages.cron.fields import quote, read_field
from hatchet_ls.languages.cron.schedule import (
    SECOND,
    UNITS,
    CronProblem,
    Field,
    Item,
    ProblemKind,
    Replacement,
    Schedule,
)
from hatchet_ls.text import Span

SPACE = "\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""What separates fields, as a class of a regular expression: Go's idea of white space."""
# Patterns are compiled when the first expression is read.
_WORD = f"[^{SPACE}]+"
_BLANK = f"[{SPACE}]"
_PREFIX = "(?:CRON_)?TZ="
_ANY_PREFIX = "(?ai)(?:CRON_)?TZ="
_NO_SECONDS = Field(SECOND, None, (Item(0, 0, 1, False),))
_YEARS = r"(?a)[*?]|[0-9]{4}(?:[-,/][0-9]{1,4})*"


def parse(text: str) -> Schedule:
    """Read an expression; never raises, takes time linear in its length.

    ``Schedule.problems`` says all that is wrong, one problem for each field; it is empty for what the engine takes.
    """
    if not text:
        problem = CronProblem(Span(0, 0), "it is empty", ProblemKind.EMPTY)
        return Schedule(text, (), None, None, (problem,))
    found = re.match(_PREFIX, text)
    if found is None:
        fields, problems = _body(text, 0)
        return Schedule(text, fields, None, None, problems)
    space = text.find(" ")
    if space < 0:
        problem = CronProblem(
            Span(0, len(text)),
            "no expression follows the time zone" if not re.search(_BLANK, text) else "no space follows the time zone",
            ProblemKind.PREFIX,
            _separated(text, found.end()),
        )
        return Schedule(text, (), text[found.end() :], Span(found.end(), len(text)), (problem,))
    span = Span(found.end(), space)
    name = text[span.start : span.end]
    wrong_zone = _zone_problem(text, name, span)
    fields, problems = _body(text, space)
    if wrong_zone is not None and wrong_zone.kind is ProblemKind.PREFIX:
        problems = ()  # the words are taken apart in the wrong place
    return Schedule(text, fields, name, span, (wrong_zone, *problems) if wrong_zone else problems)


def _body(text: str, start: int) -> tuple[tuple[Field, ...], tuple[CronProblem, ...]]:
    """The fields, from an offset on, and their problems."""
    words = [(found.group(), found.start()) for found in re.compile(_WORD).finditer(text, start)]
    if not 5 <= len(words) <= 6:
        return (), (_count_problem(text, start, words),)
    if words[0][0].startswith("@"):
        return (), (_count_problem(text, start, words),)
    units = UNITS if len(words) == 6 else UNITS[1:]
    read = [read_field(word, offset, unit) for (word, offset), unit in zip(words, units, strict=True)]
    fields = tuple(each.field for each in read)
    problems = [each.problem for each in read if each.problem is not None]
    if start == 0 and (prefix := re.match(_ANY_PREFIX, text)) is not None:
        problems[0] = CronProblem(
            Span(*prefix.span()),
            f"the prefix is `{prefix.group().upper()}`, in capitals",
            ProblemKind.PREFIX,
            Replacement(Span(*prefix.span()), prefix.group().upper(), True),
        )
    return (fields if len(words) == 6 else (_NO_SECONDS, *fields)), tuple(problems)


def _count_problem(text: str, start: int, words: list[tuple[str, int]]) -> CronProblem:
    if not words:
        return CronProblem(Span(start, len(text)), "it is empty", ProblemKind.EMPTY)
    first, (last, end) = words[0][1], words[-1]
    span = Span(first, end + len(last))
    phrase = text[span.start : span.end]
    # Imported only for what is wrong: most expressions are right.
    from hatchet_ls.languages.cron.suggestions import for_expression

    meant = for_expression(phrase) if len(phrase) < 60 else None
    replacement = Replacement(span, meant.content, meant.certain) if meant is not None else None
    if phrase.startswith("@"):
        return CronProblem(
            span,
            f"it has a word, {quote(phrase)}, instead of fields",
            ProblemKind.DESCRIPTOR,
            replacement,
        )
    if len(words) == 7 and re.fullmatch(_YEARS, last):
        before = words[-2]
        dropped = Span(before[1] + len(before[0]), span.end)
        replacement = Replacement(dropped, "", last in "*?") if _accepted(text[start : dropped.start]) else None
        return CronProblem(
            Span(end, span.end),
            f"it has 7 fields, and the engine knows no years, as {quote(last)} seems to be",
            ProblemKind.FIELD_COUNT,
            replacement,
        )
    count = "1 field" if len(words) == 1 else f"{len(words)} fields"
    return CronProblem(
        span, f"it has {count} instead of 5, or of 6 with the seconds first", ProblemKind.FIELD_COUNT, replacement
    )


def _zone_problem(text: str, name: str, span: Span) -> CronProblem | None:
    blank = re.search(_BLANK, name)
    if blank is not None:
        return CronProblem(
            Span(span.start, span.end),
            "no space follows the time zone",
            ProblemKind.PREFIX,
            _separated(text, span.start),
        )
    # Few expressions name a zone.
    from hatchet_ls.languages.cron import zones

    if zones.known(name) is not False:
        return None
    similar = zones.similar(name)
    replacement = Replacement(span, *similar) if similar is not None else None
    return CronProblem(span, f"there is no time zone {quote(name)}", ProblemKind.ZONE, replacement)


def _separated(text: str, start: int) -> Replacement | None:
    """A space in the place of the white space that follows the zone, if that helps."""
    blank = re.compile(_BLANK).search(text, start)
    if blank is None or not _accepted(f"{text[: blank.start()]} {text[blank.end() :]}"):
        return None
    return Replacement(Span(*blank.span()), " ", True)


def _accepted(text: str) -> bool:
    return parse(text).accepted
