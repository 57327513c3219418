"""Unified diffs that ``git apply`` and ``patch`` take."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from hatchet_ls.python.reading import Decoded

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def unified_diff(name: str, before: Decoded, after: str) -> bytes:
    """The difference in the file's own encoding; nothing when there is none."""
    old, new = (_LINE.findall(text) for text in (before.text, after))
    return b"".join(_encoded(difflib.unified_diff(old, new, name, name), before.encoding))


def _encoded(lines: Iterator[str], encoding: str) -> Iterator[bytes]:
    for line in lines:
        if line.endswith("\n"):
            yield line.encode(encoding, "backslashreplace")
        else:
            yield line.encode(encoding, "backslashreplace") + b"\n\\ No newline at end of file\n"
