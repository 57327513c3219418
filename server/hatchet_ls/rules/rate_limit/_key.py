"""What is known of the two keys of a ``RateLimit``."""

from __future__ import annotations

from hatchet_ls.hatchet.program import Call, Known

KEYS = ("static_key", "dynamic_key")


def is_judged(call: Call) -> bool:
    """Whether a finding can be certain: the SDK's own class, all by keyword, no failure expected here."""
    by_keyword = all(argument.keyword_span is not None for argument in call.arguments)
    return by_keyword and call.overridden is None and not call.guarded


def is_absent(call: Call, name: str) -> bool:
    """Whether a field is certainly not set: not passed, or ``None``, ``0`` or ``""``, which count the same."""
    argument = call.argument(name)
    if not argument.written:
        return call.omits(name)
    return isinstance(argument.value, Known) and not argument.value.value


def known_text(call: Call, name: str) -> str | None:
    """The field's text when it is certainly a non-empty string, else None."""
    match call.argument(name).value:
        case Known(str(text)) if text:
            return text
    return None
