"""What can stand at a place in a CEL or cron string."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hatchet_ls.assist.cel_keys import patterns, whole_keys
from hatchet_ls.assist.completion import Completion, Kind
from hatchet_ls.hatchet.crons import crons
from hatchet_ls.hatchet.program import Expression, Program
from hatchet_ls.hatchet.strings import Text
from hatchet_ls.languages import cel
from hatchet_ls.languages.cel.completion import Item
from hatchet_ls.languages.cel.completion import complete as complete_cel
from hatchet_ls.languages.cron.created import check_created
from hatchet_ls.languages.cron.presets import PRESETS
from hatchet_ls.text import Edit, Span

_HERE = "$0"
_LINE_END = re.compile(r"[\r\n]")


def complete_string(program: Program, offset: int) -> Iterator[Completion]:
    """What can stand at an offset that is in a string of the program's source."""
    for expression in program.expressions:
        text = Text(expression.value, expression.argument.span, expression.call.source)
        place = _place(text, program, offset)
        if place is not None:
            # With literals side by side, what is to be replaced may be in the one before, where no cursor is.
            yield from (
                each
                for each in _in_cel(expression, text, place)
                if each.span.start <= offset <= each.span.end and not _LINE_END.search(program.source.slice(each.span))
            )
            return
    for call in program.calls:
        for cron in crons(call):
            if _place(cron.expression, program, offset) is not None:
                yield from _in_cron(cron.expression, offset, created=cron.created)
                return


def _place(text: Text, program: Program, offset: int) -> int | None:
    """The offset in a string's value, when the source writes that string there."""
    if text.value.source is not program.source or text.written is None:
        return None
    return text.written.offset(offset)


def _in_cel(expression: Expression, text: Text, place: int) -> Iterator[Completion]:
    record = expression.input_record
    if not text.text.strip():
        whole = Span(place, place)
        for key, description in whole_keys(expression.place, record):
            yield from _offer(text, whole, key, key, Kind.FIELD, "string", description)
        for pattern in patterns(expression.place):
            yield from _offer(text, whole, pattern.label, pattern.snippet, Kind.SNIPPET, pattern.meaning, "")
    environment = cel.ENVIRONMENTS[expression.place.environment]
    offered = complete_cel(
        text.text,
        place,
        environment,
        input_type=record,
        output_type=expression.output_record,
        hollow=expression.place.hollow,
    )
    for item in offered:
        yield from _offer(text, item.span, item.label, item.insert, _kind(item), item.detail, item.text)


def _kind(item: Item) -> Kind:
    return Kind(item.kind.value)


def _offer(
    text: Text, part: Span, label: str, insert: str, kind: Kind, detail: str, documentation: str
) -> Iterator[Completion]:
    """A completion that the string's own literal can take, with the escapes that it needs there."""
    fills_in = kind is Kind.SNIPPET or _HERE in insert
    plain = insert.partition(_HERE)[0] if fills_in else insert
    edit = text.replace(part.start, part.end, insert if kind is Kind.SNIPPET else plain)
    if edit is None:
        return
    if kind is Kind.SNIPPET:
        yield Completion(label, kind, edit.span, None, detail, documentation, edit.content.replace("\\", "\\\\"))
    else:
        yield Completion(label, kind, edit.span, edit.content, detail, documentation, insert if fills_in else None)


def _in_cron(text: Text, offset: int, *, created: bool) -> Iterator[Completion]:
    for preset in PRESETS:
        if created and check_created(preset.expression):
            continue
        # What is blank stays, for some of it may stand there only to have something to ask about.
        blank = Edit(Span(offset, offset), preset.expression) if not text.text.strip() else None
        edit = blank or text.replace(0, len(text.text), preset.expression)
        if edit is not None and not _LINE_END.search(text.source.slice(edit.span)):
            yield Completion(preset.expression, Kind.VALUE, edit.span, edit.content, f"{preset.meaning} (UTC)")
