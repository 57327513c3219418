"""CEL expressions that people often want, by the place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from hatchet_ls.hatchet import cel_places as places
from hatchet_ls.hatchet.cel_places import Place
from hatchet_ls.languages.cel.demands import Demand
from hatchet_ls.languages.cel.types import STRING, Record


class Pattern(NamedTuple):
    """An expression with places to fill in, as snippets write them."""

    label: str
    snippet: str
    meaning: str


_TEXTS = (
    Pattern("'prefix:' + input.…", "'${1:prefix}:' + input.${2:user_id}", "A field with a prefix"),
    Pattern(
        "has(input.…) ? input.… : 'default'",
        "has(input.${1:tenant}) ? input.${1:tenant} : '${2:default}'",
        "A field that may be missing",
    ),
    Pattern("string(int(input.…))", "string(int(input.${1:id}))", "A whole number as a key"),
)
_METADATA = Pattern("additional_metadata['…']", "additional_metadata['${1:tenant}']", "From the run's metadata")
_NUMBERS = (
    Pattern("int(input.…)", "int(input.${1:tokens})", "A number from the input"),
    Pattern("input.… == '…' ? 10 : 1", "input.${1:tier} == '${2:pro}' ? ${3:10} : ${4:1}", "One number or the other"),
)
_BY_PLACE = {
    places.PARENT_CONDITION: (
        Pattern("output.… == …", "output.${1:ok} == ${2:true}", "A field of the parent's output"),
    ),
    places.WEBHOOK_KEY: (
        Pattern("'…:' + headers['…']", "'${1:github}:' + headers['${2:x-github-event}']", "From a header"),
        Pattern("'…:' + input.…", "'${1:stripe}:' + input.${2:type}", "From the body"),
    ),
    places.WEBHOOK_SCOPE: (Pattern("input.…", "input.${1:tenant}", "From the body"),),
}
_EQUALS = Pattern("input.… == '…'", "input.${1:status} == '${2:done}'", "A field of the event's payload")
_MATCHES = Pattern(
    "input.… == payload.…", "input.${1:user_id} == payload.${1:user_id}", "A field of the event as the filter wants it"
)


def patterns(place: Place) -> Iterator[Pattern]:
    """Common expressions for a place, likeliest first."""
    own = _BY_PLACE.get(place)
    if own is not None:
        yield from own
    elif place.result is Demand.STRING:
        yield from _TEXTS
        yield _METADATA
    elif place.result is Demand.NUMBER:
        yield from _NUMBERS
    else:
        yield _EQUALS
        if place.environment == "event":
            yield _MATCHES


def whole_keys(place: Place, record: Record | None) -> Iterator[tuple[str, str]]:
    """Fields of the input that are good keys as they are, with what is said of them."""
    if place.result is Demand.STRING and record is not None:
        for name, field in record.fields.items():
            if field.type is STRING and not field.optional and name.isidentifier():
                yield f"input.{name}", field.description
