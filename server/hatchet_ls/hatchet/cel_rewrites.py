"""Whole texts that are no CEL, and the CEL that they may be meant for: templates, f-strings, Python's conditions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hatchet_ls.languages.cel.literals import quote
from hatchet_ls.languages.cel.problems import Rewrite

_LONGEST = 2_000
"""No one writes a longer template by hand."""

# Patterns are compiled when the first text is read that is no CEL.
_WHOLE_HOLE = r"\s*(?:\{\{|\$\{|\{)([^{}]+)(?:\}\}|\})\s*"
_HOLE = r"\$?\{\{?([^{}]+)\}\}?"
_F_STRING = r"""\s*[fF](['"])([^'"\\]*)\1\s*"""
_PLAIN = r"[\w:/.|#\-]*"
_CONDITION = r"(?s)(?P<then>.+?)\s+if\s+(?P<condition>.+?)\s+else\s+(?P<otherwise>.+)"
_ROOT = r"(?<![\w.'\"])\$\.(?=[A-Za-z_])"


def rewrites(text: str) -> Iterator[Rewrite]:
    """Texts that may be meant, the likeliest first. Whether they are accepted is for the caller to see."""
    if len(text) > _LONGEST:
        return
    whole = re.fullmatch(_WHOLE_HOLE, text)
    if whole is not None:
        yield Rewrite(whole[1].strip(), "the expression is evaluated as it is: it needs no braces around it")
    without_root = re.sub(_ROOT, "", text)
    if without_root != text:
        yield Rewrite(without_root)
    formatted = re.fullmatch(_F_STRING, text)
    if formatted is not None:
        yield Rewrite(_concatenated(formatted[2]), "CEL has no f-strings: join the parts with `+`")
    elif re.search(_HOLE, text) and re.fullmatch(_PLAIN, re.sub(_HOLE, "", text)):
        yield Rewrite(_concatenated(text), "CEL fills in no templates: join the parts with `+`")
    condition = re.fullmatch(_CONDITION, text.strip())
    if condition is not None:
        text = f"{condition['condition']} ? {condition['then']} : {condition['otherwise']}"
        yield Rewrite(text, wants_bool=True)


def _concatenated(template: str) -> str:
    """A template's text and holes, joined with ``+``."""
    parts: list[str] = []
    end = 0
    for hole in re.finditer(_HOLE, template):
        if template[end : hole.start()]:
            parts.append(quote(template[end : hole.start()]))
        parts.append(hole[1].strip())
        end = hole.end()
    if template[end:] or not parts:
        parts.append(quote(template[end:]))
    return " + ".join(parts)
