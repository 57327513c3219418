"""Hovers in CEL strings: the part under the cursor, and the place that the expression is in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from hatchet_ls.assist.fields import Named, named
from hatchet_ls.hatchet.cel_places import Place
from hatchet_ls.hatchet.program import Expression, Program
from hatchet_ls.hatchet.strings import Text
from hatchet_ls.languages import cel
from hatchet_ls.languages.cel.hover import describe
from hatchet_ls.text import Span


class About(NamedTuple):
    """What to say about a place in a CEL string."""

    span: Span
    markdown: str


def about_expression(program: Program, offset: int) -> About | None:
    """What is known about the part of a CEL string at an offset; None outside of CEL strings."""
    for expression in program.expressions:
        text = Text(expression.value, expression.argument.span, expression.call.source)
        if text.value.source is not program.source or text.written is None:
            continue
        place = text.written.offset(offset)
        if place is not None and place < len(text.text):
            about = _about(expression, text, place, program)
            # A quote between two literals counts for what follows it.
            return about if about.span.start <= offset < about.span.end else None
    return None


def _about(expression: Expression, text: Text, place: int, program: Program) -> About:
    found = describe(expression.checked, place, _descriptions(expression.place))
    part = Span(place, place + 1)
    parts: list[str] = []
    if found is not None:
        part = Span(min(part.start, found.span.start), max(part.end, found.span.end))
        parts += [f"```cel\n{found.title}\n```", found.text]
        here = (each for each in named(expression) if each.part.start <= place < each.part.end)
        parts.append(_definition(next(here, None), program))
    parts.append(_place(expression.place))
    return About(text.written_span(part.start, part.end), "\n\n".join(each for each in parts if each))


def _definition(what: Named | None, program: Program) -> str:
    if what is None:
        return ""
    model = what.model
    if what.field is None:
        row = model.source.position(model.span.start).row + 1
        about = f": {model.description}" if model.description else ""
        return f"The model `{model.name}`{_where(model.source is program.source, model.source.path.name, row)}{about}"
    field = what.field
    row = field.source.position(field.name_span.start).row + 1
    where = _where(field.source is program.source, field.source.path.name, row)
    of = f"`{model.name}`" if field.owner == model.name else f"`{field.owner}`, which `{model.name}` inherits"
    return f"`{field.name}: {field.annotation}` of {of}{where}"


def _where(here: bool, name: str, row: int) -> str:
    return f" (line {row})" if here else f" ({name}:{row})"


def _place(place: Place) -> str:
    """The place's demand and environment."""
    head = (
        f"**{place.name[0].upper()}{place.name[1:]}** has to give {place.result.value}; if it does not, {place.fails}."
    )
    return "\n".join([head, "", *(f"- `{name}`: {said}" for name, said in _descriptions(place).items())])


def _descriptions(place: Place) -> Mapping[str, str]:
    """What the variables are in a place."""
    return {**cel.ENVIRONMENTS[place.environment].descriptions, **place.hollow}
