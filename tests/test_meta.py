"""Rules, pages, scenarios, settings, docs and the changelog name the same things."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from hatchet_ls.rules import Rule, Severity, rules
from scenarios.document import RULES, Case, read_all
from scenarios.marks import disagreements
from scenarios.page import HEADINGS, OPTIONAL, sections, snippet_case
from scenarios.runner import Runner
from scenarios.workspaces import write_workspace

ROOT = Path(__file__).parent.parent
ALL = list(rules().values())
LOUD = {Severity.ERROR.value, Severity.WARNING.value}
_folders = itertools.count()

every_rule = pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)


@pytest.fixture
def folder(cases_folder: Path) -> Path:
    """A new folder in the engine's workspace."""
    return cases_folder / f"page{next(_folders)}"


@cache
def scenarios() -> dict[str, list[Case]]:
    """All cases by their rule."""
    found: dict[str, list[Case]] = {}
    for case in read_all():
        found.setdefault(case.rule, []).append(case)
    return found


def modules() -> Iterator[Path]:
    """The modules that rules live in."""
    folder = ROOT / "server" / "hatchet_ls" / "rules"
    return (path for path in folder.glob("*/*.py") if not path.name.startswith("_"))


def test_there_are_rules() -> None:
    assert ALL


def test_every_module_of_a_family_holds_the_rule_of_its_name() -> None:
    found = {(path.parent.name, path.stem) for path in modules()}
    assert found == {(rule.family.replace("-", "_"), rule.name.replace("-", "_")) for rule in ALL}


@every_rule
def test_a_name_is_kebab_case_and_names_the_mistake_not_its_absence(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", rule.name)
    assert not rule.name.startswith(("no-", "disallow-"))


@every_rule
def test_a_page_has_the_headings_in_order(rule: Rule) -> None:
    found = [heading for heading in sections(rule.page) if heading]
    assert found == [heading for heading in HEADINGS if heading in found or heading not in OPTIONAL]


@every_rule
def test_a_page_begins_with_what_it_checks_for_and_leaves_nothing_empty(rule: Rule) -> None:
    assert rule.summary.startswith("Checks for ")
    assert rule.summary.endswith(".")
    for heading, section in sections(rule.page).items():
        assert section.text.strip() or section.snippets, f"nothing under {heading!r}"


@every_rule
def test_a_page_refers_to_the_documentation_and_the_sdk(rule: Rule) -> None:
    references = sections(rule.page)["References"].text
    assert "https://docs.hatchet.run/" in references or "https://github.com/hatchet-dev/hatchet" in references
    assert "hatchet_sdk" in references


@every_rule
def test_an_example_is_found_exactly_as_it_is_marked(rule: Rule, runner: Runner, folder: Path) -> None:
    case = snippet_case(rule, "Example")
    places = write_workspace(case, folder)
    assert rule.name in {mark.rule for mark in case.marks}
    assert rule.severity.value in {mark.severity for mark in case.marks}
    assert not disagreements(case.marks, runner.engine.check(places))


@every_rule
def test_what_to_use_instead_is_clean_under_all_rules(rule: Rule, runner: Runner, folder: Path) -> None:
    case = snippet_case(rule, "Use instead")
    case.settings = '[tool.hatchet-ls]\nselect = ["ALL"]\n'
    found = runner.engine.check(write_workspace(case, folder))
    assert not case.marks
    assert not [str(place) for place in found if place.severity in LOUD or place.rule == rule.name]


@every_rule
def test_a_rule_has_cases_that_speak_and_cases_that_stay_silent(rule: Rule) -> None:
    cases = scenarios()[rule.name]
    assert {case.family for case in cases} == {rule.family.replace("-", "_")}
    assert any(case.marks for case in cases)
    assert any(not case.marks for case in cases)
    assert {mark.rule for case in cases for mark in case.marks} == {rule.name}


@every_rule
def test_a_page_tells_how_safe_a_fix_is_if_and_only_if_there_is_one(rule: Rule) -> None:
    fixed = any(case.has_fixed for case in scenarios()[rule.name])
    assert fixed == ("Fix safety" in sections(rule.page))


def test_every_scenario_file_has_a_rule() -> None:
    assert {path.stem for path in RULES.rglob("*.md")} == set(rules())


def test_the_pages_in_docs_are_fresh() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "generate_docs.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_changelog_names_every_rule() -> None:
    named = set(re.findall(r"`([a-z0-9]+(?:-[a-z0-9]+)+)`", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")))
    assert set(rules()) - named == set()


def test_the_settings_schema_names_exactly_the_rules_and_their_families() -> None:
    schema = json.loads((ROOT / "schemas" / "settings.schema.json").read_text(encoding="utf-8"))
    assert set(schema["definitions"]["selector"]["enum"]) == {"ALL", "all", *rules(), *(rule.family for rule in ALL)}


def test_few_cases_are_kept_from_the_sdk(record_property: Callable[[str, object], None]) -> None:
    """A case may opt out of the oracle with a reason; it must not become a habit."""
    kept = [f"{case.name} ({case.not_run})" for case in read_all() if case.not_run is not None]
    print("\n".join([f"{len(kept)} cases are not run with the SDK:", *kept]))
    record_property("not run with the SDK", kept)
    assert len(kept) <= len(read_all()) // 5, kept
