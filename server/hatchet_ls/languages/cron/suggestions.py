"""What is meant by what the engine refuses."""

from __future__ import annotations

import re

from hatchet_ls.languages.cron.schedule import DAY, HOUR, MINUTE, MONTH, SECOND, WEEKDAY, Unit
from hatchet_ls.text.typed import NamedTuple

DESCRIPTORS = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
"""Words for expressions, as other crons know them."""
_WORDS = {
    "every year": "@yearly",
    "every month": "@monthly",
    "every week": "@weekly",
    "every day": "@daily",
    "every hour": "@hourly",
}
# Patterns of what few texts are: compiled when one is read.
_EVERY = r"(?ai)@?every\s+(?P<count>[0-9]{1,2})?\s*(?P<unit>s|m|h)[a-z]*"
_EVERY_WORDS = r"(?ai)s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?"
_STEPS = {
    "s": (60, "*/{} * * * * *", "* * * * * *", "* * * * *"),
    "m": (60, "*/{} * * * *", "* * * * *", "0 * * * *"),
    "h": (24, "0 */{} * * *", "0 * * * *", "0 0 * * *"),
}
"""How many make the next bigger unit; every n-th, every one, and every so many."""
_NUMBER_ITEM = r"(?P<low>[0-9]{1,2})(?:-(?P<high>[0-9]{1,2}))?(?:/(?P<step>[0-9]{1,2}))?"
_MOST_VALUES = 12
_CLOCK = (SECOND, MINUTE, HOUR)


class Suggestion(NamedTuple):
    """What to write instead."""

    content: str
    certain: bool


def for_expression(text: str) -> Suggestion | None:
    """What a word or phrase stands for: ``@daily``, ``every 5 minutes``."""
    phrase = " ".join(text.lower().split())
    expression = DESCRIPTORS.get(phrase)
    if expression is not None:
        return Suggestion(expression, True)
    expression = DESCRIPTORS.get(_WORDS.get(phrase, "@" + phrase))
    if expression is not None:
        return Suggestion(expression, False)
    found = re.fullmatch(_EVERY, phrase)
    if found is None or not re.fullmatch(_EVERY_WORDS, phrase[found.start("unit") :]):
        return None
    whole, stepped, single, rounded = _STEPS[found["unit"]]
    count = int(found["count"] or 1)
    if count == 0 or whole % count:
        return None
    # `@every` counts from a start, an expression from the full minute, hour or day.
    return Suggestion({1: single, whole: rounded}.get(count, stepped.format(count)), False)


def for_item(text: str, unit: Unit) -> Suggestion | None:
    """What one item of a field stands for: ``Monday``, ``7``, ``FRI-MON``, ``/5``."""
    if re.fullmatch(r"/[0-9]{1,2}", text, re.ASCII):
        return Suggestion("*" + text, True)
    if re.fullmatch(r"\*[0-9]{1,2}", text, re.ASCII):
        return Suggestion(f"*/{text[1:]}", False)
    if text == "*/0":
        return Suggestion("*", False)
    if unit.names and re.search("[^0-9/*?+-]", text):
        return _names(text, unit)
    found = re.fullmatch(_NUMBER_ITEM, text)
    if found is None:
        return None
    low, step = int(found["low"]), int(found["step"] or 1)
    high = int(found["high"]) if found["high"] is not None else None
    if step == 0:
        return None
    if unit is WEEKDAY and 7 in (low, high):
        return _sundays(low, high, step, found["step"] is not None)
    if high is None:
        past_end = unit in _CLOCK and low == unit.high + 1
        return Suggestion("0" + text[len(found["low"]) :], False) if past_end else None
    if low > high and unit.low <= high and low <= unit.high:
        return _wrapped(low, high, step, unit, str(low), str(high), certain=False)
    if unit in (DAY, MONTH) and low == 0 and unit.low <= high <= unit.high and step == 1:
        return Suggestion(f"{unit.low}-{high}", False)
    if low <= unit.high and high == unit.high + 1:
        suffix = f"/{step}" if step > 1 else ""
        return Suggestion(f"{low}-{unit.high}{suffix}", False)
    return None


def _names(text: str, unit: Unit) -> Suggestion | None:
    """Full names become three letters, and a range over the end of the week or year becomes two."""
    bounds, slash, step = text.partition("/")
    parts = bounds.split("-")
    short = [part if part.isdecimal() else _short(part, unit) for part in parts]
    if len(parts) > 2 or any(part is None for part in short):
        return None
    names = [part for part in short if part is not None]
    if len(names) == 2:
        low, high = (int(name) if name.isdecimal() else unit.names[name.lower()] for name in names)
        if unit is WEEKDAY and high == 7:
            high = 0
        if low > high:
            if slash and not re.fullmatch("[0-9]{1,2}", step, re.ASCII):
                return None
            return _wrapped(low, high, int(step or 1), unit, *names, certain=True)
    return Suggestion("-".join(names) + slash + step, True)


def _short(text: str, unit: Unit) -> str | None:
    """The three letters of a name that is written in full, in the plural or cut elsewhere: ``tues``, ``Mondays``."""
    word = text.lower().removesuffix(".")
    if word in unit.names:
        return text.removesuffix(".")
    candidates = {word, word.removesuffix("s")} if len(word) > 3 else {word}
    found = [name for name in unit.full_names if any(len(each) > 1 and name.startswith(each) for each in candidates)]
    if len(found) != 1:
        return None
    return found[0][:3].upper()


def _sundays(low: int, high: int | None, step: int, stepped: bool) -> Suggestion | None:
    """Weekdays of crons in which Sunday is 7 as well as 0."""
    if high is None:
        return Suggestion("0", True) if not stepped else None
    if low == 7:
        if step > 1 or high > 7:
            return None
        return Suggestion("0" if high in (0, 7) else f"0-{high}", True)
    days = [day % 7 for day in range(low, 8, step)]
    if step == 1 and low <= 1:
        return Suggestion("0-6", True)
    if step == 1:
        return Suggestion(f"{low}-6,0" if low < 6 else "6,0", True)
    return Suggestion(",".join(str(day) for day in dict.fromkeys(days)), True)


def _wrapped(low: int, high: int, step: int, unit: Unit, first: str, last: str, *, certain: bool) -> Suggestion | None:
    """A range that goes over the end, as two ranges; with a step, as a list when that is short."""
    if step == 0:
        return None
    if step > 1:
        size = unit.high - unit.low + 1
        values = [unit.low + (value - unit.low) % size for value in range(low, high + size + 1, step)]
        return Suggestion(",".join(map(str, values)), certain) if len(values) <= _MOST_VALUES else None
    named = not first.isdecimal()
    by_value = {value: name if first.islower() else name.upper() for name, value in unit.names.items()}
    end = by_value[unit.high] if named else str(unit.high)
    start = by_value[unit.low] if named else str(unit.low)
    before = first if low == unit.high else f"{first}-{end}"
    after = (by_value[unit.low] if named else str(unit.low)) if high == unit.low else f"{start}-{last}"
    return Suggestion(f"{before},{after}", certain)
