"""Between CEL strings and the models whose fields they name, for clients that count in every way."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from e2e.cel import MODELS, ODD, keyed
from e2e.session import PULL, Session, session, with_document

pytestmark = pytest.mark.asyncio


@pytest.fixture
def models(workspace: Path) -> Path:
    path = workspace / "models.py"
    path.write_text(MODELS, encoding="utf-8")
    return path


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
async def test_a_field_leads_to_its_definition(editor: Session, models: Path, newline: str) -> None:
    for index, literal in enumerate(ODD):
        uri = editor.open(keyed(literal).replace("\n", newline), f"tasks{index}.py")
        (link,) = await editor.definition(uri, "user_id")
        assert link.target_uri == models.as_uri()
        assert link.target_selection_range == types.Range(types.Position(8, 4), types.Position(8, 11))
        assert link.origin_selection_range is not None
        assert editor.text_at(uri, link.origin_selection_range) == "user_id"


async def test_a_field_is_found_and_explained_in_a_statement_that_is_half_typed(editor: Session, models: Path) -> None:
    uri = editor.open(keyed("\"'😀' + input.user_id\"").replace(", max_runs=1),\n)", ", max_runs="))
    (link,) = await editor.definition(uri, "user_id")
    assert link.target_uri == models.as_uri()
    hover = await editor.hover(uri, "user_id")
    assert hover is not None
    assert hover.range is not None
    assert editor.text_at(uri, hover.range) == "user_id"
    assert "Who has ordered" in str(hover.contents)


async def test_an_open_model_is_taken_as_it_is_in_the_editor(puller: Session, models: Path) -> None:
    opened = puller.open(MODELS.replace("class Order", "# 😀\n\n\nclass Order"), "models.py")
    (link,) = await puller.definition(puller.open(keyed(ODD[0])), "user_id")
    assert link.target_uri == opened
    assert puller.text_at(opened, link.target_selection_range) == "user_id"


async def test_a_client_without_links_gets_a_place(workspace: Path, models: Path) -> None:
    capabilities = with_document(PULL.capabilities, definition=types.DefinitionClientCapabilities())
    async with session(workspace, PULL, capabilities=capabilities) as editor:
        uri = editor.open(keyed(ODD[0]))
        params = types.DefinitionParams(types.TextDocumentIdentifier(uri), editor.range_of(uri, "user_id").start)
        answer = await editor.client.text_document_definition_async(params)
        assert isinstance(answer, types.Location)
        assert answer.uri == models.as_uri()


@pytest.mark.usefixtures("models")
async def test_what_is_not_ours_leads_nowhere(puller: Session) -> None:
    uri = puller.open(keyed(ODD[0]))
    for place in ("Order\n\nhatchet", "input_validator", '"orders"', "hatchet = "):
        assert not await puller.definition(uri, place)
    assert not await puller.references(uri, "input_validator")


async def test_a_definition_leads_to_the_strings_of_open_documents_and_files(editor: Session, models: Path) -> None:
    for index, literal in enumerate(ODD):
        (editor.root / f"tasks{index}.py").write_text(keyed(literal), encoding="utf-8")
    opened = editor.open(keyed("'input.amount + input.user_id'"), "tasks0.py")
    uri = editor.open(MODELS, "models.py")
    found = await editor.references(uri, "user_id")
    assert [each.uri for each in found] == [uri, opened, *(editor.uri(f"tasks{index}.py") for index in range(1, 5))]
    assert [editor.text_at(each.uri, each.range) for each in found[:2]] == ["user_id", "user_id"]
    assert len(await editor.references(uri, "user_id", declared=False)) == len(ODD)


@pytest.mark.usefixtures("models")
async def test_a_name_in_a_string_leads_to_all_others(puller: Session) -> None:
    other = puller.open(keyed("'input.user.name'"), "other.py")
    uri = puller.open(keyed("'input.user_id + input.user.name'"))
    (puller.root / "other.py").write_text(keyed("'input.user.name'"), encoding="utf-8")
    found = await puller.references(uri, "name'", declared=False)
    assert [each.uri for each in found] == [uri, other]


async def test_a_field_that_no_string_names_is_left_to_other_servers(puller: Session) -> None:
    uri = puller.open(MODELS, "models.py")
    assert not await puller.references(uri, "amount")
