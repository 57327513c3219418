"""The one way from a text to its findings."""

from __future__ import annotations

import dataclasses
import os
import shutil
from pathlib import Path

import hatchet_sdk
import pytest

from hatchet_ls.project import workspace as workspace_module
from hatchet_ls.project.settings import Overrides
from hatchet_ls.project.workspace import Analysis, Workspace
from hatchet_ls.rules import Severity

CLIENT = "from hatchet_sdk import Hatchet\n\nhatchet = Hatchet()\n"
NAMELESS = "unnamed = hatchet.workflow()\n"
BAD = f"{CLIENT}{NAMELESS}"
"""One finding: a workflow needs a name."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'app'\n")
    return tmp_path


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def rules_of(analysis: Analysis) -> list[str]:
    return [finding.rule for finding in analysis.findings]


def test_findings_of_a_text_that_need_not_be_on_disk(project: Path) -> None:
    analysis = Workspace(project).analyse(project / "tasks.py", BAD)
    assert rules_of(analysis) == ["missing-required-keyword"]
    assert analysis.findings[0].severity is Severity.ERROR
    assert analysis.program is not None
    assert analysis.module is not None
    assert analysis.module.source.text == analysis.source.text == BAD
    assert analysis.skipped is None


def test_a_file_without_hatchet_has_no_program(project: Path) -> None:
    analysis = Workspace(project).analyse(project / "tasks.py", "import os\n\nos.workflow()\n")
    assert (analysis.program, analysis.findings, analysis.skipped) == (None, (), None)


@pytest.mark.parametrize(
    "text", ["", "\n", "\ufeff", "\0hatchet_sdk\0", "import hatchet_sdk\n)]}(\n", "hatchet_sdk = '\\"]
)
def test_odd_texts_are_silent(project: Path, text: str) -> None:
    analysis = Workspace(project).analyse(project / "tasks.py", text)
    assert (analysis.findings, analysis.skipped) == ((), None)


def test_a_broken_line_does_not_hide_the_rest(project: Path) -> None:
    assert rules_of(Workspace(project).analyse(project / "tasks.py", f"{BAD}\ndef broken(:\n    x = = 1\n")) == [
        "missing-required-keyword"
    ]


@pytest.mark.parametrize("large", ["x" * 5_000_000, "語" * 1_700_000], ids=["ascii", "3 bytes each"])
def test_a_file_above_five_megabytes_is_skipped(project: Path, large: str) -> None:
    analysis = Workspace(project).analyse(project / "tasks.py", f"{BAD}#{large}")
    assert (analysis.findings, analysis.skipped) == ((), "it is larger than 5 MB")


def test_a_file_that_is_nested_too_deeply_is_skipped(project: Path) -> None:
    analysis = Workspace(project).analyse(project / "tasks.py", f"{BAD}x = {'-' * 5_000}1\n")
    assert (analysis.findings, analysis.skipped) == ((), "it is nested too deeply")


def test_names_that_are_too_long_for_a_file_are_no_modules(project: Path) -> None:
    analysis = Workspace(project).analyse(project / "tasks.py", f"import a\n{BAD}x = a.{'a' * 300}.b\n")
    assert rules_of(analysis) == ["missing-required-keyword"]


def test_recursion_in_the_parser_is_a_reason_not_a_crash(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def overflow(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr("hatchet_ls.hatchet.read.Reader.read", overflow)
    analysis = Workspace(project).analyse(project / "tasks.py", BAD)
    assert (analysis.findings, analysis.skipped) == ((), "it is nested too deeply")


def test_suppressed_findings_are_left_out(project: Path) -> None:
    text = BAD.replace("()\n", "()  # hatchet: ignore[missing-required-keyword]\n")
    analysis = Workspace(project).analyse(project / "tasks.py", text)
    assert analysis.program is not None
    assert analysis.findings == ()


def test_settings_choose_rules_and_severities(project: Path) -> None:
    tasks = project / "tasks.py"
    write(project / "pyproject.toml", '[tool.hatchet-ls.rules]\nmissing-required-keyword = "hint"\n')
    (finding,) = Workspace(project).analyse(tasks, BAD).findings
    assert finding.severity is Severity.HINT
    write(project / "pyproject.toml", '[tool.hatchet-ls]\nignore = ["api"]\n')
    assert Workspace(project).analyse(tasks, BAD).findings == ()


def test_the_nearest_file_with_the_table_counts(project: Path) -> None:
    write(project / "pyproject.toml", '[tool.hatchet-ls]\nignore = ["ALL"]\n')
    write(project / "service/pyproject.toml", "[project]\nname = 'service'\n")
    write(project / "other/pyproject.toml", "[tool.hatchet-ls]\n")
    workspace = Workspace(project)
    assert workspace.analyse(project / "service/tasks.py", BAD).findings == ()
    assert rules_of(workspace.analyse(project / "other/tasks.py", BAD)) == ["missing-required-keyword"]


def test_overrides_hold_over_all_settings(project: Path) -> None:
    write(project / "pyproject.toml", '[tool.hatchet-ls]\nselect = ["ALL"]\n')
    workspace = Workspace(project, overrides=Overrides(ignore=("api",)))
    assert workspace.analyse(project / "tasks.py", BAD).findings == ()
    assert workspace.analyse(project.parent / "elsewhere.py", BAD).findings == ()


def test_broken_settings_are_reported_and_the_last_good_ones_stay(project: Path) -> None:
    tasks = project / "tasks.py"
    pyproject = write(project / "pyproject.toml", '[tool.hatchet-ls]\nignore = ["api"]\n')
    workspace = Workspace(project)
    assert workspace.analyse(tasks, BAD).findings == ()
    assert not workspace.problems

    pyproject.write_text('[tool.hatchet-ls]\nignore = ["api"\n')
    workspace.invalidate(pyproject)
    assert [problem.source.path for problem in workspace.problems] == [pyproject]
    assert workspace.analyse(tasks, BAD).findings == ()

    pyproject.write_text("[tool.hatchet-ls]\nignore = []\n")
    workspace.invalidate(pyproject)
    assert workspace.problems == ()
    assert rules_of(workspace.analyse(tasks, BAD)) == ["missing-required-keyword"]


def test_without_last_good_settings_what_is_right_in_broken_ones_holds(project: Path) -> None:
    write(project / "pyproject.toml", '[tool.hatchet-ls]\nignore = ["api"]\nselct = []\n')
    workspace = Workspace(project)
    assert workspace.analyse(project / "tasks.py", BAD).findings == ()
    assert [problem.message for problem in workspace.problems] == ["unknown setting `selct`; did you mean `select`?"]


def test_settings_that_cannot_be_decoded_are_a_problem(project: Path) -> None:
    (project / "pyproject.toml").write_bytes(b"[tool.hatchet-ls]\nselect = ['\xff']\n")
    workspace = Workspace(project)
    workspace.settings(project / "tasks.py")
    assert [problem.message for problem in workspace.problems] == [
        "cannot be read: it is not utf-8: byte 0xff on line 2"
    ]


def test_a_removed_file_takes_its_settings_and_problems_along(project: Path) -> None:
    pyproject = write(project / "pyproject.toml", '[tool.hatchet-ls]\nignore = ["api", "nothing"]\n')
    workspace = Workspace(project)
    assert workspace.analyse(project / "tasks.py", BAD).findings == ()
    pyproject.unlink()
    workspace.invalidate(pyproject)
    assert workspace.problems == ()
    assert rules_of(workspace.analyse(project / "tasks.py", BAD)) == ["missing-required-keyword"]


def test_names_are_followed_into_other_modules_and_into_open_documents(project: Path) -> None:
    write(project / "app/__init__.py", "")
    client = write(project / "app/client.py", CLIENT)
    tasks = f"from app.client import hatchet\n{NAMELESS}"
    opened: dict[Path, str] = {}
    workspace = Workspace(project, overlay=opened.get)
    assert rules_of(workspace.analyse(project / "app/tasks.py", tasks)) == ["missing-required-keyword"]
    opened[client] = "hatchet = object()\n"
    assert workspace.analyse(project / "app/tasks.py", tasks).findings == ()


def test_a_file_that_appears_is_seen_after_invalidation(project: Path) -> None:
    workspace = Workspace(project)
    tasks = f"from client import hatchet\n{NAMELESS}"
    assert workspace.analyse(project / "tasks.py", tasks).program is None
    client = write(project / "client.py", CLIENT)
    workspace.invalidate(client)
    assert rules_of(workspace.analyse(project / "tasks.py", tasks)) == ["missing-required-keyword"]


def test_names_are_followed_from_where_the_code_may_be_started(project: Path) -> None:
    write(project / "backend/requirements.txt", "hatchet-sdk\n")
    write(project / "backend/src/hatchet_client.py", CLIENT)
    tasks = f"from src.hatchet_client import hatchet\n{NAMELESS}"
    analysis = Workspace(project).analyse(project / "backend/src/tasks.py", tasks)
    assert rules_of(analysis) == ["missing-required-keyword"]


def test_names_are_followed_into_members_of_the_uv_workspace(project: Path) -> None:
    write(project / "libs/client/pyproject.toml", "[project]\nname = 'client'\n")
    write(project / "libs/client/src/our_client/__init__.py", CLIENT)
    service = write(project / "services/mail/pyproject.toml", "[project]\nname = 'mail'\n").parent
    tasks = f"from our_client import hatchet\n{NAMELESS}"
    workspace = Workspace(project)
    assert workspace.analyse(service / "src/mail/tasks.py", tasks).program is None
    top = write(project / "pyproject.toml", '[tool.uv.workspace]\nmembers = ["libs/*", "services/*"]\n')
    workspace.invalidate(top)
    assert rules_of(workspace.analyse(service / "src/mail/tasks.py", tasks)) == ["missing-required-keyword"]


def make_sdk(venv: Path, version: str) -> None:
    """An environment with an SDK that has one class, of which nothing is run."""
    write(venv / "pyvenv.cfg", "version = 3.12.1\n")
    packages = venv / "lib/python3.12/site-packages"
    write(packages / "hatchet_sdk/__init__.py", "class Hatchet: ...\n\nraise SystemExit('never run')\n")
    write(packages / f"hatchet_sdk-{version}.dist-info/METADATA", f"Name: hatchet-sdk\nVersion: {version}\n")


def test_the_project_s_environment_gives_the_facts(project: Path) -> None:
    make_sdk(project / ".venv", "1.30.2")
    workspace = Workspace(project)
    assert workspace.environment(project / "tasks.py").root == project / ".venv"
    facts = workspace.facts(project / "tasks.py")
    assert (facts.installed, str(facts.version)) == (True, "1.30.2")


def test_the_settings_environment_comes_before_the_editor_s(project: Path) -> None:
    make_sdk(project / "one", "1.30.1")
    make_sdk(project / "two", "1.30.2")
    assert Workspace(project, environment=project / "two").environment(project / "t.py").root == project / "two"
    write(project / "pyproject.toml", '[tool.hatchet-ls]\nenvironment = "one"\n')
    assert Workspace(project, environment=project / "two").environment(project / "t.py").root == project / "one"


def test_a_settings_environment_that_cannot_be_used_is_a_problem_until_it_can(project: Path) -> None:
    pyproject = write(project / "pyproject.toml", '[tool.hatchet-ls]\nignore = ["api"]\nenvironment = "env"\n')
    workspace = Workspace(project)
    assert workspace.analyse(project / "tasks.py", BAD).findings == ()
    (problem,) = workspace.problems
    assert problem.message == f"the environment cannot be used: {project / 'env'}: does not exist"
    assert problem.source.slice(problem.span) == "environment"
    make_sdk(project / "env", "1.30.2")
    workspace.invalidate(pyproject)
    assert workspace.problems == ()
    assert workspace.environment(project / "tasks.py").root == project / "env"


def test_a_settings_environment_that_the_editor_s_replaces_is_no_problem(project: Path) -> None:
    write(project / "pyproject.toml", '[tool.hatchet-ls]\nenvironment = "nowhere"\n')
    make_sdk(project / "env", "1.30.2")
    workspace = Workspace(project, overrides=Overrides(environment=project / "env"))
    assert workspace.environment(project / "tasks.py").root == project / "env"
    assert workspace.problems == ()


def test_a_package_of_a_monorepo_finds_the_environment_at_the_top(project: Path) -> None:
    make_sdk(project / ".venv", "1.30.2")
    write(project / "packages/a/pyproject.toml", "[project]\n")
    workspace = Workspace(project / "packages/a")
    assert workspace.environment(project / "packages/a/tasks.py").root == project / ".venv"


def test_a_new_release_in_the_environment_is_seen_after_invalidation(project: Path) -> None:
    make_sdk(project / ".venv", "1.30.2")
    workspace = Workspace(project)
    assert str(workspace.facts(project / "tasks.py").version) == "1.30.2"
    packages = project / ".venv/lib/python3.12/site-packages"
    (packages / "hatchet_sdk-1.30.2.dist-info/METADATA").unlink()
    (packages / "hatchet_sdk-1.30.2.dist-info").rmdir()
    make_sdk(project / ".venv", "1.30.3")
    workspace.invalidate(packages / "hatchet_sdk/__init__.py")
    assert str(workspace.facts(project / "tasks.py").version) == "1.30.3"


def test_without_an_sdk_the_bundled_facts_serve(project: Path) -> None:
    make_sdk(project / ".venv", "1.30.2")
    packages = project / ".venv/lib/python3.12/site-packages"
    (packages / "hatchet_sdk/__init__.py").unlink()
    (packages / "hatchet_sdk").rmdir()
    workspace = Workspace(project)
    assert not workspace.facts(project / "tasks.py").installed
    assert rules_of(workspace.analyse(project / "tasks.py", BAD)) == ["missing-required-keyword"]


@pytest.mark.parametrize(
    ("code", "severity"),
    [
        ("hatchet.task(qqq=1)", Severity.WARNING),
        ("hatchet.task(timeout='5m')", Severity.ERROR),
        ("hatchet.task(retrys=1)", Severity.ERROR),
        ("hatchet.qqq", Severity.WARNING),
        ("hatchet.on_failure_task", Severity.ERROR),
        ("from hatchet_sdk import Qqq", Severity.WARNING),
        ("from hatchet_sdk import Hatchett", Severity.ERROR),
    ],
)
def test_without_an_sdk_a_later_release_may_have_what_nobody_knows(
    project: Path, code: str, severity: Severity
) -> None:
    (project / ".venv/lib/python3.12/site-packages").mkdir(parents=True)
    (project / ".venv/pyvenv.cfg").touch()
    workspace = Workspace(project)
    (finding,) = workspace.analyse(project / "tasks.py", f"{CLIENT}{code}\n").findings
    assert finding.severity is severity
    assert ("no hatchet-sdk is found here" in finding.message) == (severity is Severity.WARNING)


def test_in_its_own_repository_the_sdk_is_what_is_there_and_is_not_judged_itself(project: Path) -> None:
    sdk = Path(hatchet_sdk.__file__).parent
    shutil.copytree(sdk, project / "hatchet_sdk", ignore=shutil.ignore_patterns("__pycache__", "api", "*_pb2*"))
    write(project / "pyproject.toml", '[project]\nname = "hatchet-sdk"\nversion = "1.2.3"\n')
    workspace = Workspace(project)
    tasks, inside = project / "examples/tasks.py", project / "hatchet_sdk/tasks.py"
    assert str(workspace.facts(tasks).version) == "1.2.3"
    assert rules_of(workspace.analyse(tasks, BAD)) == ["missing-required-keyword"]
    assert workspace.analyse(inside, BAD).findings == ()


def test_a_change_to_the_sdk_in_its_own_repository_is_seen(project: Path) -> None:
    sdk = Path(hatchet_sdk.__file__).parent
    shutil.copytree(sdk, project / "hatchet_sdk", ignore=shutil.ignore_patterns("__pycache__", "api", "*_pb2*"))
    workspace = Workspace(project)
    uses = f"{CLIENT}print(hatchet.brand)\n"
    assert rules_of(workspace.analyse(project / "tasks.py", uses)) == ["unknown-member"]
    client = project / "hatchet_sdk/hatchet.py"
    client.write_text(client.read_text().replace("class Hatchet:\n", "class Hatchet:\n    brand: str\n\n"))
    workspace.invalidate(client)
    assert workspace.analyse(project / "tasks.py", uses).findings == ()


@pytest.mark.parametrize("file", ["hatchet_sdk/__init__.py", "hatchet_sdk.py"])
def test_of_something_else_of_the_sdk_s_name_nothing_is_known(project: Path, file: str) -> None:
    write(project / file, "class RateLimit: ...\n")
    assert Workspace(project).analyse(project / "tasks.py", f"from hatchet_sdk import Thing\n{BAD}").findings == ()


def test_readers_are_shared_and_their_number_is_bounded(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspace_module, "_MAX_READERS", 2)
    workspace = Workspace(project)
    for name in "abcd":
        (project / name).mkdir()
        assert rules_of(workspace.analyse(project / name / "tasks.py", BAD)) == ["missing-required-keyword"]
    assert rules_of(workspace.analyse(project / "a" / "tasks.py", BAD)) == ["missing-required-keyword"]
    assert len(workspace._readers) == 2


def test_after_an_installation_nothing_of_the_state_before_is_kept(project: Path) -> None:
    make_sdk(project / ".venv", "1.30.2")
    packages = project / ".venv/lib/python3.12/site-packages"
    workspace = Workspace(project)
    for second in range(3):
        os.utime(packages, (second, second))
        workspace.invalidate(packages / "other/__init__.py")
        workspace.analyse(project / "tasks.py", BAD)
    assert (len(workspace._readers), len(workspace._facts)) == (1, 1)


def test_a_search_stops_where_there_are_too_many_files_and_says_so(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for index in range(9):
        write(project / f"d{index}/tasks.py", "word\n" if index else "")
    workspace = Workspace(project)
    whole = workspace.search(lambda text: "word" in text)
    assert whole.lacks is None
    assert [each.path.parent.name for each in whole.found] == [f"d{index}" for index in range(1, 9)]

    monkeypatch.setattr(workspace_module, "_MOST_SEARCHED", 3)
    looked_at: list[Path] = []
    excludes = workspace.excludes

    def recorded(path: Path, directory: bool = False) -> bool:
        looked_at.append(path)
        return excludes(path, directory)

    monkeypatch.setattr(workspace, "excludes", recorded)
    cut = workspace.search(lambda text: "word" in text)
    assert cut.lacks == "the folder has more than 3 files or directories"
    assert [each.path.parent.name for each in cut.found] == ["d1", "d2"]
    assert project / "d4/tasks.py" not in looked_at


def test_excludes_are_those_of_the_file_s_settings(project: Path) -> None:
    write(project / "pyproject.toml", '[tool.hatchet-ls]\nexclude = ["generated"]\n')
    workspace = Workspace(project)
    assert workspace.excludes(project / "generated/tasks.py")
    assert not workspace.excludes(project / "tasks.py")


def test_an_analysis_cannot_be_changed(project: Path) -> None:
    analysis = Workspace(project).analyse(project / "tasks.py", BAD)
    with pytest.raises(dataclasses.FrozenInstanceError):
        analysis.skipped = "no"  # type: ignore[misc]
