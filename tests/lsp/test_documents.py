"""Open documents and their edits."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types
from lsprotocol.types import Position, PositionEncodingKind, Range

from hatchet_ls.lsp.documents import Document, Documents
from steps import counted

ROOT = Path("/app")
URI = "file:///app/tasks.py"


def opened(documents: Documents, text: str = "", uri: str = URI, language: str = "python") -> Document | None:
    return documents.open(types.TextDocumentItem(uri, language, 1, text), ROOT)


def edit(start: tuple[int, int], end: tuple[int, int], text: str) -> types.TextDocumentContentChangePartial:
    return types.TextDocumentContentChangePartial(range=Range(Position(*start), Position(*end)), text=text)


def changed(text: str, *changes: types.TextDocumentContentChangeEvent) -> str:
    documents = Documents()
    opened(documents, text)
    identifier = types.VersionedTextDocumentIdentifier(2, URI)
    document = documents.change(identifier, changes, PositionEncodingKind.Utf16)
    assert document is not None
    assert document is documents.get(URI)
    assert document.version == 2
    return document.source.text


def test_an_edit_replaces_its_range() -> None:
    assert changed("one\ntwo\nthree\n", edit((1, 0), (2, 2), "2")) == "one\n2ree\n"


def test_edits_of_one_message_follow_each_other() -> None:
    assert changed("a\n", edit((0, 0), (0, 0), "xy\n"), edit((1, 0), (1, 1), "b")) == "xy\nb\n"


def test_a_change_without_range_replaces_everything() -> None:
    assert changed("a", types.TextDocumentContentChangeWholeDocument("b")) == "b"


def test_columns_count_in_the_client_s_units() -> None:
    assert changed("'😀' + x", edit((0, 7), (0, 8), "y")) == "'😀' + y"


def test_a_form_feed_does_not_end_a_line() -> None:
    assert changed("a\f\nb\n", edit((1, 0), (1, 1), "c")) == "a\f\nc\n"


def test_line_ends_of_any_kind_can_be_deleted() -> None:
    assert changed("a\r\nb\rc", edit((0, 1), (1, 0), ""), edit((0, 2), (1, 0), "")) == "abc"


@pytest.mark.parametrize("place", [(0, 99), (1, 0), (99, 99)])
def test_an_edit_out_of_range_is_clamped(place: tuple[int, int]) -> None:
    assert changed("a", edit(place, place, "b")) == "ab"


def steps(changes: int) -> int:
    """How many calls it takes to make so many changes at once to a text of 1000 lines."""
    documents = Documents()
    opened(documents, "a = 1\n" * 1000)
    made = [edit((row, 0), (row, 1), "b\n") for row in reversed(range(changes))]
    with counted() as taken:
        documents.change(types.VersionedTextDocumentIdentifier(2, URI), made, PositionEncodingKind.Utf16)
    return taken.count


def test_the_lines_of_a_text_are_looked_for_once_for_all_changes() -> None:
    assert steps(21) - steps(1) < 5000


def test_what_is_not_open_is_not_edited() -> None:
    identifier = types.VersionedTextDocumentIdentifier(2, URI)
    assert Documents().change(identifier, [edit((0, 0), (0, 0), "a")], PositionEncodingKind.Utf16) is None


def test_the_text_of_an_open_file_counts_until_it_is_closed() -> None:
    documents = Documents()
    opened(documents, "x = 1")
    assert documents.text_of(ROOT / "tasks.py") == "x = 1"
    assert documents.close(URI) is not None
    assert documents.text_of(ROOT / "tasks.py") is None
    assert documents.close(URI) is None


def test_a_document_answers_to_every_spelling_of_its_uri_and_keeps_the_first() -> None:
    documents = Documents()
    opened(documents, uri="file:///app/my%20tasks.py")
    document = documents.get("file:///app/my tasks.py")
    assert document is not None
    assert document.uri == "file:///app/my%20tasks.py"


@pytest.mark.parametrize("uri", ["untitled:Untitled-1", "vscode-vfs://github/me/app/tasks.py", "nonsense"])
def test_what_is_in_no_file_lives_in_the_workspace_and_stands_for_no_file(uri: str) -> None:
    documents = Documents()
    document = opened(documents, "x = 1", uri)
    assert document is not None
    assert document.source.path.parent == ROOT
    assert not document.in_file
    assert documents.text_of(document.source.path) is None


def test_past_versions_of_a_file_are_not_taken_in() -> None:
    documents = Documents()
    assert opened(documents, uri="git:/app/tasks.py?%7B%22ref%22%3A%22HEAD%22%7D") is None
    assert list(documents) == []


@pytest.mark.parametrize(
    ("uri", "language", "expected"),
    [
        ("file:///app/tasks.py", "python", True),
        ("file:///app/tasks.pyi", "", True),
        ("untitled:Untitled-1", "python", True),
        ("untitled:Untitled-1", "plaintext", False),
        ("file:///app/pyproject.toml", "toml", False),
    ],
)
def test_python_is_what_the_client_or_the_name_says_is_python(uri: str, language: str, expected: bool) -> None:
    document = opened(Documents(), uri=uri, language=language)
    assert document is not None
    assert document.is_python is expected
