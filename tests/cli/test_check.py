"""``hatchet-ls check``, in this process."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path

import jsonschema
import pytest

from hatchet_ls.cli.main import run
from hatchet_ls.project.workspace import Workspace

SCHEMA = Path(__file__).parents[2] / "schemas" / "findings.schema.json"

CLEAN = """\
from hatchet_sdk import Hatchet

hatchet = Hatchet()
flow = hatchet.workflow(name="flow")
"""

TYPO = """\
from hatchet_sdk import Hatchet, EmptyModel

hatchet = Hatchet()
flow = hatchet.workflow(name="flow", input_type=EmptyModel)
"""
"""One finding with a safe fix."""

FIXED = TYPO.replace("input_type", "input_validator")

NAMELESS = """\
from hatchet_sdk import Hatchet

hatchet = Hatchet()
flow = hatchet.workflow()
"""
"""One finding without a fix."""


@dataclass(frozen=True)
class Result:
    """What a command line did."""

    code: int
    out: str
    err: str


Command = Callable[..., Result]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def hatchet_ls(project: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    def call(*arguments: str, stdin: bytes = b"") -> Result:
        monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(stdin)))
        code = run(list(arguments))
        out, err = capfd.readouterr()
        return Result(code, out, err)

    return call


def test_a_clean_project(project: Path, hatchet_ls: Command) -> None:
    (project / "tasks.py").write_text(CLEAN)
    assert hatchet_ls("check") == Result(0, "No findings in 1 file\n", "")


def test_a_folder_without_python(hatchet_ls: Command) -> None:
    assert hatchet_ls("check") == Result(0, "No findings in 0 files\n", "")


def test_full_shows_the_code_and_the_fix(project: Path, hatchet_ls: Command) -> None:
    (project / "tasks.py").write_text(TYPO)
    result = hatchet_ls("check")
    assert result.code == 1
    assert result.err == ""
    head, *rest = result.out.splitlines()
    assert head.startswith("error[unknown-keyword]: `hatchet.workflow` has no parameter `input_type`")
    assert rest == [
        " --> tasks.py:4:38",
        "  |",
        "3 | hatchet = Hatchet()",
        '4 | flow = hatchet.workflow(name="flow", input_type=EmptyModel)',
        "  |                                      ^^^^^^^^^^",
        "  |",
        "help: Rename `input_type` to `input_validator` (apply with `--fix`)",
        "",
        "Found 1 finding (1 error); 1 fixable with `--fix`",
    ]


def test_concise_is_one_line_for_each_finding(project: Path, hatchet_ls: Command) -> None:
    (project / "tasks.py").write_text(TYPO)
    line, summary = hatchet_ls("check", "--output-format", "concise").out.splitlines()
    assert line.startswith("tasks.py:4:38: error[unknown-keyword] `hatchet.workflow` has no parameter")
    assert summary == "Found 1 finding (1 error); 1 fixable with `--fix`"


def test_json_is_what_the_schema_says(project: Path, hatchet_ls: Command) -> None:
    (project / "tasks.py").write_text(TYPO.replace("hatchet = ", "hatchet = 0 or '😀' and "))
    (project / "bad.py").write_text(NAMELESS)
    result = hatchet_ls("check", "--output-format", "json")
    assert result.code == 1
    records = json.loads(result.out)
    jsonschema.validate(records, json.loads(SCHEMA.read_text(encoding="utf-8")))
    nameless, typo = records
    assert nameless["fix"] is None
    assert typo == {
        "rule": "unknown-keyword",
        "family": "api",
        "severity": "error",
        "message": typo["message"],
        "filename": str(project / "tasks.py"),
        "location": {"row": 4, "column": 38},
        "end_location": {"row": 4, "column": 48},
        "url": typo["url"],
        "fix": {
            "title": "Rename `input_type` to `input_validator`",
            "applicability": "safe",
            "edits": [
                {
                    "location": {"row": 4, "column": 38},
                    "end_location": {"row": 4, "column": 48},
                    "content": "input_validator",
                }
            ],
        },
        "related": [],
    }


def test_json_without_findings_is_an_empty_array(project: Path, hatchet_ls: Command) -> None:
    (project / "tasks.py").write_text(CLEAN)
    assert hatchet_ls("check", "--output-format", "json") == Result(0, "[]\n", "")


def test_exit_zero(project: Path, hatchet_ls: Command) -> None:
    (project / "tasks.py").write_text(NAMELESS)
    assert hatchet_ls("check", "--exit-zero").code == 0


def test_select_and_ignore_take_lists_and_can_be_repeated(project: Path, hatchet_ls: Command) -> None:
    (project / "a.py").write_text(NAMELESS)
    (project / "b.py").write_text(TYPO)

    def rules(*arguments: str) -> list[str]:
        records = json.loads(hatchet_ls("check", "--output-format", "json", *arguments).out)
        return [record["rule"] for record in records]

    assert rules() == ["missing-required-keyword", "unknown-keyword"]
    assert rules("--select", "unknown-keyword,dag") == ["unknown-keyword"]
    assert rules("--select", "dag", "--select", " unknown-keyword ") == ["unknown-keyword"]
    assert rules("--ignore", "unknown-keyword") == ["missing-required-keyword"]
    assert rules("--ignore", "api") == []
    assert rules("--select", "ALL", "--ignore", "missing-required-keyword") == ["unknown-keyword"]


def test_an_unknown_rule_is_bad_usage(hatchet_ls: Command) -> None:
    result = hatchet_ls("check", "--select", "unknown-keywrd")
    assert (result.code, result.out) == (2, "")
    assert "unknown rule `unknown-keywrd`; did you mean `unknown-keyword`?" in result.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "--output-format", "sarif"],
        ["check", "--no-such-option"],
        ["check", "-", "tasks.py"],
        ["check", "--stdin-filename", "tasks.py"],
        ["chek"],
        [],
    ],
)
def test_bad_usage(hatchet_ls: Command, arguments: list[str]) -> None:
    result = hatchet_ls(*arguments)
    assert (result.code, result.out) == (2, "")
    assert "Usage: hatchet-ls" in result.err


def test_fix_writes_the_file_and_says_what_is_left(project: Path, hatchet_ls: Command) -> None:
    (project / "a.py").write_bytes(TYPO.replace("\n", "\r\n").encode("utf-8-sig"))
    (project / "b.py").write_text(NAMELESS)
    result = hatchet_ls("check", "--fix", "--output-format", "concise")
    assert result.code == 1
    assert (project / "a.py").read_bytes() == FIXED.replace("\n", "\r\n").encode("utf-8-sig")
    assert (project / "b.py").read_text() == NAMELESS
    assert [line.split(":")[0] for line in result.out.splitlines()] == [
        "b.py",
        "Fixed 1 finding; found 1 finding (1 error)",
    ]


def test_fix_that_leaves_nothing_exits_with_zero(project: Path, hatchet_ls: Command) -> None:
    (project / "tasks.py").write_text(TYPO)
    assert hatchet_ls("check", "--fix") == Result(0, "Fixed 1 finding; nothing left\n", "")
    assert (project / "tasks.py").read_text() == FIXED


def test_without_fix_nothing_is_written(project: Path, hatchet_ls: Command) -> None:
    file = project / "tasks.py"
    file.write_text(TYPO)
    before = file.stat()
    for arguments in ([], ["--diff"], ["--unsafe-fixes"], ["--diff", "--fix"]):
        assert hatchet_ls("check", *arguments).code == 1
    after = file.stat()
    assert file.read_text() == TYPO
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)
    assert list(project.iterdir()) == [file]


UNSAFE = """\
from datetime import timedelta

