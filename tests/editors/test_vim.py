"""Vim, the real one in a terminal, with ALE and the documented configuration, as a user types in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pexpect
import pytest

from editors.desk import DOCS, FIXED, SECONDS, Desk, wait_until

REPORT = Path(__file__).parent / "vim" / "report.vim"


class Vim:
    """One session. The file's diagnostics, the preview window and the text are reported all the time."""

    def __init__(self, desk: Desk) -> None:
        arguments = ["-u", str(DOCS / "vim" / "vimrc"), "-i", "NONE", "-n", "-S", str(REPORT), str(desk.file)]
        self._desk = desk
        self._terminal = pexpect.spawn(
            "/usr/bin/vim.nox",
            arguments,
            env=desk.environ(),
            cwd=str(desk.workspace),
            timeout=SECONDS,
            encoding="utf-8",
        )

    def type(self, keys: str) -> None:
        self._terminal.send(keys)

    def wait_for_screen(self, text: str) -> None:
        self._terminal.expect_exact(text)

    def see(self, condition: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
        """Wait until something is seen."""
        found: dict[str, Any] = {}

        def seen() -> bool:
            self._terminal.expect([pexpect.TIMEOUT], timeout=0.05)
            try:
                found.update(self._desk.seen())
            except FileNotFoundError:  # none was written yet, or Vim has just deleted the one that it replaces
                return False
            return bool(condition(found))

        wait_until(seen)
        return found

    def leave(self) -> None:
        self.type("\x1b:qa!\r")
        self._terminal.expect([pexpect.EOF])
        self._terminal.close()
        assert self._terminal.exitstatus == 0


@pytest.fixture
def vim(desk: Desk) -> Iterator[Vim]:
    packages = desk.home / ".vim" / "pack" / "plugins" / "start"
    packages.mkdir(parents=True)
    (packages / "ale").symlink_to("/usr/share/vim-ale")
    (desk.home / ".vim" / "ale_linters").symlink_to(DOCS / "vim" / "ale_linters")
    vim = Vim(desk)
    yield vim
    vim.leave()
    assert desk.is_left_empty()


def test_a_user_sees_understands_and_mends_a_mistake(vim: Vim) -> None:
    seen = vim.see(lambda seen: seen["codes"])
    assert str(seen["version"]).startswith("900")
    assert (seen["codes"], seen["places"]) == (["duration-as-string"], ['"10m"'])
    vim.type("/retries\rK")
    assert "retries" in vim.see(lambda seen: seen["hover"])["hover"]
    vim.type("/10m\rgra")
    vim.wait_for_screen("Type number and <Enter>")
    vim.type("1\r")
    assert vim.see(lambda seen: not seen["codes"])["text"] == FIXED


def test_settings_take_effect(vim: Vim) -> None:
    assert vim.see(lambda seen: seen["codes"])["types"] == ["W"]
    vim.type(f":source {DOCS / 'vim' / 'settings.vim'}\r:ALELint\r")
    vim.see(lambda seen: seen["types"] == ["E"])


def test_fixes_are_applied_on_save(vim: Vim, desk: Desk) -> None:
    vim.see(lambda seen: seen["codes"])
    vim.type(f":source {DOCS / 'vim' / 'fix-on-save.vim'}\r:w\r")
    assert vim.see(lambda seen: not seen["codes"])["text"] == FIXED
    wait_until(lambda: desk.file.read_text(encoding="utf-8") == FIXED)
