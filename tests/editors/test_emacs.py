"""Emacs, the real one and in batch mode, with the documented configurations for eglot and for lsp-mode."""

from __future__ import annotations

from pathlib import Path

import pytest

from editors.desk import DOCS, FIXED, Desk

SCRIPTS = Path(__file__).parent / "emacs"


def command(configuration: str, script: str) -> list[str]:
    return [
        *("/usr/bin/emacs", "--batch", "--no-init-file", "--eval", "(package-activate-all)"),
        *("-l", str(DOCS / "emacs" / configuration), "-l", str(SCRIPTS / script)),
    ]


@pytest.mark.parametrize(
    ("configuration", "script"),
    [("init.el", "eglot.el"), ("init-lsp-mode.el", "lsp-mode.el")],
    ids=["eglot", "lsp-mode"],
)
def test_a_user_sees_understands_and_mends_a_mistake(desk: Desk, configuration: str, script: str) -> None:
    seen = desk.run(command(configuration, script))
    assert seen["version"].startswith("28.2")
    assert seen["place"] == '"10m"'
    assert '`"10m"` as a string is deprecated' in seen["text"]
    assert "retries" in seen["hover"]
    assert seen["root"].rstrip("/") == str(desk.workspace)
    assert seen["fixed"] == FIXED
    assert desk.is_left_empty()
