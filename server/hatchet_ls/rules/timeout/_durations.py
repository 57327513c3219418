"""The arguments of a call that are durations, found by the SDK's own annotations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from functools import cache

from hatchet_ls.hatchet.facts import ClassKind, Facts, Parameter, Version
from hatchet_ls.hatchet.program import Argument, Call, Known, Program
from hatchet_ls.languages.duration.reading import Reading
from hatchet_ls.languages.duration.words import whole_units
from hatchet_ls.rules import Applicability, Fix, Related
from hatchet_ls.text import Edit

_NAME = re.compile(r"[A-Za-z_]\w*")
_COERCING = re.compile(r"\w+\.(?:task|durable_task|batch_task)")
_COERCES_SINCE = Version(1, 8, 0)
_LONGEST_QUOTE = 60


class Use(Enum):
    """What the engine does with a duration."""

    EXECUTION = "execution timeout"
    SCHEDULE = "schedule timeout"
    SLEEP = "sleep"
    EXTENSION = "extension of a timeout"


@dataclass(frozen=True, eq=False)
class Duration:
    """One argument that is a duration."""

    call: Call
    argument: Argument
    use: Use

    @property
    def text(self) -> str | None:
        """The duration string, when it is one: the SDK sends it as it is."""
        match self.argument.value:
            case Known(str(text)):
                return text
        return None

    def amount(self, facts: Facts) -> timedelta | None:
        """The duration that the SDK cuts to whole seconds: a ``timedelta``, or a number where it becomes one."""
        match self.argument.value:
            case Known(timedelta() as amount):
                return amount
            case Known(int() | float() as seconds) if not isinstance(seconds, bool) and _coerces(self.call, facts):
                try:
                    return timedelta(seconds=seconds)
                except (OverflowError, ValueError):
                    return None
        return None

    @property
    def quote(self) -> str:
        """The value for a message: as written here, or what it comes to."""
        written = self.call.source.slice(self.argument.span)
        if self.in_place and "\n" not in written and len(written) <= _LONGEST_QUOTE:
            return written
        value = self.argument.value
        assert isinstance(value, Known)
        return timedelta_source(value.value) if isinstance(value.value, timedelta) else repr(value.value)

    @property
    def in_place(self) -> bool:
        """Whether the value is written in the call itself, so that a fix may replace it."""
        value = self.argument.value
        return isinstance(value, Known) and value.source is self.call.source and value.span == self.argument.span

    @property
    def related(self) -> tuple[Related, ...]:
        """Where the value is written, when that is elsewhere."""
        value = self.argument.value
        if self.in_place or not isinstance(value, Known):
            return ()
        return (Related(value.source, value.span, "The duration is written here"),)

    def replace(self, program: Program, source: str, applicability: Applicability) -> Fix | None:
        """A fix that writes ``timedelta(...)`` in the place of the value, and imports it. ``source`` names it so."""
        if not self.in_place or "\n" in self.call.source.slice(self.argument.span):
            return None
        name, imports = program.import_name("datetime", "timedelta")
        return Fix(
            f"Replace with `{source}`",
            (*imports, Edit(self.argument.span, name + source.removeprefix("timedelta"))),
            applicability,
        )


def durations(call: Call) -> Iterator[Duration]:
    """The written arguments that are durations."""
    for argument in call.arguments:
        parameter = call.parameter(argument.name)
        if parameter is None or not takes_duration(parameter):
            continue
        if call.overridden is None or argument.name not in call.overridden:
            yield Duration(call, argument, _use(call, argument.name))


def consequence_of_refusal(found: Duration, program: Program) -> str:
    """What happens because the engine refuses a duration, as a clause."""
    match found.use:
        case Use.EXTENSION:
            return "the timeout stays as it is"
        case Use.SLEEP if not _is_registered(found, program):
            return "the wait is refused"
    return "the worker ends when it registers the workflow"


def _is_registered(found: Duration, program: Program) -> bool:
    """Whether a sleep is one of a task's own conditions, which the engine gets with the workflow."""
    call = found.call
    return any(task.call.source is call.source and task.call.span.contains(call.span) for task in program.tasks)


def timedelta_source(duration: timedelta) -> str:
    """Python source for a duration, in the fewest and largest whole units: ``timedelta(hours=1, minutes=30)``."""
    sign = -1 if duration < timedelta(0) else 1
    parts = [(unit, sign * number) for unit, number in whole_units(abs(duration))]
    if duration and not abs(duration) % timedelta(weeks=1):
        parts = [("weeks", duration // timedelta(weeks=1))]
    return _call(parts)


def reading_source(reading: Reading) -> str:
    """Python source for a duration in the units in which it is written: ``timedelta(minutes=90)``."""
    return _call(reading.parts)


def _call(parts: Iterable[tuple[str, float]]) -> str:
    arguments = ", ".join(f"{unit}={number}" for unit, number in parts)
    return f"timedelta({arguments or 0})"


def takes_duration(parameter: Parameter) -> bool:
    """Whether the SDK takes a ``timedelta`` or a duration string."""
    return _has_duration(parameter.annotation)


@cache
def _has_duration(annotation: str) -> bool:
    names = set(_NAME.findall(annotation))
    return "Duration" in names or {"timedelta", "str"} <= names


def _use(call: Call, name: str) -> Use:
    if name == "execution_timeout":
        return Use.EXECUTION
    if name == "schedule_timeout":
        return Use.SCHEDULE
    return Use.EXTENSION if call.key.endswith("refresh_timeout") else Use.SLEEP


def _coerces(call: Call, facts: Facts) -> bool:
    """Whether the SDK's models read the argument, which takes a number for seconds."""
    made = facts.classes.get(call.key)
    if made is not None:
        return made.kind is ClassKind.MODEL
    return _COERCING.fullmatch(call.key) is not None and facts.version >= _COERCES_SINCE
