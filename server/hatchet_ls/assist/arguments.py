"""Values for the SDK's arguments: members of its enums, and common durations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from hatchet_ls.assist.completion import Completion, Kind
from hatchet_ls.hatchet.crons import takes_crons
from hatchet_ls.hatchet.defaults import default_value
from hatchet_ls.hatchet.facts import Class, ClassKind, Facts, MemberKind, Parameter
from hatchet_ls.hatchet.program import Argument, Call, Items, Known, Program
from hatchet_ls.languages.cron.presets import PRESETS
from hatchet_ls.languages.duration.sending import as_sent
from hatchet_ls.languages.duration.words import in_words
from hatchet_ls.text import Span

_WORD = re.compile(r"\w+")
_DURATIONS = frozenset({"Duration", "timedelta"})
"""How the SDK annotates what takes a duration."""
_PRIORITIES = frozenset({"priority", "default_priority"})
"""Arguments that take members of ``Priority``, which are numbers, also where the SDK's annotation is ``int``."""
_OTHER_PRIORITIES = frozenset({"EvictionPolicy"})
"""What counts priorities in its own way."""
_REFUSED = frozenset({"ConcurrencyLimitStrategy.QUEUE_NEWEST", "ConcurrencyLimitStrategy.QUEUE_OLDEST"})
"""Members that no engine takes. Source: its validation of workflows, ``pkg/repository/workflow.go``."""
_COMMON = (
    {"seconds": 10},
    {"seconds": 30},
    {"minutes": 1},
    {"minutes": 5},
    {"minutes": 15},
    {"minutes": 30},
    {"hours": 1},
    {"hours": 6},
    {"days": 1},
    {"days": 7},
)


def argument_at(program: Program, word: Span) -> tuple[Call, Argument] | None:
    """The argument whose whole value is the name that ends at a cursor (``word.end``), and its call."""
    around = [each for each in program.calls if each.site.parentheses.start < word.start <= each.site.parentheses.end]
    for call in sorted(around, key=lambda each: each.site.parentheses.start, reverse=True)[:1]:
        for argument in call.arguments:
            if argument.span.start == word.start and argument.span.end >= word.end:
                return call, argument
    return None


def complete_argument(program: Program, word: Span) -> Iterator[Completion]:
    """What can be given to the argument at a cursor, with the imports that it needs.

    ``word`` is the dotted name before the cursor, which is replaced. ``program`` must be of a text that is the
    editor's up to the cursor.
    """
    found = argument_at(program, word)
    if found is None:
        yield from _crons(program, word)
        return
    call, argument = found
    parameter = next((each for each in call.parameters if each.name == argument.name), None)
    if parameter is None or (call.overridden is not None and argument.name in call.overridden):
        return
    words = dict.fromkeys(_WORD.findall(parameter.annotation))
    if parameter.name in _PRIORITIES and call.key not in _OTHER_PRIORITIES:
        words["Priority"] = None
    made: list[Completion] = []
    for each in words:
        cls = program.facts.classes.get(each)
        if cls is not None and cls.kind is ClassKind.ENUM:
            made += _members(program, cls, parameter, word)
    if _DURATIONS & words.keys():
        made += _durations(program, parameter, word)
    # An import that stands behind the cursor would be edited in a text that the editor does not have.
    head = program.source.slice(word).rpartition(".")[0]
    for offer in made:
        fits = not head or (offer.content or "").startswith(f"{head}.")
        if fits and all(edit.span.end <= word.start for edit in offer.edits):
            yield offer


def _crons(program: Program, word: Span) -> Iterator[Completion]:
    """Common crons, where a name stands in the list of a call that takes some."""
    for call in program.calls:
        if word.start == word.end and takes_crons(call) and call.overridden is None:
            match call.argument("on_crons").value:
                case Known(Items(places=places)) if any(place.start == word.start for place in places):
                    for preset in PRESETS:
                        text = f'"{preset.expression}"'
                        yield Completion(text, Kind.VALUE, word, text, f"{preset.meaning} (UTC)")


def _members(program: Program, cls: Class, parameter: Parameter, word: Span) -> Iterator[Completion]:
    exported = _exported(program.facts, cls)
    if exported is None:
        return
    name, edits = program.import_name("hatchet_sdk", exported)
    for member in cls.members.values():
        if member.kind is MemberKind.ENUM_MEMBER and f"{cls.name}.{member.name}" not in _REFUSED:
            yield Completion(
                f"{cls.name}.{member.name}",
                Kind.ENUM_MEMBER,
                word,
                f"{name}.{member.name}",
                detail=_default(parameter.default == f"{cls.name}.{member.name}"),
                documentation=f"**Deprecated:** {member.deprecated}" if member.deprecated else member.docs,
                preferred=parameter.default == f"{cls.name}.{member.name}",
                edits=edits,
            )


def _exported(facts: Facts, cls: Class) -> str | None:
    """The name by which ``hatchet_sdk`` exports a class."""
    return next((name for name, key in facts.exports.items() if key == cls.name), None)


def _durations(program: Program, parameter: Parameter, word: Span) -> Iterator[Completion]:
    name, edits = program.import_name("datetime", "timedelta")
    default = default_value(parameter.default or "", program.source, word)
    for parts in _COMMON:
        value = timedelta(**parts)
        ((unit, number),) = parts.items()
        is_default = default == Known(value, default.source, default.span)
        yield Completion(
            f"timedelta({unit}={number})",
            Kind.VALUE,
            word,
            f"{name}({unit}={number})",
            detail=_default(is_default) or in_words(value),
            documentation=f"Sent as `{as_sent(value)}`" if "Duration" in parameter.annotation else "",
            preferred=is_default,
            edits=edits,
        )
    yield Completion(
        "timedelta(…)",
        Kind.SNIPPET,
        word,
        None,
        detail="any duration",
        snippet=f"{name}(${{1|seconds,minutes,hours,days|}}=${{2:5}})$0",
        edits=edits,
    )


def _default(is_default: bool) -> str:
    return "the default" if is_default else ""
