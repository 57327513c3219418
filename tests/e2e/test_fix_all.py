"""All safe fixes in one edit, for a command and for saving."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path

import pytest
from lsprotocol import types
from lsprotocol.types import Position, Range

from e2e.session import COMMAND, PULL, Session, session
from e2e.texts import CLEAN, HEAD, WRONG, task

pytestmark = pytest.mark.asyncio

KIND = "source.fixAll.hatchet"
EVERYTHING = Range(Position(0, 0), Position(10_000, 0))
UNSAFE = """

@hatchet.durable_task()
def sleepy(input: EmptyModel, ctx: Context) -> None: ...
"""
SEVERAL = (
    task('execution_timeout="10m", retries=-1')
    + task('name="😀", schedule_timeout="1h30m", execution_timeout="2m"', "other").removeprefix(HEAD)
    + UNSAFE
)


async def fix_all(editor: Session, uri: str, *only: types.CodeActionKind | str) -> list[types.CodeAction]:
    """What an editor asks for when it saves, or when a command says so."""
    return await editor.actions(uri, EVERYTHING, only=only or [KIND])


async def test_all_safe_fixes_are_one_edit_and_the_others_stay_to_be_asked_about(editor: Session) -> None:
    uri = editor.open(SEVERAL)
    (action,) = await fix_all(editor, uri)
    assert action.kind == KIND
    editor.apply(action)
    assert editor.texts[uri].count("timedelta(") == 3
    assert editor.texts[uri].count("import timedelta") == 1
    left = {diagnostic.code for diagnostic in await editor.diagnostics(uri)}
    assert left == {"negative-retries", "durable-sync-function"}
    assert await fix_all(editor, uri) == []


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
async def test_it_gives_what_the_command_line_gives(puller: Session, newline: str) -> None:
    uri = puller.open(SEVERAL.replace("\n", newline))
    (action,) = await fix_all(puller, uri)
    puller.apply(action)
    file = puller.root / "tasks.py"
    file.write_text(SEVERAL, encoding="utf-8", newline=newline)
    checked = await asyncio.create_subprocess_exec(COMMAND[0], "check", "--fix", file, stdout=subprocess.DEVNULL)
    assert await checked.wait() == 1
    assert file.read_bytes().decode() == puller.texts[uri]


async def test_what_it_does_not_change_it_does_not_touch(puller: Session) -> None:
    """So cursors stay where they are."""
    uri = puller.open(task('retries=2, execution_timeout="10m"'))
    (action,) = await fix_all(puller, uri)
    assert action.edit is not None
    (change,) = action.edit.document_changes or ()
    assert isinstance(change, types.TextDocumentEdit)
    assert [puller.text_at(uri, edit.range) for edit in change.edits] == ["", '"10m"']


@pytest.mark.parametrize(
    ("only", "kinds"),
    [
        (["source"], {KIND}),
        (["source.fixAll"], {KIND}),
        (["source.fixAll.hatchet"], {KIND}),
        (["source.fixAll.ruff", "source.organizeImports"], set()),
        (["source.fixAll.hatchetry"], set()),
        (["quickfix"], {"quickfix"}),
        (["quickfix", "source.fixAll"], {"quickfix", KIND}),
        (None, {"quickfix"}),
        ([""], {"quickfix"}),
    ],
)
async def test_it_is_there_only_for_who_asks_for_it(puller: Session, only: list[str] | None, kinds: set[str]) -> None:
    uri = puller.open(SEVERAL)
    assert {action.kind for action in await puller.actions(uri, EVERYTHING, only=only)} == kinds


@pytest.mark.parametrize(
    "text", [CLEAN, WRONG, HEAD + UNSAFE, "print()\n"], ids=["clean", "unfixable", "unsafe", "other"]
)
async def test_nothing_to_fix_is_no_action(puller: Session, text: str) -> None:
    assert await fix_all(puller, puller.open(text)) == []


async def test_a_finding_that_is_ignored_is_not_mended(puller: Session) -> None:
    ignored = task('execution_timeout="10m"').replace(")\ndef", ")  # hatchet: ignore[duration-as-string]\ndef")
    assert await fix_all(puller, puller.open(ignored)) == []


async def test_a_plain_client_can_have_it_too(workspace: Path) -> None:
    """It knows neither preferred actions nor versions of documents."""
    literals = types.ClientCodeActionLiteralOptions(types.ClientCodeActionKindOptions([]))
    capabilities = types.ClientCapabilities(
        general=PULL.capabilities.general,
        text_document=types.TextDocumentClientCapabilities(
            code_action=types.CodeActionClientCapabilities(code_action_literal_support=literals),
            diagnostic=types.DiagnosticClientCapabilities(),
        ),
    )
    async with session(workspace, PULL, capabilities=capabilities) as editor:
        uri = editor.open(task('execution_timeout="10m"'))
        (action,) = await fix_all(editor, uri)
        assert action.is_preferred is None
        editor.apply(action)
        assert not await editor.diagnostics(uri)


async def test_who_asks_and_does_not_apply_it_is_told_the_same_as_before(puller: Session) -> None:
    """For its answer the server reads what the text would become."""
    uri = puller.open(SEVERAL)
    before = await puller.outline(uri), await puller.actions(uri, EVERYTHING), await puller.hover(uri, "-1")
    (first,) = await fix_all(puller, uri)
    (second,) = await fix_all(puller, uri)
    assert first == second
    assert before == (await puller.outline(uri), await puller.actions(uri, EVERYTHING), await puller.hover(uri, "-1"))
