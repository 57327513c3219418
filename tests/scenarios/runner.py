"""Runs a case through the engine and the editor, and says what is not as the case tells it."""

from __future__ import annotations

import ast
import io
import tokenize
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scenarios.document import Case
from scenarios.editor import Editor
from scenarios.engine import Engine
from scenarios.findings import Place
from scenarios.marks import disagreements
from scenarios.workspaces import write_files, write_workspace


@dataclass
class Runner:
    """Has what all cases share."""

    engine: Engine
    editor: Editor

    def problems(self, case: Case, folder: Path, environment: Path | None = None) -> list[str]:
        """What is wrong with a case, in words; empty when the engine and the editor do just what it tells.

        ``folder`` must be new, and lie in the engine's workspace.
        """
        places = write_workspace(case, folder, environment)
        found = self.engine.check(places)
        problems = [
            f"{file.path}: {problem}"
            for file in case.files
            for problem in disagreements(file.marks, [place for place in found if place.filename == file.path])
        ]
        problems += differences("the editor", found, self.editor.check(folder, places))
        return problems + self._problems_of_fixes(case, folder, places)

    def _problems_of_fixes(self, case: Case, folder: Path, places: Mapping[str, Path]) -> list[str]:
        before = {path: file.read_text(encoding="utf-8") for path, file in places.items()}
        after, without_fix = self.engine.fix(places, case.rule), self.engine.left(places, case.rule)
        problems = [f"{path}: fixed: {problem}" for path in before for problem in broken(before[path], after[path])]
        if case.has_fixed:
            problems += unlike(case, after)
            in_editor = self.editor.fix(folder, places, case.rule)
            problems += [f"the editor's fixes of {path} differ" for path in after if in_editor[path] != after[path]]
        write_files(after, folder)
        left = Counter(place.message for place in self.engine.check(places) if place.rule == case.rule) - without_fix
        problems += [f"fixed, but it still says: {message}" for message in left]
        if self.engine.fix(places, case.rule) != after:
            problems.append("fixing the fixed text changes it again")
        write_files(before, folder)
        return problems


def differences(door: str, expected: list[Place], found: list[Place]) -> list[str]:
    """Where a door does not show what the engine finds."""
    missing, added = Counter(expected) - Counter(found), Counter(found) - Counter(expected)
    return [f"{door} does not show {place}" for place in missing] + [f"{door} alone shows {place}" for place in added]


def unlike(case: Case, texts: Mapping[str, str]) -> list[str]:
    """The files that are not as their ``fixed`` block says; a file without one stays as it is."""
    problems: list[str] = []
    for file in case.files:
        wanted = file.text if file.fixed is None else file.fixed
        if texts[file.path] != wanted:
            problems.append(f"{file.path}: fixed to\n{texts[file.path]}\ninstead of\n{wanted}")
    return problems


def broken(before: str, after: str) -> list[str]:
    """What a fix must never do: break the syntax, lose a comment."""
    if not _parses(before):
        return []
    if not _parses(after):
        return [f"not Python any more:\n{after}"]
    lost = Counter(comments(before)) - Counter(comments(after))
    return [f"the comment {comment!r} is lost" for comment in lost]


def comments(text: str) -> list[str]:
    """The comments of a Python text."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return [token.string for token in tokens if token.type == tokenize.COMMENT]


def _parses(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True
