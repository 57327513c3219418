"""The command as a process of its own: exit codes, streams, and what it does not import."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hatchet_ls import __version__

NAMELESS = "from hatchet_sdk import Hatchet\n\nhatchet = Hatchet()\nflow = hatchet.workflow()\n"
QUIET = {key: value for key, value in os.environ.items() if key not in ("FORCE_COLOR", "NO_COLOR", "VIRTUAL_ENV")}


def hatchet_ls(
    directory: Path, *arguments: str, code: str | None = None, **environ: str
) -> subprocess.CompletedProcess[str]:
    """Run the command in a directory; ``code`` is run before it."""
    start = ["-m", "hatchet_ls"] if code is None else ["-c", f"{code}\nfrom hatchet_ls.cli.main import main\nmain()"]
    return subprocess.run(
        [sys.executable, *start, *arguments],
        cwd=directory,
        env={**QUIET, "PYTHONUTF8": "1", **environ},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "tasks.py").write_text(NAMELESS)
    return tmp_path


def test_the_installed_command_says_its_version(tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("hatchet-ls")
    assert subprocess.check_output([command, "--version"], text=True) == f"hatchet-ls {__version__}\n"
    assert hatchet_ls(tmp_path, "--version").stdout == f"hatchet-ls {__version__}\n"


def test_help_names_the_commands(tmp_path: Path) -> None:
    done = hatchet_ls(tmp_path, "--help")
    assert done.returncode == 0
    for name in ("check", "explain", "server"):
        assert f"\n  {name} " in done.stdout


def test_exit_code_0_without_findings(tmp_path: Path) -> None:
    assert hatchet_ls(tmp_path, "check").returncode == 0


def test_exit_code_1_with_findings(project: Path) -> None:
    done = hatchet_ls(project, "check")
    assert (done.returncode, done.stderr) == (1, "")
    assert "missing-required-keyword" in done.stdout


def test_exit_code_2_for_what_the_user_can_mend(project: Path) -> None:
    assert hatchet_ls(project, "check", "--nonsense").returncode == 2
    assert hatchet_ls(project, "check", "missing.py").returncode == 2
    (project / "pyproject.toml").write_text("[tool.hatchet-ls]\nselect = [\n")
    done = hatchet_ls(project, "check")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: pyproject.toml:2:1: invalid TOML: ")


def test_exit_code_3_for_an_error_of_ours(project: Path) -> None:
    broken = "import hatchet_ls.project.workspace as w\nw.Workspace.analyse = None"
    done = hatchet_ls(project, "check", code=broken)
    assert done.returncode == 3
    assert "TypeError" in done.stderr
    assert "please report it at https://" in done.stderr


def test_a_rule_that_fails_is_seen_only_by_who_asks(project: Path) -> None:
    broken = (
        "import dataclasses, hatchet_ls.rules.registry as r\n"
        "for rule in list(r.rules().values()):\n"
        "    r.rules()[rule.name] = dataclasses.replace(rule, check=None) if rule.family == 'api' else rule"
    )
    done = hatchet_ls(project, "check", code=broken)
    assert (done.returncode, done.stdout, done.stderr) == (0, "No findings in 1 file\n", "")
    told = hatchet_ls(project, "check", "--verbose", code=broken)
    assert (told.returncode, told.stdout) == (0, "No findings in 1 file\n")
    assert "ERROR hatchet_ls.check: rule missing-required-keyword failed on" in told.stderr


def test_no_colour_without_a_terminal_unless_forced(project: Path) -> None:
    assert "\x1b[" not in hatchet_ls(project, "check").stdout
    assert "\x1b[" in hatchet_ls(project, "check", FORCE_COLOR="1").stdout
    assert "\x1b[31" not in hatchet_ls(project, "check", FORCE_COLOR="1", NO_COLOR="1").stdout


def test_control_characters_of_the_code_do_not_reach_the_terminal(project: Path) -> None:
    (project / "tasks.py").write_text(NAMELESS.replace("workflow()", "workflow()  # \x1b[2J\u202e"))
    out = hatchet_ls(project, "check").stdout
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "workflow()  # �[2J�" in out


def test_carets_stand_below_their_code_after_tabs_and_wide_letters(project: Path) -> None:
    (project / "tasks.py").write_text(
        NAMELESS.replace("flow =", "if 1:\n\t'日本', ")[:-1].replace("hatchet.work", "hatchet.work")
    )
    lines = hatchet_ls(project, "check").stdout.splitlines()
    carets = next(index for index, line in enumerate(lines) if "^" in line)
    code = lines[carets - 1]
    assert "\t" not in code
    # Two of the letters before the carets are two cells wide.
    assert lines[carets].index("^") == code.index("workflow") + 2


def test_an_output_that_lacks_a_character_is_no_crash(project: Path) -> None:
    (project / "tasks.py").write_text(NAMELESS.replace("flow()", "flow()  # 日本"))
    done = hatchet_ls(project, "check", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 1
    assert "# \\u65e5\\u672c" in done.stdout


def test_a_reader_that_goes_away_is_no_crash(project: Path) -> None:
    for name in range(300):
        (project / f"tasks_{name}.py").write_text(NAMELESS)
    process = subprocess.Popen(
        [sys.executable, "-m", "hatchet_ls", "check", "--output-format", "json"],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=QUIET,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(1)
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 1


@pytest.mark.parametrize("arguments", [["check"], ["check", "--output-format", "json"], ["explain", "--all"]], ids=str)
def test_an_output_that_takes_no_more_is_no_crash(project: Path, arguments: list[str]) -> None:
    full = "import sys\nsys.stdout = open('/dev/full', 'w')"
    done = hatchet_ls(project, *arguments, code=full)
    assert (done.returncode, done.stderr) == (2, "Error: the output cannot be written: no space left on device\n")


def test_an_output_that_is_closed_is_no_crash(project: Path) -> None:
    done = hatchet_ls(project, "check", code="import sys\nsys.stdout = None")
    assert (done.returncode, done.stderr) == (1, "")


def test_a_directory_that_is_gone_is_no_crash(tmp_path: Path) -> None:
    leave = "import os\nos.mkdir('gone')\nos.chdir('gone')\nos.rmdir('../gone')"
    done = hatchet_ls(tmp_path, "check", ".", code=leave)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "Error: the current directory cannot be used: no such file or directory\n"


def modules_after(directory: Path, *arguments: str) -> set[str]:
    """The modules that are imported when the command ends."""
    report = "import atexit, sys\natexit.register(lambda: print('\\n'.join(sys.modules), file=sys.stderr))"
    return set(hatchet_ls(directory, *arguments, code=report).stderr.split())


@pytest.mark.parametrize("options", [[], ["--stdio"], ["--position-encoding", "utf-8"]], ids=str)
def test_the_server_does_not_wait_for_what_only_the_terminal_needs(tmp_path: Path, options: list[str]) -> None:
    modules = modules_after(tmp_path, "server", *options)
    assert "hatchet_ls.lsp.server" in modules
    assert not {"click", "rich", "pathspec", "hatchet_ls.cli.check", "hatchet_ls.cli.explain"} & modules


def test_a_check_without_findings_needs_neither_rich_nor_the_server(tmp_path: Path) -> None:
    modules = modules_after(tmp_path, "check")
    assert "hatchet_ls.project.workspace" in modules
    assert not {"rich", "pygls", "lsprotocol"} & modules
