"""Renaming a field of a model with the CEL strings that name it."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from e2e.cel import MODELS, ODD, keyed
from e2e.session import PULL, Session, session

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
async def test_a_field_is_renamed_in_all_open_documents(editor: Session, newline: str) -> None:
    uris = [editor.open(keyed(literal).replace("\n", newline), f"tasks{index}.py") for index, literal in enumerate(ODD)]
    for uri in uris:
        editor.save(uri)
    models = editor.open(MODELS, "models.py")
    editor.save(models)
    prepared = await editor.prepared(uris[1], "user_id")
    assert prepared is not None
    assert prepared.placeholder == "user_id"
    assert editor.text_at(uris[1], prepared.range) == "user_id"
    edit = await editor.renamed(uris[1], "user_id", "owner")
    assert edit is not None
    editor.apply_edit(edit)
    assert editor.texts[models] == MODELS.replace("user_id", "owner")
    for uri, literal in zip(uris, ODD, strict=True):
        assert editor.texts[uri] == keyed(literal).replace("user_id", "owner").replace("\n", newline)


async def test_files_that_are_not_open_are_renamed_in_too(puller: Session) -> None:
    for name, text in {"models.py": MODELS, "tasks.py": keyed(ODD[0])}.items():
        (puller.root / name).write_text(text, encoding="utf-8")
    models = puller.open(MODELS, "models.py")
    edit = await puller.renamed(models, "user_id", "owner")
    assert edit is not None
    documents = {
        change.text_document.uri: change.text_document.version
        for change in edit.document_changes or ()
        if isinstance(change, types.TextDocumentEdit)
    }
    assert documents == {models: 1, puller.uri("tasks.py"): None}


async def test_a_client_without_versions_gets_plain_changes(workspace: Path) -> None:
    assert PULL.capabilities.workspace is not None
    plain = attrs.evolve(PULL.capabilities.workspace, workspace_edit=None)
    async with session(workspace, PULL, capabilities=attrs.evolve(PULL.capabilities, workspace=plain)) as editor:
        models, tasks = editor.open(MODELS, "models.py"), editor.open(keyed(ODD[0]))
        for uri in (models, tasks):
            editor.save(uri)
        edit = await editor.renamed(tasks, "user_id", "owner")
        assert edit is not None
        assert set(edit.changes or {}) == {models, tasks}


async def test_what_is_not_ours_is_left_to_other_servers(puller: Session) -> None:
    models, tasks = puller.open(MODELS, "models.py"), puller.open(keyed(ODD[0]))
    for uri in (models, tasks):
        puller.save(uri)
    for uri, place in ((models, "amount"), (models, "Order"), (tasks, "orders = "), (tasks, "input_validator")):
        assert await puller.prepared(uri, place) is None
        assert await puller.renamed(uri, place, "other") is None


async def test_what_is_not_certain_is_refused_with_a_reason(puller: Session) -> None:
    models, tasks = puller.open(MODELS, "models.py"), puller.open(keyed(ODD[0]))
    unclear = puller.open("def f(thing): return thing.user_id\n", "unclear.py")
    for uri in (models, tasks, unclear):
        puller.save(uri)
    with pytest.raises(JsonRpcException, match=r"unclear\.py:1: cannot tell whether `user_id` is this field"):
        await puller.renamed(tasks, "user_id", "owner")
    with pytest.raises(JsonRpcException, match="`class` is no name in Python"):
        await puller.renamed(tasks, "user_id", "class")


async def test_without_a_folder_nothing_is_searched_and_a_rename_refused(tmp_path: Path) -> None:
    """The server's working directory may be the user's home, or the root of everything."""
    text = f"{MODELS}\n\n{keyed(ODD[0])}".replace("from models import Order\n", "")
    async with session(tmp_path, PULL, named=False) as editor:
        uri = editor.open(text)
        assert await editor.prepared(uri, "user_id: str") is not None
        with pytest.raises(JsonRpcException, match="cannot find all uses of `user_id`: no folder is open"):
            await editor.renamed(uri, "user_id: str", "owner")
