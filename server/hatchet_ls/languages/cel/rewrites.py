"""Whole texts that are no CEL, and the CEL that they may be meant for: templates, f-strings, Python's conditions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hatchet_ls.languages.cel.literals import quote
from hatchet_ls.text.typed import NamedTuple

_LONGEST = 2_000
"""No one writes a longer template by hand."""

_WHOLE_HOLE = re.compile(r"\s*(?:\{\{|\$\{|\{)([^{}]+)(?:\}\}|\})\s*")
_HOLE = re.compile(r"\$?\{\{?([^{}]+)\}\}?")
_F_STRING = re.compile(r"""\s*[fF](['"])([^'"\\]*)\1\s*""")
_PLAIN = re.compile(r"[\w:/.|#\-]*")
_PYTHON_CONDITION = re.compile(r"(?P<then>.+?)\s+if\s+(?P<condition>.+?)\s+else\s+(?P<otherwise>.+)", re.DOTALL)
_ROOT = re.compile(r"(?<![\w.'\"])\$\.(?=[A-Za-z_])")


class Rewrite(NamedTuple):
    """A text that may be meant, and what to say about the one that was written, if that is plain."""

    text: str
    message: str = ""
    wants_bool: bool = False
    """Whether it begins with a condition, which Python takes of any type and CEL only as a boolean."""


def rewrites(text: str) -> Iterator[Rewrite]:
    """Texts that may be meant, the likeliest first. Whether they are accepted is for the caller to see."""
    if len(text) > _LONGEST:
        return
    whole = _WHOLE_HOLE.fullmatch(text)
    if whole is not None:
        yield Rewrite(whole[1].strip(), "the expression is evaluated as it is: it needs no braces around it")
    without_root = _ROOT.sub("", text)
    if without_root != text:
        yield Rewrite(without_root)
    formatted = _F_STRING.fullmatch(text)
    if formatted is not None:
        yield Rewrite(_concatenated(formatted[2]), "CEL has no f-strings: join the parts with `+`")
    elif _HOLE.search(text) and _PLAIN.fullmatch(_HOLE.sub("", text)):
        yield Rewrite(_concatenated(text), "CEL fills in no templates: join the parts with `+`")
    condition = _PYTHON_CONDITION.fullmatch(text.strip())
    if condition is not None:
        text = f"{condition['condition']} ? {condition['then']} : {condition['otherwise']}"
        yield Rewrite(text, wants_bool=True)


def _concatenated(template: str) -> str:
    """A template's text and holes, joined with ``+``."""
    parts: list[str] = []
    end = 0
    for hole in _HOLE.finditer(template):
        if template[end : hole.start()]:
            parts.append(quote(template[end : hole.start()]))
        parts.append(hole[1].strip())
        end = hole.end()
    if template[end:] or not parts:
        parts.append(quote(template[end:]))
    return " + ".join(parts)
