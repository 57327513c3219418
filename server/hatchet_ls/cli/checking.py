"""Checking and fixing one file after another, whatever happens to one of them."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import click

from hatchet_ls.cli.diff import unified_diff
from hatchet_ls.cli.formats.report import Checked, shown_path
from hatchet_ls.cli.main import report_internal_error
from hatchet_ls.fixing import FileChangedError, Fixed, applies, fix_text, write_atomically
from hatchet_ls.project.workspace import Analysis, Workspace
from hatchet_ls.python.reading import CannotEncodeError, Decoded


@dataclass(frozen=True, slots=True)
class Target:
    """A text to check."""

    path: Path
    decoded: Decoded
    on_disk: bool = True
    """It is the content of ``path``, and a fix is written there."""


@dataclass(eq=False)
class Run:
    """One run of the command over its targets."""

    workspace: Workspace
    mode: Literal["check", "fix", "diff"]
    unsafe: bool
    """Whether unsafe fixes may be applied."""
    checked: list[Checked] = field(default_factory=list)
    fixed: int = 0
    """Findings whose fixes were applied, or would be."""
    output: bytes = b""
    """The diff, or the fixed stdin."""
    failed: bool = False
    """Something that the user named could not be dealt with."""
    crashed: bool = False
    _told: set[str] = field(default_factory=set)

    def exit_code(self, *, exit_zero: bool) -> int:
        """See ``cli.main``. With ``diff`` 1 says that something would change."""
        if self.crashed:
            return 3
        if self.failed:
            return 2
        found = self.fixed > 0 if self.mode == "diff" else any(file.findings for file in self.checked)
        return 1 if found and not exit_zero else 0

    def error(self, message: str) -> None:
        """Report what the user has to mend."""
        self.failed = True
        click.echo(f"error: {message}", err=True)

    def warn(self, message: str, kind: str = "warning") -> None:
        """Say something on stderr, once."""
        if message not in self._told:
            self._told.add(message)
            click.echo(f"{kind}: {message}", err=True)

    def check(self, target: Target) -> None:
        """Check one target, and fix it if that is the mode. An error of ours is reported, and the next can follow."""
        try:
            analysis = self.workspace.analyse(target.path, target.decoded.text)
            if self.mode != "check" and any(applies(finding, unsafe=self.unsafe) for finding in analysis.findings):
                analysis = self._fix(target, analysis)
            elif self.mode == "fix" and not target.on_disk:
                self.output = target.decoded.data
        except Exception:
            self._crash(
                f"{shown_path(target.path)}: cannot be checked: {traceback.format_exc(limit=-1).splitlines()[-1]}"
            )
            return
        if analysis.skipped is not None:
            self.warn(f"{shown_path(target.path)}: was not checked: {analysis.skipped}")
            return
        self._mention(target.path, analysis)
        self.checked.append(Checked(analysis.source, analysis.findings))

    def _fix(self, target: Target, analysis: Analysis) -> Analysis:
        """Fix a target and give what is left to say."""
        path, decoded = target.path, target.decoded
        fixed = fix_text(decoded.text, lambda text: self.workspace.analyse(path, text).findings, unsafe=self.unsafe)
        self._mention_broken(path, fixed)
        try:
            data = decoded.encode(fixed.text)
            if self.mode == "diff":
                self.output += unified_diff(shown_path(path), decoded, fixed.text)
            elif not target.on_disk:
                self.output = data
            elif data != decoded.data:
                write_atomically(path, decoded.data, data)
                self.workspace.invalidate(path)
        except FileChangedError:
            self.error(f"{shown_path(path)}: has changed since it was read; nothing was written")
            return analysis
        except (CannotEncodeError, OSError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            self.error(f"{shown_path(path)}: cannot be fixed: {reason}")
            return analysis
        self.fixed += len(fixed.applied)
        return self.workspace.analyse(path, fixed.text)

    def _crash(self, message: str) -> None:
        """Report an error of ours: the first one with its trace, if it has one."""
        click.echo(f"error: {message}", err=True)
        if not self.crashed:
            report_internal_error()
        self.crashed = True

    def _mention_broken(self, path: Path, fixed: Fixed) -> None:
        if fixed.broken is not None:
            what = f"the fix of `{fixed.broken.rule}` would break the syntax"
            self._crash(f"{shown_path(path)}: {what}; it was not applied")

    def _mention(self, path: Path, analysis: Analysis) -> None:
        """What the user should know, so that silence is not mistaken for praise."""
        if analysis.program is None:
            return
        facts = analysis.program.facts
        if not facts.installed:
            where = shown_path(self.workspace.environment(path).root)
            self.warn(
                f"no hatchet_sdk in {where}: checking against the bundled facts of hatchet-sdk {facts.version}", "note"
            )
