"""Hovers on durations: how long they are, and what the engine receives."""

from __future__ import annotations

import re
from datetime import timedelta

from hatchet_ls.hatchet.facts import Parameter
from hatchet_ls.hatchet.program import Argument, Known
from hatchet_ls.languages.duration import nanoseconds, why_refused
from hatchet_ls.languages.duration.sending import as_sent, received, whole_seconds
from hatchet_ls.languages.duration.words import in_words

_SENT_AS_TEXT = re.compile(r"\bDuration\b")
"""How the SDK annotates what it sends in the engine's syntax; other ``timedelta`` go as numbers."""


def about_duration(argument: Argument, parameter: Parameter) -> str | None:
    """A duration given to a parameter; None for other values, and for one that is not known."""
    if not _SENT_AS_TEXT.search(parameter.annotation):
        return None
    match argument.value:
        case Known(timedelta() as exact):
            sent = as_sent(exact)
            cut = "" if whole_seconds(exact) == exact else ", cut to whole seconds"
            return f"**{_words(exact)}**: the engine receives `{sent}`{cut}{_refusal(sent)}"
        case Known(str(text)):
            length = received(text)
            if length is None:
                return f"The engine refuses it: {why_refused(text)}"
            return f"**{_words(length)}**: the engine receives `{text}`"
    return None


def _words(length: timedelta) -> str:
    text = in_words(length)
    return text[0].upper() + text[1:]


def _refusal(sent: str) -> str:
    return "" if nanoseconds(sent) is not None else f", which it refuses: {why_refused(sent)}"
