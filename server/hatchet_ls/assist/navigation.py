"""From the fields that CEL strings name to the models' definitions, and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from hatchet_ls.assist.fields import named_at, named_in
from hatchet_ls.hatchet.models import ModelField
from hatchet_ls.hatchet.program import Program
from hatchet_ls.python.parse import Module, Node
from hatchet_ls.text import Source, Span

_ALIAS = re.compile(r"""alias\s*=\s*["']([^"'\\]+)["']""")
_STRING = re.compile(
    r"""
    \#[^\n]*
    | \"{3} (?: \\. | [^\\] )*? (?: \"{3} | \Z )
    | \'{3} (?: \\. | [^\\] )*? (?: \'{3} | \Z )
    | \" (?: \\. | [^\\"\n] )* \"
    | \' (?: \\. | [^\\'\n] )* \'
    """,
    re.VERBOSE | re.DOTALL,
)
"""Comments, too, in which quotes begin nothing."""
Importing = Callable[[Collection[Path], Sequence[Source]], Sequence[Source]]
"""Which of some sources are, or import, one of some files."""


class Place(NamedTuple):
    """A place in a source."""

    source: Source
    span: Span


class Definition(NamedTuple):
    """Where something is defined that is named at a place."""

    name: Span
    """What names it, in the source that was asked about."""
    target: Place


class Field(NamedTuple):
    """A field by its definition, however it was come by."""

    name: str
    keys: tuple[str, ...]
    """What CEL may call it."""
    place: Place

    def is_of(self, field: ModelField | None) -> bool:
        """Whether a model's field is this one, be it from another reading of the same text."""
        return (
            field is not None
            and field.name == self.name
            and field.source.path == self.place.source.path
            and field.name_span == self.place.span
        )


def definition(program: Program, offset: int) -> Definition | None:
    """Where the field is defined that a CEL string names at an offset; for ``input`` the model."""
    found = named_at(program, offset)
    if found is None or found.span is None:
        return None
    target = found.field
    place = (
        Place(target.source, target.name_span) if target is not None else Place(found.model.source, found.model.span)
    )
    return Definition(found.span, place)


def field_at(program: Program | None, module: Module, offset: int) -> Field | None:
    """The field at an offset: one that a CEL string names, or one that a class of the module may define there."""
    found = named_at(program, offset) if program is not None else None
    if found is not None:
        field = found.field
        return Field(field.name, field.keys, Place(field.source, field.name_span)) if field is not None else None
    leaf = _annotated(module, offset)
    if leaf is None:
        return None
    keys = (leaf.value, *_ALIAS.findall(module.text(leaf.parent)))
    return Field(leaf.value, keys, Place(module.source, module.span(leaf)))


def may_name(field: Field, sources: Sequence[Source], importing: Importing) -> Sequence[Source]:
    """Those of some sources whose programs may have CEL strings that name a field, told without reading the programs.

    Such a program sees the class, and a string in which one of the field's names stands as CEL has it.
    """
    # However a generated alias writes it: `user_id` is `userId`, too.
    names = "|".join(re.escape(key).replace("_", "_?") for key in field.keys)
    name = re.compile(rf"""[.`"'][\s\\]*(?:{names})(?!\w)""", re.IGNORECASE)
    strings = {source.path for source in sources if _in_strings(name, source.text)}
    return importing(strings, importing({field.place.source.path}, sources)) if strings else ()


def _in_strings(pattern: re.Pattern[str], text: str) -> bool:
    # Few texts have it anywhere, which is much faster to tell.
    if pattern.search(text) is None:
        return False
    return any(each[0] != "#" and pattern.search(each) for each in _STRING.findall(text))


def references(field: Field, programs: Iterable[Program]) -> Iterator[Place]:
    """Where the CEL strings of programs name a field; each place once."""
    seen: set[tuple[object, Span]] = set()
    for program in programs:
        for each in named_in(program):
            source = each.expression.value.source
            if each.span is not None and field.is_of(each.field) and (source.path, each.span) not in seen:
                seen.add((source.path, each.span))
                yield Place(source, each.span)


def _annotated(module: Module, offset: int) -> Node | None:
    """The name that an annotation directly in a class's body declares at an offset."""
    position = module.source.position(offset)
    leaf = module.tree.get_leaf_for_position((position.row + 1, position.column), include_prefixes=True)
    candidates = [leaf, leaf.get_previous_leaf()] if leaf is not None else []
    for each in candidates:
        if each is None or each.type != "name" or not module.span(each).touches(Span(offset, offset)):
            continue
        statement = each.parent
        declares = (
            statement is not None
            and statement.type == "expr_stmt"
            and statement.children[0] is each
            and getattr(statement.children[1], "type", "") == "annassign"
        )
        if declares and module.scopes.of(each).is_class:
            return each
    return None
