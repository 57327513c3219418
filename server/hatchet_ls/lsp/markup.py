"""Markdown, and what it is for clients that show text as it is."""

from __future__ import annotations

import re

from lsprotocol import types

_LINK = re.compile(r"\[(?P<text>[^\]]*)\]\((?P<url>[^)\s]*)\)")
_MARKS = re.compile(r"(?P<tick>`+)(?P<code>.+?)(?P=tick)|\*\*(?P<strong>.+?)\*\*|^#+ (?P<heading>.*)$", re.MULTILINE)


def markup(markdown: str, rendered: bool) -> types.MarkupContent:
    """Markdown for a client, as it is or (unless it is ``rendered``) without its marks."""
    if rendered:
        return types.MarkupContent(types.MarkupKind.Markdown, markdown)
    return types.MarkupContent(types.MarkupKind.PlainText, plain(markdown))


def plain(markdown: str) -> str:
    """Markdown without its marks. What stands in fences stays untouched."""
    parts = re.split(r"^```.*\n", markdown, flags=re.MULTILINE)
    return "".join(part if index % 2 else _plain_prose(part) for index, part in enumerate(parts)).strip()


def _plain_prose(text: str) -> str:
    text = _LINK.sub(r"\g<text>: \g<url>", text)
    return _MARKS.sub(lambda mark: mark["code"] or mark["strong"] or mark["heading"] or "", text)
