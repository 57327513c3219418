"""Renaming a field of a model, with the CEL strings that name it and the Python code that uses it."""

from __future__ import annotations

import keyword
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from hatchet_ls.assist.fields import Named, named, named_at
from hatchet_ls.assist.navigation import Field, Importing, field_at, may_name
from hatchet_ls.assist.python_uses import Use, is_typed_dict, uses
from hatchet_ls.hatchet.models import InputModel
from hatchet_ls.hatchet.program import Expression, Program
from hatchet_ls.languages.cel.tree import Index, Literal, Name, Select, walk
from hatchet_ls.python.parse import Module
from hatchet_ls.python.resolve import Resolver
from hatchet_ls.text import Edit, Source, Span

_CEL_WORDS = frozenset({"true", "false", "null", "in"})


class Refused(Exception):
    """A rename that is not certain to keep everything working; the message says why, for the user."""


class Sources(NamedTuple):
    """The files that may have to do with a field, and how to read them."""

    texts: Sequence[Source]
    """Those whose text has the field's name."""
    parse: Callable[[Source], Module]
    read: Callable[[Source], Program | None]
    resolver: Callable[[Source], Resolver]
    importing: Importing
    lacks: str | None = None
    """Why they are not all such files; None when they are."""


class Renaming(NamedTuple):
    """What a rename at a place would rename."""

    span: Span
    """Of the name at the place."""
    field: Field
    in_cel: bool
    """It is a CEL string that has the name there."""


def renaming_at(program: Program | None, module: Module, offset: int) -> Renaming | None:
    """The field that a rename at an offset is about; None where it is about nothing of ours.

    Raises:
        Refused: CEL names it by an alias, which is another thing than the field's name.
    """
    found = named_at(program, offset) if program is not None else None
    if found is not None and found.field is not None and found.span is not None:
        if found.key != found.field.name:
            raise Refused(f"`{found.key}` is the alias of `{found.field.name}`: change it in the model")
        if module.source.slice(found.span) != found.key:
            raise Refused(f"`{found.key}` is written in pieces here")
        field = field_at(program, module, offset)
        return Renaming(found.span, field, in_cel=True) if field is not None else None
    field = field_at(program, module, offset)
    return Renaming(field.place.span, field, in_cel=False) if field is not None else None


def named_by_cel(field: Field, sources: Sources) -> bool:
    """Whether a CEL string names the field, without which it is none of ours."""
    candidates = may_name(field, sources.texts, sources.importing)
    programs = (program for source in candidates if (program := sources.read(source)) is not None)
    return any(True for _ in _places(field, programs))


def rename(field: Field, new: str, sources: Sources) -> list[tuple[Source, list[Edit]]] | None:
    """The edits that rename a field everywhere; None when no CEL string names it, which makes it none of ours.

    Raises:
        Refused: the new name does not do, or some place cannot be told for certain.
    """
    if not named_by_cel(field, sources):
        return None
    if sources.lacks is not None:
        raise Refused(f"cannot find all uses of `{field.name}`: {sources.lacks}")
    programs = [program for source in sources.texts if (program := sources.read(source)) is not None]
    places = list(_places(field, programs))
    _check_name(field, new, [each.model for each in places])
    for program in programs:
        _check_unread(field, program)
    edits: dict[Source, dict[Edit, None]] = {}
    for each in places:
        if each.key == field.name:
            edits.setdefault(each.expression.value.source, {})[Edit(_span(each), new)] = None
    for source in sources.texts:
        module = sources.parse(source)
        resolver = sources.resolver(source)
        if source.path == field.place.source.path and is_typed_dict(field, module, resolver):
            raise Refused(f"`{field.name}` is a key of a `TypedDict`, which code names in strings")
        inputs = frozenset(_inputs(field, [each for each in programs if each.source.path == source.path]))
        for span, use in uses(field, module, resolver, inputs):
            if use is Use.UNCLEAR:
                raise Refused(f"{_where(source, span)}: cannot tell whether `{field.name}` is this field")
            edits.setdefault(module.source, {})[Edit(span, new)] = None
    return _by_file(edits)


def _places(field: Field, programs: Iterable[Program]) -> Iterator[Named]:
    for program in programs:
        for expression in program.expressions:
            yield from (each for each in named(expression) if field.is_of(each.field))


def _check_name(field: Field, new: str, models: Iterable[InputModel]) -> None:
    if not new.isidentifier() or keyword.iskeyword(new):
        raise Refused(f"`{new}` is no name in Python")
    if new.startswith("_"):
        raise Refused(f"`{new}` would be no field: models leave out names with an underscore in front")
    if new in _CEL_WORDS:
        raise Refused(f"`{new}` is a word of CEL's own")
    for model in models:
        if any(new == each.name or new in each.keys for each in model.fields if not field.is_of(each)):
            raise Refused(f"`{model.name}` already has a field `{new}`")


def _check_unread(field: Field, program: Program) -> None:
    """What CEL says of a field without a model that tells which one, and what Python puts together."""
    for expression in program.expressions:
        place = expression.place
        unknown = (place.sees_input and expression.input_model is None) or (
            place.sees_output and expression.output_model is None
        )
        if unknown and (part := _mentioned(expression, field.name)) is not None:
            raise Refused(f"{_where(part[0], part[1])}: cannot tell whether `{field.name}` is this field")
    for template in program.templates:
        sees_models = template.place.sees_input or template.place.sees_output
        if sees_models and field.name in program.source.slice(template.argument.span):
            raise Refused(f"{_where(program.source, template.argument.span)}: the expression is put together")


def _mentioned(expression: Expression, key: str) -> tuple[Source, Span] | None:
    for node in walk(expression.checked.tree):
        match node:
            case Select(field=name) if name == key and isinstance(node.operand, Name):
                return expression.value.source, expression.value.span
            case Index(index=Literal(value=value)) if value == key and isinstance(node.operand, Name):
                return expression.value.source, expression.value.span
    return None


def _span(place: Named) -> Span:
    source = place.expression.value.source
    span = place.span
    if span is None or source.slice(span) != place.key:
        where = _where(source, place.expression.value.span)
        raise Refused(f"{where}: `{place.key}` is written in pieces")
    return span


def _inputs(field: Field, programs: Iterable[Program]) -> Iterable[Span]:
    """The names of the parameters that are a model with the field."""
    for program in programs:
        for task in program.tasks:
            function, model = task.function, task.input_model
            if function is None or function.input_span is None or function.source is not program.source:
                continue
            if model is not None and any(field.is_of(each) for each in model.fields):
                yield function.input_span


def _where(source: Source, span: Span) -> str:
    return f"{source.path.name}:{source.position(span.start).row + 1}"


def _by_file(edits: dict[Source, dict[Edit, None]]) -> list[tuple[Source, list[Edit]]]:
    """One list for each file: a source can have been read more than once."""
    files: dict[object, tuple[Source, dict[Edit, None]]] = {}
    for source, each in edits.items():
        files.setdefault(source.path, (source, {}))[1].update(each)
    return [(source, sorted(found)) for source, found in files.values()]
