"""``hatchet-ls check``."""

from __future__ import annotations

import importlib
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import click

from hatchet_ls.cli.checking import Run, Target
from hatchet_ls.cli.formats.report import place, shown_path
from hatchet_ls.cli.summary import summary
from hatchet_ls.project.discovery import discover, reason
from hatchet_ls.project.selectors import is_selector, unknown_selector
from hatchet_ls.project.settings import Overrides, SettingsProblem
from hatchet_ls.project.workspace import Workspace
from hatchet_ls.python.reading import CannotReadError, decode, read

FORMATS = ("full", "concise", "json")


def _selectors(ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    names = tuple(name.strip() for value in values for name in value.split(",") if name.strip())
    for name in names:
        if not is_selector(name):
            raise click.BadParameter(unknown_selector(name), ctx, parameter)
    return names


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--fix", is_flag=True, help="Apply safe fixes to the files.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff, apply unsafe fixes too.")
@click.option(
    "--diff",
    is_flag=True,
    help="Show what fixes would change, as a diff (with any --output-format); write nothing. Exit code 1 if anything.",
)
@click.option("--output-format", type=click.Choice(FORMATS), default="full", show_default=True)
@click.option(
    "--select",
    multiple=True,
    metavar="RULES",
    callback=_selectors,
    help="Rules or families to check, or ALL, separated by commas; in place of those of the settings.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="RULES",
    callback=_selectors,
    help="Rules or families to leave out, separated by commas.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even if there are findings.")
@click.option(
    "--stdin-filename", type=click.Path(path_type=Path), help="The name of what comes from stdin (with the path `-`)."
)
@click.option("--verbose", is_flag=True, help="Show on stderr what is done and what goes wrong inside.")
def command(
    paths: tuple[Path, ...],
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    output_format: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    exit_zero: bool,
    stdin_filename: Path | None,
    verbose: bool,
) -> int:
    """Check files and directories (by default the current one). `-` stands for stdin."""
    if verbose:
        logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    workspace = Workspace(_here(), overrides=Overrides(select or None, ignore))
    run = Run(workspace, mode="diff" if diff else "fix" if fix else "check", unsafe=unsafe_fixes)
    stdin = Path("-") in paths
    if stdin and len(paths) > 1:
        raise click.UsageError("`-` cannot be combined with other paths.")
    if stdin_filename is not None and not stdin:
        raise click.UsageError("--stdin-filename needs the path `-`.")
    targets = [_stdin(stdin_filename)] if stdin else _targets(workspace, paths, run)
    if _report_settings(workspace, targets):
        return 2
    for target in targets:
        run.check(target)
    if diff or (stdin and fix):
        click.echo(run.output, nl=False)
    if diff:
        click.echo(f"Would fix {_count(run.fixed)}" if run.fixed else "Nothing to fix", err=True)
    else:
        _show(run, output_format, sys.stderr if stdin and fix else sys.stdout)
    return run.exit_code(exit_zero=exit_zero)


def _count(fixed: int) -> str:
    return f"{fixed} finding" + ("s" if fixed != 1 else "")


def _here() -> Path:
    try:
        return Path.cwd()
    except OSError as error:
        raise click.ClickException(f"the current directory cannot be used: {reason(error)}") from error


def _stdin(name: Path | None) -> Target:
    path = Path.cwd() / (name or "<stdin>")
    try:
        return Target(path, decode(sys.stdin.buffer.read()), on_disk=False)
    except CannotReadError as error:
        raise click.ClickException(f"stdin: cannot be read: {error}") from error


def _targets(workspace: Workspace, paths: Sequence[Path], run: Run) -> list[Target]:
    """The files to check, read. What cannot be read is an error: nobody may take it for checked."""
    discovered = discover(paths or (Path(),), workspace.excludes)
    for path, why in discovered.missing:
        run.error(f"{path}: cannot be read: {why}")
    for path, why in discovered.unreadable:
        run.error(f"{shown_path(path)}: cannot be listed: {why}")
    targets: list[Target] = []
    for path in discovered.files:
        try:
            targets.append(Target(path, read(path)))
        except CannotReadError as error:
            run.error(f"{shown_path(path)}: cannot be read: {error}")
    return targets


def _report_settings(workspace: Workspace, targets: Sequence[Target]) -> bool:
    """Report what is wrong with the settings of the targets; whether anything is."""
    for target in targets:
        workspace.settings(target.path)
    for problem in workspace.problems:
        click.echo(f"error: {_settings_place(problem)}: {problem.message}", err=True)
    return bool(workspace.problems)


def _settings_place(problem: SettingsProblem) -> str:
    return place(problem.source, problem.span)


def _show(run: Run, output_format: str, out: TextIO) -> None:
    if output_format == "json" or any(file.findings for file in run.checked):
        # A format's module may import what only it needs.
        importlib.import_module(f"hatchet_ls.cli.formats.{output_format}").write(run.checked, out)
    if output_format != "json" and (run.checked or not (run.failed or run.crashed)):
        click.echo(summary(run), file=out)
