"""Which thing of the program an offset is on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from hatchet_ls.hatchet.program import Access, Argument, Call, Known, Program, Task
from hatchet_ls.hover.arguments import about_argument
from hatchet_ls.hover.crons import about_cron
from hatchet_ls.hover.expressions import about_expression
from hatchet_ls.hover.members import about_callable, about_member
from hatchet_ls.hover.tasks import about_task
from hatchet_ls.text import Span


@dataclass(frozen=True, slots=True)
class Hover:
    """What to show, and for which span of the source."""

    span: Span
    markdown: str


class _Written(NamedTuple):
    call: Call
    argument: Argument
    on_value: bool = False


def hover(program: Program, offset: int, now: datetime | None = None) -> Hover | None:
    """What is known about the thing at an offset; None when it is nothing of Hatchet's.

    Speaks about the parts of CEL strings and about cron strings (with the next runs after ``now``, a time with a zone,
    if that is given), about keywords of the SDK's calls and plain values written there, about the
    decorators that make tasks, and about attributes, classes and functions of the SDK.
    """
    if (inside := about_expression(program, offset)) is not None:
        return Hover(inside.span, inside.markdown)
    if (cron := about_cron(program, offset, now)) is not None:
        return Hover(*cron)
    here = [(span, thing) for span, thing in _things(program) if span.start <= offset < span.end]
    for span, thing in sorted(here, key=lambda found: found[0].end - found[0].start):
        markdown = _about(thing, program)
        if markdown is not None:
            return Hover(span, markdown)
    return None


def _things(program: Program) -> Iterator[tuple[Span, Task | Call | Access | _Written]]:
    """Everything to speak about with its span; of two with one span the better one first."""
    for task in program.tasks:
        if task.call.source is program.source:
            yield task.call.name_span, task
    for access in program.accesses:
        yield access.span, access
    for call in program.calls:
        yield call.name_span, call
        for argument in call.arguments:
            if argument.keyword_span is not None:
                yield argument.keyword_span, _Written(call, argument)
            if _is_plain(call, argument):
                yield argument.span, _Written(call, argument, on_value=True)


def _about(thing: Task | Call | Access | _Written, program: Program) -> str | None:
    match thing:
        case Task():
            return about_task(thing, program)
        case Access():
            return about_member(thing, program)
        case Call():
            return about_callable(thing, program)
        case _Written(call, argument, on_value):
            return about_argument(call, argument, program, on_value=on_value)


def _is_plain(call: Call, argument: Argument) -> bool:
    """Whether the value is a literal or ``timedelta(...)`` that is written in the call."""
    value = argument.value
    if not isinstance(value, Known) or value.source is not call.source or value.span != argument.span:
        return False
    return value.value is None or isinstance(value.value, bool | int | float | str | timedelta)
