"""URIs as clients spell them."""

from __future__ import annotations

from pathlib import Path

import pytest

from hatchet_ls.lsp.uris import file_path, key_of, path_of, uri_of


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///home/me/app/tasks.py", "/home/me/app/tasks.py"),
        ("file:///home/me/with%20space%20and%20%E8%AA%9E/tasks.py", "/home/me/with space and 語/tasks.py"),
        ("file:///home/me/semi;colon.py", "/home/me/semi;colon.py"),
        ("file:///home/me/100%25.py", "/home/me/100%.py"),
        ("file://localhost/home/me/tasks.py", "/home/me/tasks.py"),
        ("untitled:Untitled-1", None),
        ("git:/home/me/tasks.py?%7B%7D", None),
        ("file://[broken", None),
        ("", None),
    ],
)
def test_the_file_behind_a_uri(uri: str, path: str | None) -> None:
    assert file_path(uri, windows=False) == path


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///c%3A/Users/me/my%20app/tasks.py", "c:\\Users\\me\\my app\\tasks.py"),
        ("file:///C:/Users/me/tasks.py", "C:\\Users\\me\\tasks.py"),
        ("file://server/share/tasks.py", "\\\\server\\share\\tasks.py"),
    ],
)
def test_the_file_behind_a_uri_on_windows(uri: str, path: str) -> None:
    assert file_path(uri, windows=True) == path


def test_spellings_of_one_uri_have_one_key() -> None:
    assert key_of("file:///c%3A/app/tasks.py") == key_of("file:///c:/app/tasks.py") == key_of("file:///C:/app/tasks.py")
    assert key_of("file:///app/a.py") != key_of("file:///app/A.py")


def test_a_path_comes_back_from_its_uri(tmp_path: Path) -> None:
    path = tmp_path / "with space" / "語 100%.py"
    assert path_of(uri_of(path)) == path
