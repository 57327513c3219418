"""An expression in words."""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.languages.cron.schedule import Field, Item, Schedule, Unit


def describe(schedule: Schedule) -> str | None:
    """What an accepted expression means, such as "At 09:00, Monday through Friday"; without its time zone.

    None for one that is refused, and for one with a field that has no value.
    """
    if not schedule.accepted or not all(field.values for field in schedule.fields):
        return None
    plain = [_plain(field) for field in schedule.fields]
    days, weekdays = schedule.fields[3], schedule.fields[5]
    if not (days.star or weekdays.star) and "*" in (plain[3], plain[5]):
        plain[3] = plain[5] = "*"  # either of them decides, and one is any day
    return _sentence(" ".join(plain if schedule.has_seconds else plain[1:]))


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
    if field.star or len(field.values) == field.unit.high - field.unit.low + 1:
        return "*"
    if len(field.items) == 1 and not field.unit.names:
        return _plain_item(field.items[0], field.unit)
    return ",".join(_runs(sorted(field.values)))


def _plain_item(item: Item, unit: Unit) -> str:
    if len(item.values) == 1:
        return str(item.low)
    if item.step == 1:
        return f"{item.low}-{item.high}"
    if item.high == unit.high:
        return f"{'*' if item.low == unit.low else item.low}/{item.step}"
    return f"{item.low}-{item.high}/{item.step}"


def _runs(values: list[int]) -> Iterator[str]:
    """Numbers, three and more in a row as a range."""
    start = 0
    for index in range(1, len(values) + 1):
        if index < len(values) and values[index] == values[index - 1] + 1:
            continue
        run = values[start:index]
        yield from [f"{run[0]}-{run[-1]}"] if len(run) > 2 else map(str, run)
        start = index
