"""Every case of every scenario, through every door."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

import pytest

from oracle.sdk import unpack
from scenarios import command_line
from scenarios.document import RULES, Case, read_all, read_document
from scenarios.runner import Runner, differences, unlike
from scenarios.workspaces import write_workspace

_folders = itertools.count()


@pytest.mark.parametrize("case", read_all(), ids=lambda case: case.name)
def test_the_engine_and_the_editor_find_and_fix_what_is_marked(
    case: Case, runner: Runner, cases_folder: Path, sdk_cache: Path
) -> None:
    environment = unpack(case.sdk, sdk_cache) if case.sdk else None
    problems = runner.problems(case, cases_folder / f"case{next(_folders)}", environment)
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("document", sorted(RULES.rglob("*.md")), ids=lambda path: path.stem)
def test_the_command_line_finds_and_fixes_the_same(
    document: Path, runner: Runner, cases_folder: Path, sdk_cache: Path
) -> None:
    root = cases_folder / f"command-line{next(_folders)}"
    cases = {f"case{number}": case for number, case in enumerate(read_document(document))}
    problems: list[str] = []
    fixed: dict[str, dict[str, str]] = {}
    places: dict[str, dict[str, Path]] = {}
    found = {}
    for folder, case in cases.items():
        environment = unpack(case.sdk, sdk_cache) if case.sdk else None
        places[folder] = write_workspace(case, root / folder, environment)
        found[folder] = runner.engine.check(places[folder])
        fixed[folder] = runner.engine.fix(places[folder], case.rule)
    shown = command_line.check(root, list(cases))
    command_line.fix(root, list(cases))
    for folder, case in cases.items():
        now = {path: file.read_text(encoding="utf-8") for path, file in places[folder].items()}
        answers = differences("the command line", found[folder], shown[folder])
        answers += unlike(case, now) if case.has_fixed else []
        answers += [f"the command line's fixes of {path} differ" for path in now if now[path] != fixed[folder][path]]
        problems += [f"{case.title}: {answer}" for answer in answers]
    shutil.rmtree(root)
    assert not problems, "\n".join(problems)