from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task(execution_timeout=timedelta(0))
def work(input: EmptyModel, ctx: Context) -> None: ...
"""
"""One finding with an unsafe fix."""


def test_unsafe_fixes_need_their_own_word(project: Path, hatchet_ls: Command) -> None:
    file = project / "tasks.py"
    file.write_text(UNSAFE)
    result = hatchet_ls("check", "--fix")
    assert (result.code, file.read_text()) == (1, UNSAFE)
    assert "(may change what the code does: apply with `--fix --unsafe-fixes`)" in result.out
    assert result.out.endswith("; 1 fixable with `--fix --unsafe-fixes`\n")
    assert hatchet_ls("check", "--fix", "--unsafe-fixes").code == 0
    assert file.read_text() != UNSAFE


def test_diff_shows_what_fix_would_do(project: Path, hatchet_ls: Command) -> None:
    (project / "tasks.py").write_text(TYPO)
    assert hatchet_ls("check", "--diff") == Result(
        1,
        "--- tasks.py\n"
        "+++ tasks.py\n"
        "@@ -1,4 +1,4 @@\n"
        " from hatchet_sdk import Hatchet, EmptyModel\n"
        " \n"
        " hatchet = Hatchet()\n"
        '-flow = hatchet.workflow(name="flow", input_type=EmptyModel)\n'
        '+flow = hatchet.workflow(name="flow", input_validator=EmptyModel)\n',
        "Would fix 1 finding\n",
    )


def test_diff_without_fixes_is_empty_though_there_are_findings(project: Path, hatchet_ls: Command) -> None:
    (project / "tasks.py").write_text(NAMELESS)
    assert hatchet_ls("check", "--diff") == Result(0, "", "Nothing to fix\n")


def test_diff_marks_a_missing_line_end_and_keeps_the_encoding(project: Path, hatchet_ls: Command) -> None:
    text = f"# coding: utf-8\n{TYPO.rstrip()}  # ü"
    (project / "tasks.py").write_text(text, encoding="utf-8")
    lines = hatchet_ls("check", "--diff").out.splitlines()
    assert lines[-4:] == [
        '-flow = hatchet.workflow(name="flow", input_type=EmptyModel)  # ü',
        "\\ No newline at end of file",
        '+flow = hatchet.workflow(name="flow", input_validator=EmptyModel)  # ü',
        "\\ No newline at end of file",
    ]


def test_stdin_is_checked_under_the_given_name(project: Path, hatchet_ls: Command) -> None:
    (project / "app").mkdir()
    (project / "app/pyproject.toml").write_text('[tool.hatchet-ls]\nignore = ["unknown-keyword"]\n')
    assert hatchet_ls("check", "-", stdin=TYPO.encode()).out.count(" --> <stdin>:4:38\n") == 1
    result = hatchet_ls("check", "-", "--stdin-filename", "app/tasks.py", stdin=TYPO.encode())
    assert result == Result(0, "No findings in 1 file\n", "")


def test_fixed_stdin_goes_to_stdout_and_the_rest_to_stderr(project: Path, hatchet_ls: Command) -> None:
    result = hatchet_ls("check", "-", "--fix", stdin=TYPO.encode())
    assert result == Result(0, FIXED, "Fixed 1 finding; nothing left\n")
    assert hatchet_ls("check", "-", "--fix", stdin=CLEAN.encode()).out == CLEAN
    assert hatchet_ls("check", "-", "--diff", stdin=TYPO.encode()).out.startswith("--- <stdin>\n+++ <stdin>\n")
    assert list(project.iterdir()) == []


def test_stdin_that_is_no_text(hatchet_ls: Command) -> None:
    result = hatchet_ls("check", "-", stdin=b"\xff\n")
    assert result == Result(2, "", "Error: stdin: cannot be read: it is not utf-8: byte 0xff on line 1\n")


def test_settings_that_are_broken_stop_everything(project: Path, hatchet_ls: Command) -> None:
    (project / "tasks.py").write_text(NAMELESS)
    (project / "pyproject.toml").write_text('[tool.hatchet-ls]\nselct = ["ALL"]\nignore = ["nothing-like-it"]\n')
    assert hatchet_ls("check") == Result(
        2,
        "",
        "error: pyproject.toml:2:1: unknown setting `selct`; did you mean `select`?\n"
        "error: pyproject.toml:3:11: unknown rule `nothing-like-it`\n",
    )


def test_excluded_files_are_checked_only_when_named(project: Path, hatchet_ls: Command) -> None:
    (project / "pyproject.toml").write_text('[tool.hatchet-ls]\nexclude = ["generated"]\n')
    (project / "generated").mkdir()
    (project / "generated/tasks.py").write_text(NAMELESS)
    assert hatchet_ls("check").out == "No findings in 0 files\n"
    assert hatchet_ls("check", "generated/tasks.py").code == 1


BINARY = b"\x7fELF\0\0"


def test_a_named_file_that_cannot_be_read_is_an_error_but_the_rest_is_checked(
    project: Path, hatchet_ls: Command
) -> None:
    (project / "binary.py").write_bytes(BINARY)
    (project / "tasks.py").write_text(NAMELESS)
    (project / "gone.py").symlink_to("nowhere")
    result = hatchet_ls("check", "binary.py", "gone.py", "missing", "tasks.py", "--output-format", "concise")
    assert result.code == 2
    assert result.err.splitlines() == [
        "error: gone.py: cannot be read: no such file or directory",
        "error: missing: cannot be read: no such file or directory",
        "error: binary.py: cannot be read: it has a NUL byte: binary, not Python",
    ]
    assert result.out.startswith("tasks.py:4:16: error[missing-required-keyword]")


def test_nothing_is_praised_when_nothing_could_be_read(hatchet_ls: Command) -> None:
    assert hatchet_ls("check", "missing.py") == Result(
        2, "", "error: missing.py: cannot be read: no such file or directory\n"
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (BINARY, "it has a NUL byte: binary, not Python"),
        (b"# coding: klingon\n", "unknown encoding: klingon"),
        (b"x = '\xff'\n", "it is not utf-8: byte 0xff on line 1"),
    ],
)
def test_a_file_on_the_way_that_cannot_be_read_is_an_error_as_well(
    project: Path, hatchet_ls: Command, data: bytes, reason: str
) -> None:
    (project / "odd.py").write_bytes(data)
    (project / "tasks.py").write_text(CLEAN)
    error = f"error: odd.py: cannot be read: {reason}\n"
    assert hatchet_ls("check") == Result(2, "No findings in 1 file\n", error)
    assert hatchet_ls("check", "--exit-zero").code == 2
    assert hatchet_ls("check", "tasks.py").code == 0


@pytest.mark.parametrize("text", ["", "%PDF-1.7\n{{{", "<?php echo 1;", "x = (\n", "\f\v\x1b[31m = hatchet_sdk"])
def test_a_file_that_is_not_python_has_no_findings(project: Path, hatchet_ls: Command, text: str) -> None:
    (project / "odd.py").write_text(text)
    assert hatchet_ls("check", "odd.py") == Result(0, "No findings in 1 file\n", "")


def test_a_file_that_is_too_large_or_too_deep_is_mentioned_and_does_not_count(
    project: Path, hatchet_ls: Command
) -> None:
    (project / "deep.py").write_text(f"{NAMELESS}x = {'-' * 5_000}1\n")
    (project / "large.py").write_text(NAMELESS + "#" * 5_000_000)
    (project / "tasks.py").write_text(CLEAN)
    result = hatchet_ls("check")
    assert (result.code, result.out) == (0, "No findings in 1 file\n")
    assert result.err == (
        "warning: deep.py: was not checked: it is nested too deeply\n"
        "warning: large.py: was not checked: it is larger than 5 MB\n"
    )


def test_a_symlink_loop_ends(project: Path, hatchet_ls: Command) -> None:
    (project / "tasks.py").write_text(CLEAN)
    (project / "loop").symlink_to(project)
    (project / "self.py").symlink_to("self.py")
    assert hatchet_ls("check") == Result(0, "No findings in 1 file\n", "")


def test_an_environment_of_the_settings_that_is_broken_stops_everything(project: Path, hatchet_ls: Command) -> None:
    (project / "pyproject.toml").write_text('[tool.hatchet-ls]\nenvironment = "nowhere"\n')
    (project / "tasks.py").write_text(NAMELESS)
    error = f"error: pyproject.toml:2:1: the environment cannot be used: {project / 'nowhere'}: does not exist\n"
    assert hatchet_ls("check") == Result(2, "", error)


def test_without_an_sdk_the_bundled_facts_are_mentioned_once(project: Path, hatchet_ls: Command) -> None:
    (project / ".venv/lib/python3.12/site-packages").mkdir(parents=True)
    (project / ".venv/pyvenv.cfg").touch()
    for name in ("a.py", "b.py"):
        (project / name).write_text(CLEAN)
    result = hatchet_ls("check")
    assert (result.code, result.out) == (0, "No findings in 2 files\n")
    assert result.err.startswith("note: no hatchet_sdk in .venv: checking against the bundled facts of hatchet-sdk 1.")
    assert result.err.count("\n") == 1


def test_a_broken_environment_is_passed_over_in_silence(project: Path, hatchet_ls: Command) -> None:
    (project / ".venv").symlink_to("nowhere")
    (project / "tasks.py").write_text(CLEAN)
    assert hatchet_ls("check") == Result(0, "No findings in 1 file\n", "")


def test_an_error_of_ours_on_one_file_does_not_hide_the_others(
    project: Path, hatchet_ls: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.py", "b.py", "c.py"):
        (project / name).write_text(NAMELESS)
    real = Workspace.analyse

    def analyse(workspace: Workspace, path: Path, text: str) -> object:
        if path.name != "b.py":
            raise ZeroDivisionError("oh no")
        return real(workspace, path, text)

    monkeypatch.setattr(Workspace, "analyse", analyse)
    result = hatchet_ls("check", "--output-format", "concise")
    assert result.code == 3
    assert result.out.startswith("b.py:4:16: error[missing-required-keyword]")
    assert "error: a.py: cannot be checked: ZeroDivisionError: oh no\nTraceback" in result.err
    assert "error: c.py: cannot be checked: ZeroDivisionError: oh no\n" in result.err
    assert result.err.count("Traceback") == 1
    assert result.err.count("please report it at https://") == 1


def test_an_error_of_ours_elsewhere(hatchet_ls: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("oh no")

    monkeypatch.setattr("hatchet_ls.cli.check.discover", fail)
    result = hatchet_ls("check")
    assert (result.code, result.out) == (3, "")
    assert "ZeroDivisionError: oh no\nThis is an error in hatchet-ls" in result.err


def test_a_file_that_changes_while_it_is_fixed_is_left_alone(
    project: Path, hatchet_ls: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = project / "tasks.py"
    file.write_text(TYPO)
    real = Workspace.analyse

    def analyse(workspace: Workspace, path: Path, text: str) -> object:
        file.write_text("# saved by an editor\n")
        return real(workspace, path, text)

    monkeypatch.setattr(Workspace, "analyse", analyse)
    result = hatchet_ls("check", "--fix", "--output-format", "concise")
    assert result.code == 2
    assert result.err == "error: tasks.py: has changed since it was read; nothing was written\n"
    assert file.read_text() == "# saved by an editor\n"
    assert list(project.iterdir()) == [file]


def test_a_file_that_cannot_be_written_is_an_error(
    project: Path, hatchet_ls: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "tasks.py").write_text(TYPO)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    result = hatchet_ls("check", "--fix", "--output-format", "concise")
    assert (result.code, result.err) == (2, "error: tasks.py: cannot be fixed: Permission denied\n")
    assert result.out.startswith("tasks.py:4:38: error[unknown-keyword]")
    assert (project / "tasks.py").read_text() == TYPO


def test_a_fix_that_would_break_the_syntax_is_our_error(
    project: Path, hatchet_ls: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "tasks.py").write_text(TYPO)
    monkeypatch.setattr("hatchet_ls.fixing._soundness", lambda text: (text == TYPO, 0, True))
    result = hatchet_ls("check", "--fix")
    assert result.code == 3
    assert "error: tasks.py: the fix of `unknown-keyword` would break the syntax; it was not applied\n" in result.err
    assert (project / "tasks.py").read_text() == TYPO


def test_paths_outside_the_current_directory_are_absolute(project: Path, hatchet_ls: Command) -> None:
    (project / "inner").mkdir()
    (project / "tasks.py").write_text(NAMELESS)
    os.chdir(project / "inner")
    out = hatchet_ls("check", "..", "--output-format", "concise").out
    assert out.startswith(f"{project / 'tasks.py'}:4:16: ")


def test_safe_and_unsafe_fixes_are_counted_apart(project: Path, hatchet_ls: Command) -> None:
    (project / "a.py").write_text(TYPO)
    (project / "b.py").write_text(UNSAFE)
    assert hatchet_ls("check").out.endswith(
        "Found 2 findings (2 errors); 1 fixable with `--fix`, 1 more with `--fix --unsafe-fixes`\n"
    )


def test_a_directory_that_cannot_be_listed_is_an_error(
    project: Path, hatchet_ls: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "secret").mkdir()
    (project / "tasks.py").write_text(CLEAN)
    real = os.scandir

    def scandir(path: str) -> object:
        if Path(path).name == "secret":
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    error = "error: secret: cannot be listed: permission denied\n"
    assert hatchet_ls("check") == Result(2, "No findings in 1 file\n", error)
