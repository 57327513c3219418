"""What the rules say is what the real SDK does.

An ``error`` is a certain failure: the code that is marked is refused, by the newest release and by one that is about a
year older (as far as the rule applies to it). What has no ``error`` mark is accepted by the newest.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from hatchet_ls.hatchet.facts import Version
from hatchet_ls.rules import Severity, rules
from oracle.sdk import NEWEST, OLDER, Oracle, install
from oracle.verdict import Verdict
from scenarios.document import Case, read_all
from scenarios.findings import Place
from scenarios.page import snippet_case
from scenarios.runner import Runner
from scenarios.workspaces import write_files, write_workspace

_SUPPRESSION = re.compile(r"#\s*hatchet:\s*(file-)?ignore")
_folders = itertools.count()


def everything() -> Iterator[Case]:
    """All cases that can be asked about: the scenarios, and the examples of the pages."""
    for rule in rules().values():
        yield snippet_case(rule, "Example")
        yield snippet_case(rule, "Use instead")
    yield from (case for case in read_all() if case.not_run is None and case.rule in rules())


def says(case: Case, severity: str) -> bool:
    """Whether a mark of the case has a severity that is the rule's own, not the user's."""
    return case.rule not in case.settings and any(mark.severity == severity for mark in case.marks)


def applies(case: Case, release: str) -> bool:
    """Whether a release is the one that the case is about."""
    first = rules()[case.rule].sdk
    version = Version.parse(release)
    return case.sdk in (None, release) and (first is None or version is None or first <= version)


REFUSED = [case for case in everything() if says(case, "error")]
ACCEPTED = [
    case
    for case in everything()
    if not says(case, "error")
    and applies(case, NEWEST)
    and case.rule not in case.settings
    and not any(_SUPPRESSION.search(file.text) for file in case.files)
]
FIXED = [case for case in everything() if case.has_fixed and applies(case, NEWEST)]


NOT_RUN = [case for case in read_all() if case.not_run is not None and case.rule in rules()]


def name(case: Case) -> str:
    """For the test's id."""
    return case.name


def marked_errors(case: Case) -> list[tuple[str, int, str]]:
    """Where a case marks errors: file, line and the mark."""
    marks = [(file.path, mark) for file in case.files for mark in file.marks]
    return [(path, mark.row, str(mark)) for path, mark in marks if mark.severity == Severity.ERROR.value]


def unproved(verdict: Verdict, places: list[tuple[str, int, str]]) -> str:
    """The errors that the SDK does not confirm, with what it says instead."""
    missing = [f"not refused: {file}:{row}: {text}" for file, row, text in places if not verdict.proves(file, row)]
    return "\n".join([*missing, *(str(refusal) for refusal in verdict.refusals)]) if missing else ""


def problems(verdict: Verdict) -> str:
    """Why a snippet is not accepted."""
    broken = [f"cannot be imported: {verdict.broken}"] if verdict.broken else []
    return "\n".join([*broken, *(str(refusal) for refusal in verdict.refusals)])


@pytest.mark.parametrize("case", [case for case in REFUSED if applies(case, NEWEST)], ids=name)
def test_the_newest_release_refuses_every_marked_error(case: Case, newest: Oracle) -> None:
    verdict = newest.judge({file.path: file.text for file in case.files})
    assert verdict.broken is None
    assert not unproved(verdict, marked_errors(case))


@pytest.mark.parametrize("case", [case for case in REFUSED if applies(case, OLDER)], ids=name)
def test_the_older_release_refuses_every_error_that_is_found_with_its_facts(
    case: Case, older: Oracle, runner: Runner, cases_folder: Path, sdk_cache: Path
) -> None:
    environment = cases_folder / f"environment-{OLDER}"
    packages = environment / "lib" / "python3.11" / "site-packages"
    if not packages.exists():
        packages.parent.mkdir(parents=True)
        packages.symlink_to(install(OLDER, sdk_cache), target_is_directory=True)
        (environment / "pyvenv.cfg").touch()
    folder = cases_folder / f"older{next(_folders)}"
    found = runner.engine.check(write_workspace(case, folder, environment))
    own = [place for place in found if place.rule == case.rule]
    # The names that later releases export are lent to the older one, which then raises no such thing.
    lent = ("raises `ImportError`", "in its `__all__`")
    errors = [
        place
        for place in own
        if place.severity == Severity.ERROR.value and not any(text in place.message for text in lent)
    ]
    assert own or "page" not in case.title, "nothing is found in the rule's example: say since which release it is"
    verdict = older.judge({file.path: file.text for file in case.files})
    assert not unproved(verdict, [_where(place) for place in errors])


def _where(place: Place) -> tuple[str, int, str]:
    return place.filename, place.row, str(place)


@pytest.mark.parametrize("case", ACCEPTED, ids=name)
def test_the_newest_release_accepts_what_has_no_error(case: Case, newest: Oracle) -> None:
    verdict = newest.judge({file.path: file.text for file in case.files})
    assert not problems(verdict)


@pytest.mark.parametrize("case", FIXED, ids=name)
def test_the_newest_release_accepts_what_the_fixes_make(
    case: Case, newest: Oracle, runner: Runner, cases_folder: Path
) -> None:
    texts = {file.path: file.text if file.fixed is None else file.fixed for file in case.files}
    folder = cases_folder / f"fixed{next(_folders)}"
    write_workspace(case, folder)
    found = runner.engine.check(write_files(texts, folder))
    errors = [_where(place) for place in found if place.severity == Severity.ERROR.value]
    verdict = newest.judge(texts)
    assert verdict.broken is None
    # What has no fix is still there, and nothing else is refused.
    assert not unproved(verdict, errors) if errors else not verdict.refusals, problems(verdict)


@pytest.mark.parametrize("case", NOT_RUN, ids=name)
def test_no_case_is_kept_from_the_sdk_without_need(case: Case, newest: Oracle) -> None:
    verdict = newest.judge({file.path: file.text for file in case.files})
    errors = marked_errors(case)
    assert unproved(verdict, errors) if errors else problems(verdict)
