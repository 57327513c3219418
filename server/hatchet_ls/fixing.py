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
    """A finding whose fix would have broken what Python took before: a fault of the rule. It alone was left out."""


def applies(finding: Finding, *, unsafe: bool) -> bool:
    """Whether a finding has a fix that may be applied; one that is only for display never may."""
    if finding.fix is None or not finding.fix.edits:
        return False
    allowed = {Applicability.SAFE, Applicability.UNSAFE} if unsafe else {Applicability.SAFE}
    return finding.fix.applicability in allowed


def fix_text(text: str, analyse: Callable[[str], Sequence[Finding]], *, unsafe: bool = False) -> Fixed:
    """Apply fixes, look again, and so on until nothing is left to apply, at most ``MAX_PASSES`` times.

    In one pass the fixes are taken in the order of their findings; one that meets an edit of an earlier one waits
    for the next pass, and so does one that would break what Python takes.
    """
    applied: list[Finding] = []
    passes: list[list[Edit]] = []
    before = text
    seen = {text}
    for _ in range(MAX_PASSES):
        offered = _compatible([finding for finding in analyse(text) if applies(finding, unsafe=unsafe)])
        chosen = _harmless(text, offered)
        broken = next((finding for finding in offered if finding not in chosen), None)
        edits = _edits(chosen)
        following = apply_edits(text, edits)
        if following in seen:
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


def _harmless(text: str, findings: Sequence[Finding]) -> list[Finding]:
    """The findings whose fixes, together, leave the text no worse than it is."""
    sound = _soundness(text) if findings else None
    if sound is None or _soundness(apply_edits(text, _edits(findings))) >= sound:
        return list(findings)
    chosen: list[Finding] = []
    for finding in findings:
        if _soundness(apply_edits(text, _edits([*chosen, finding]))) >= sound:
            chosen.append(finding)
    return chosen


def _soundness(text: str) -> tuple[bool, int, bool]:
    """How much of a text the Python that runs this takes: the more, the greater.

    Whether it parses; how many keywords are repeated (parsing lets them pass); whether all of it compiles, which it
    need not: a cell of a notebook may ``await``.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False, 0, False
        repeated = -sum(_repeated(node) for node in ast.walk(tree) if isinstance(node, ast.Call))
        try:
            compile(tree, "<text>", "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return True, repeated, False
    return True, repeated, True


def _repeated(call: ast.Call) -> int:
    names = [keyword.arg for keyword in call.keywords if keyword.arg is not None]
    return len(names) - len(set(names))


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
