"""Applying fixes: to a text, and to a file."""

from __future__ import annotations

import ast
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hatchet_ls.rules import Applicability, Finding
from hatchet_ls.text import Edit, apply_edits, combine

MAX_PASSES = 10


class FileChangedError(Exception):
    """A file is not what it was when it was read."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A text after fixes."""

    text: str
    applied: tuple[Finding, ...]
    """The findings whose fixes were applied, in the order of application."""
    edits: tuple[Edit, ...] = ()
    """What makes this of the text before."""
    broken: Finding | None = None
    """A finding whose fix would have broken the syntax of a file that was right: a fault of the rule. It and all
    fixes after it were left out."""


def applies(finding: Finding, *, unsafe: bool) -> bool:
    """Whether a finding has a fix that may be applied; one that is only for display never may."""
    if finding.fix is None or not finding.fix.edits:
        return False
    allowed = {Applicability.SAFE, Applicability.UNSAFE} if unsafe else {Applicability.SAFE}
    return finding.fix.applicability in allowed


def fix_text(text: str, analyse: Callable[[str], Sequence[Finding]], *, unsafe: bool = False) -> Fixed:
    """Apply fixes, look again, and so on until nothing is left to apply, at most ``MAX_PASSES`` times.

    In one pass the fixes are taken in the order of their findings; one that meets an edit of an earlier one waits
    for the next pass.
    """
    applied: list[Finding] = []
    passes: list[list[Edit]] = []
    broken: Finding | None = None
    before = text
    seen = {text}
    for _ in range(MAX_PASSES):
        chosen = _compatible([finding for finding in analyse(text) if applies(finding, unsafe=unsafe)])
        edits = _edits(chosen)
        following = apply_edits(text, edits)
        if following in seen:
            break
        if _is_python(text) and not _is_python(following):
            broken = _breaker(text, chosen)
            break
        applied += chosen
        passes.append(edits)
        text = following
        seen.add(text)
    return Fixed(text, tuple(applied), combine(before, passes), broken)


def _compatible(findings: Sequence[Finding]) -> list[Finding]:
    """The findings whose fixes can be applied together. An edit that two fixes share (an import) counts once."""
    chosen: list[Finding] = []
    taken: set[Edit] = set()
    for finding in findings:
        edits = set(_edits([finding])) - taken
        if not any(edit.span.touches(other.span) for edit in edits for other in taken):
            chosen.append(finding)
            taken |= edits
    return chosen


def _edits(findings: Sequence[Finding]) -> list[Edit]:
    return [edit for finding in findings if finding.fix is not None for edit in finding.fix.edits]


def _breaker(text: str, chosen: Sequence[Finding]) -> Finding:
    """The fix to blame: the first that breaks the text by itself, or else the first."""
    return next((each for each in chosen if not _is_python(apply_edits(text, _edits([each])))), chosen[0])


def _is_python(text: str) -> bool:
    """Whether the Python that runs this can parse the text."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return True


def write_atomically(path: Path, expected: bytes, data: bytes) -> None:
    """Replace a file's content in one step, keeping its mode; a symlink stays and its target is replaced.

    Raises:
        FileChangedError: the file does not hold ``expected`` any more.
        OSError: it cannot or may not be written. The file is then as it was.
    """
    target = Path(os.path.realpath(path))
    # Where its directory may be written, so may the new file, and the old one's mode would be passed over.
    target.open("r+b").close()
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(target, temporary)
        if target.read_bytes() != expected:
            raise FileChangedError(str(path))
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
