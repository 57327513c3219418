"""Emacs, the real one and in batch mode, with the documented configurations for eglot and for lsp-mode."""

from __future__ import annotations

from pathlib import Path

import pytest

from editors.desk import DOCS, FIXED, TASKS, Desk
from hatchet_ls import __version__

SCRIPTS = Path(__file__).parent / "emacs"


def command(*configuration: str, script: str) -> list[str]:
    files = [*(DOCS / "emacs" / name for name in configuration), SCRIPTS / script]
    loads = [argument for file in files for argument in ("-l", str(file))]
    return ["/usr/bin/emacs", "--batch", "--no-init-file", "--eval", "(package-activate-all)", *loads]


@pytest.mark.parametrize(
    ("configuration", "script"),
    [("init.el", "eglot.el"), ("init-lsp-mode.el", "lsp-mode.el")],
    ids=["eglot", "lsp-mode"],
)
def test_a_user_sees_understands_and_mends_a_mistake(desk: Desk, configuration: str, script: str) -> None:
    seen = desk.run(command(configuration, script=script))
    assert seen["version"].startswith("28.2")
    assert seen["place"] == '"10m"'
    assert '`"10m"` as a string is deprecated' in seen["text"]
    assert "retries" in seen["hover"]
    assert seen["root"].rstrip("/") == str(desk.workspace)
    assert seen["fixed"] == FIXED
    assert desk.is_left_empty()


@pytest.mark.parametrize(
    ("configuration", "script", "error"),
    [
        (("init.el", "settings.el"), "eglot.el", "eglot-error"),
        (("init-lsp-mode.el", "settings-lsp-mode.el"), "lsp-mode.el", ":error"),
    ],
    ids=["eglot", "lsp-mode"],
)
def test_settings_take_effect(desk: Desk, configuration: tuple[str, str], script: str, error: str) -> None:
    assert desk.run(command(*configuration, script=script))["type"] == error


@pytest.mark.parametrize(
    "configuration",
    [("init.el", "fix-on-save.el"), ("init-lsp-mode.el", "fix-on-save-lsp-mode.el")],
    ids=["eglot", "lsp-mode"],
)
def test_fixes_are_applied_on_save(desk: Desk, configuration: tuple[str, str]) -> None:
    seen = desk.run(command(*configuration, script="save.el"))
    assert seen["fixed"] == FIXED
    assert desk.file.read_text(encoding="utf-8") == FIXED
    assert desk.is_left_empty()


def test_a_report_can_be_written(desk: Desk) -> None:
    assert __version__ in desk.run(command("init.el", "debug-information.el", script="debug.el"))["text"]


def test_lsp_mode_has_the_servers_log_in_a_buffer(desk: Desk) -> None:
    seen = desk.run(command("init-lsp-mode.el", script="log.el"))
    assert "unknown severity `loud`" in seen["text"]
    assert seen["printed"] is True


def test_eglot_runs_it_beside_ruff(desk: Desk) -> None:
    desk.lay({"tasks.py": f"import os\n{TASKS}"})
    seen = desk.run(command("init-beside-ruff.el", script="beside.el"))
    for once in ("F401", "duration-as-string"):
        assert seen["diagnostics"].count(f"[{once}]") == 1
    assert desk.is_left_empty()
