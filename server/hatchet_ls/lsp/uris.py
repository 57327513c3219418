"""Documents' URIs and the files behind them."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

_DRIVE = re.compile(r"/[A-Za-z]:(?=/|$)")

PAST_VERSIONS = frozenset({"git", "gitfs", "gitlens", "gitlens-git", "hg", "svn", "vscode-local-history"})
"""Schemes of a file's past versions, as editors show them beside the present one. What they say is history."""


def key_of(uri: str) -> str:
    """What is equal for two spellings of one URI (``c%3A`` and ``c:``, also ``C:``)."""
    decoded = unquote(uri)
    return re.sub(r"^(file:///)([A-Za-z])(?=:)", lambda match: match[1] + match[2].lower(), decoded)


def scheme_of(uri: str) -> str:
    """``file``, ``untitled``, ``git`` …, in lower case."""
    return uri.partition(":")[0].lower()


def path_of(uri: str) -> Path | None:
    """The file that a URI names; None if it names none."""
    path = file_path(uri, windows=os.name == "nt")
    return None if path is None else Path(path)


def file_path(uri: str, *, windows: bool) -> str | None:
    """The path that a ``file`` URI names, in the words of the operating system; None for other schemes."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    if parts.scheme != "file":
        return None
    path = unquote(parts.path)
    if parts.netloc not in ("", "localhost"):
        path = f"//{unquote(parts.netloc)}{path}"
    if not windows:
        return path
    if _DRIVE.match(path):
        path = path[1:]
    return path.replace("/", "\\")


def uri_of(path: Path) -> str:
    """The URI of a file."""
    return path.absolute().as_uri()
