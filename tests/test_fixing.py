"""Applying fixes: to a text, and to a file."""

from __future__ import annotations

import stat
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any

import pytest

from hatchet_ls import fixing
from hatchet_ls.fixing import FileChangedError, applies, fix_text, write_atomically
from hatchet_ls.rules import Applicability, Finding, Fix, Severity
from hatchet_ls.text import Edit, Span

Analyse = Callable[[str], Sequence[Finding]]


def finding(text: str, old: str, new: str, *, applicability: Applicability = Applicability.SAFE) -> Finding:
    """A finding whose fix puts ``new`` in the place of the first ``old``."""
    start = text.index(old)
    fix = Fix("Mend it", (Edit(Span(start, start + len(old)), new),), applicability)
    return Finding(Span(start, start + 1), "m", fix, severity=Severity.ERROR, rule="a-rule")


def replacing(*pairs: tuple[str, str], applicability: Applicability = Applicability.SAFE) -> Analyse:
    def analyse(text: str) -> list[Finding]:
        found = [finding(text, old, new, applicability=applicability) for old, new in pairs if old in text]
        return sorted(found, key=lambda each: each.span)

    return analyse


def test_nothing_to_fix_leaves_the_text_alone() -> None:
    fixed = fix_text("x = 1\n", lambda text: [])
    assert (fixed.text, fixed.applied, fixed.broken) == ("x = 1\n", (), None)


def test_fixes_that_do_not_meet_are_applied_together() -> None:
    calls: list[str] = []
    analyse = replacing(("a", "b"), ("c", "d"))
    fixed = fix_text("a + c", lambda text: calls.append(text) or analyse(text))  # type: ignore[func-returns-value]
    assert fixed.text == "b + d"
    assert len(fixed.applied) == 2
    assert calls == ["a + c", "b + d"]


def test_of_fixes_that_meet_the_first_wins_and_the_other_waits() -> None:
    fixed = fix_text("ab", replacing(("ab", "bc"), ("b", "x")))
    assert fixed.text == "xc"
    assert len(fixed.applied) == 2


def test_fixes_that_insert_at_one_place_wait_for_each_other() -> None:
    def analyse(text: str) -> list[Finding]:
        end = text.index(")")
        return [
            Finding(Span(0, 1), "m", Fix("Add", (Edit(Span(end, end), f", {name}=1"),), Applicability.SAFE), rule=name)
            for name in ("b", "c")
            if name not in text
        ]

    assert fix_text("f(a)", analyse).text == "f(a, b=1, c=1)"


def test_an_edit_that_two_fixes_share_is_made_once() -> None:
    head = Edit(Span(0, 0), "import enum\n")

    def analyse(text: str) -> list[Finding]:
        return [
            Finding(
                Span(index, index + 1),
                "m",
                Fix("Use it", (head, Edit(Span(index, index + 1), "enum")), Applicability.SAFE),
                rule="a-rule",
            )
            for index, character in enumerate(text)
            if character == "X"
        ]

    assert fix_text("X + X", analyse).text == "import enum\nenum + enum"


def test_unsafe_fixes_are_applied_only_when_asked_for() -> None:
    analyse = replacing(("a", "b"), applicability=Applicability.UNSAFE)
    assert fix_text("a", analyse).text == "a"
    assert fix_text("a", analyse, unsafe=True).text == "b"


def test_fixes_for_display_are_never_applied() -> None:
    analyse = replacing(("a", "b"), applicability=Applicability.DISPLAY)
    assert fix_text("a", analyse, unsafe=True).text == "a"


def test_a_finding_without_edits_has_no_fix() -> None:
    assert not applies(Finding(Span(0, 1), "m"), unsafe=True)
    assert not applies(Finding(Span(0, 1), "m", Fix("Look", (), Applicability.SAFE)), unsafe=True)


def test_fixes_that_undo_each_other_come_to_an_end() -> None:
    fixed = fix_text("a", replacing(("a", "b"), ("b", "a")))
    assert fixed.text == "b"


def test_fixes_that_never_end_are_cut_off() -> None:
    fixed = fix_text("a", lambda text: [finding(text, text[-1], "ab")])
    assert len(fixed.applied) == fixing.MAX_PASSES


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("f(b)\n", "b", ")"),
        ("f(b=1, c=2)\n", "b", "c"),
        ("def f(): return b\n", "def f(): ", ""),
        ("await f(b=1, c=2)\n", "b", "c"),  # as in a cell of a notebook, which does not compile anyway
    ],
)
def test_a_fix_that_breaks_right_code_is_left_out_and_blamed(text: str, old: str, new: str) -> None:
    fixed = fix_text(f"x\n{text}z\n", replacing(("x", "g"), (old, new), ("z", "h")))
    assert fixed.text == f"g\n{text}h\n"
    assert len(fixed.applied) == 2
    assert fixed.broken is not None
    assert fixed.broken.fix is not None
    assert fixed.broken.fix.edits[0].content == new


def test_of_fixes_that_break_the_code_together_the_first_is_applied() -> None:
    fixed = fix_text("f(a=1, b=2)\n", replacing(("a", "c"), ("b", "c")))
    assert fixed.text == "f(c=1, b=2)\n"
    assert fixed.broken is not None


def test_a_fix_that_waits_for_another_is_not_blamed() -> None:
    def analyse(text: str) -> Sequence[Finding]:
        return replacing(("a", "c"), ("b", "c"))(text) if "c" not in text else []

    fixed = fix_text("f(a=1, b=2)\n", analyse)
    assert (fixed.text, fixed.broken) == ("f(c=1, b=2)\n", None)


def test_code_that_was_broken_before_may_be_fixed_all_the_same() -> None:
    assert fix_text("a + (\n", replacing(("a", "b"))).text == "b + (\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "tasks.py"
    path.write_bytes(b"old\r\n")
    return path


def test_a_file_is_replaced_and_keeps_its_mode(file: Path) -> None:
    file.chmod(0o640)
    write_atomically(file, b"old\r\n", b"new\r\n")
    assert file.read_bytes() == b"new\r\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert list(file.parent.iterdir()) == [file]


def test_a_file_that_has_changed_is_left_alone(file: Path) -> None:
    with pytest.raises(FileChangedError):
        write_atomically(file, b"older", b"new")
    assert file.read_bytes() == b"old\r\n"
    assert list(file.parent.iterdir()) == [file]


def test_a_file_that_is_gone_stays_gone(file: Path) -> None:
    file.unlink()
    with pytest.raises(FileNotFoundError):
        write_atomically(file, b"old\r\n", b"new")
    assert list(file.parent.iterdir()) == []


def test_a_file_that_may_not_be_written_is_not_replaced(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.open

    def refuse(path: Path, mode: str) -> IO[Any]:
        if path == file and mode == "r+b":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, mode)

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(PermissionError):
        write_atomically(file, b"old\r\n", b"new\r\n")
    assert file.read_bytes() == b"old\r\n"
    assert list(file.parent.iterdir()) == [file]


def test_a_failure_in_the_last_moment_leaves_the_file_as_it_was(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(source: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(file, b"old\r\n", b"new")
    assert file.read_bytes() == b"old\r\n"
    assert list(file.parent.iterdir()) == [file]


def test_a_symlink_stays_and_its_target_is_replaced(file: Path) -> None:
    (file.parent / "links").mkdir()
    link = file.parent / "links" / "link.py"
    link.symlink_to(file)
    write_atomically(link, b"old\r\n", b"new")
    assert link.is_symlink()
    assert list(link.parent.iterdir()) == [link]
    assert file.read_bytes() == b"new"
