"""An expression in words."""

from __future__ import annotations

from hatchet_ls.languages.cron.schedule import Field, Item, Schedule, Unit


def describe(schedule: Schedule) -> str | None:
    """What an accepted expression means, such as "At 09:00, Monday through Friday"; without its time zone.

    None for one that is refused, and for one with a field that has no value.
    """
    if not schedule.accepted or not all(field.values for field in schedule.fields):
        return None
    fields = schedule.fields if schedule.has_seconds else schedule.fields[1:]
    return _sentence(" ".join(_plain(field) for field in fields))


def _sentence(expression: str) -> str | None:
    # Only hovers need it, and importing it takes longer than all else here.
    from cron_descriptor import ExpressionDescriptor, FormatError, MissingFieldError, Options

    options = Options(use_24hour_time_format=True, locale_code="en_US")
    try:
        return str(ExpressionDescriptor(expression, options).get_description())
    except (FormatError, MissingFieldError):
        return None


def _plain(field: Field) -> str:
    """A field in the words that every cron knows: no ``?``, no empty items, no signs or leading zeros."""
    if field.star:
        return "*"
    return ",".join(dict.fromkeys(_plain_item(item, field.unit) for item in field.items))


def _plain_item(item: Item, unit: Unit) -> str:
    if len(item.values) == 1:
        return str(item.low)
    if item.step == 1:
        return f"{item.low}-{item.high}"
    if (item.low, item.high) == (unit.low, unit.high):
        return f"*/{item.step}"
    return f"{item.low}-{item.high}/{item.step}"
