"""What is offered while one types, to clients that count in every way."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from e2e.cel import MODELS, keyed
from e2e.session import PULL, Session, session, with_document
from e2e.texts import HEAD, task

pytestmark = pytest.mark.asyncio

FIELDS = ["user_id", "amount", "user"]


@pytest.fixture
def models(workspace: Path) -> Path:
    path = workspace / "models.py"
    path.write_text(MODELS, encoding="utf-8")
    return path


@pytest.mark.usefixtures("models")
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
async def test_fields_are_offered_however_the_string_is_written(editor: Session, newline: str) -> None:
    literals = [
        '"input."',
        "\"'😀é' + input.\"",
        "'\\'😀\\' + \\\n input.'",
        '"""\'語\' +\n input.\n"""',
        "'\\'\\N{GRINNING FACE}\\'' ' + input.'",
    ]
    for index, literal in enumerate(literals):
        uri = editor.open(keyed(literal).replace("\n", newline), f"tasks{index}.py")
        items = await editor.completions(uri, "input.", ".")
        assert [each.label for each in items][:3] == FIELDS
        editor.take(uri, items[0])
        assert editor.texts[uri] == keyed(literal.replace("input.", "input.user_id")).replace("\n", newline)


@pytest.mark.usefixtures("models")
async def test_typing_a_key_from_its_first_quote_on(editor: Session) -> None:
    """As an editor without automatic quotes sends it, letter by letter."""
    uri = editor.open(keyed(""))
    seen: dict[str, list[str]] = {}
    typed = ""
    for letter in '"input.u':
        editor.replace(uri, f"expression={typed},", f"expression={typed}{letter},")
        typed += letter
        items = await editor.completions(uri, f"expression={typed}", letter if letter in '".' else None)
        seen[typed] = [each.label for each in items]
    assert seen['"'][0] == "input.user_id"
    assert "additional_metadata" in seen['"in']
    assert seen['"input.'][:3] == FIELDS
    assert seen['"input.u'][:3] == FIELDS


@pytest.mark.usefixtures("models")
async def test_an_item_says_what_it_is(puller: Session) -> None:
    uri = puller.open(keyed('"input."'))
    first, *rest = await puller.completions(uri, "input.", ".")
    assert first.kind == types.CompletionItemKind.Field
    assert first.detail == "string"
    assert first.documentation == types.MarkupContent(types.MarkupKind.Markdown, "Who has ordered 😀.")
    assert [each.sort_text for each in (first, *rest)] == sorted(str(each.sort_text) for each in (first, *rest))


async def test_a_member_of_an_enum_comes_with_its_import(editor: Session) -> None:
    uri = editor.open(task('name="😀", default_priority='))
    (high,) = (each for each in await editor.completions(uri, "priority=", "=") if each.label == "Priority.HIGH")
    editor.take(uri, high)
    assert editor.texts[uri] == task('name="😀", default_priority=Priority.HIGH').replace(
        "EmptyModel, Hatchet\n", "EmptyModel, Hatchet, Priority\n"
    )


async def test_the_default_is_preferred_and_any_duration_can_be_filled_in(puller: Session) -> None:
    uri = puller.open(task("execution_timeout="))
    items = {each.label: each for each in await puller.completions(uri, "timeout=", "=")}
    assert items["timedelta(minutes=1)"].preselect
    assert items["timedelta(…)"].insert_text_format == types.InsertTextFormat.Snippet


async def test_crons_are_offered(editor: Session) -> None:
    uri = editor.open(task('name="😀", on_crons=["'))
    items = await editor.completions(uri, 'on_crons=["', '"')
    (daily,) = (each for each in items if each.label == "0 9 * * *")
    assert daily.detail == "Every day at 09:00 (UTC)"
    editor.take(uri, daily)
    assert 'on_crons=["0 9 * * *)' in editor.texts[uri]


@pytest.mark.parametrize(
    ("text", "before"),
    [
        (task("name='x'"), "name='"),
        (task() + "# input.", "# input."),
        ("KEY = 'input.'\n", "'input."),
        (HEAD + "print('input.')\n", "'input."),
        (HEAD + "hatchet.", "\nhatchet."),
    ],
)
async def test_elsewhere_nothing_is_offered(puller: Session, text: str, before: str) -> None:
    uri = puller.open(text)
    params = types.CompletionParams(types.TextDocumentIdentifier(uri), puller.range_of(uri, before).end)
    assert await puller.client.text_document_completion_async(params) is None


async def test_what_is_not_open_is_offered_nothing(puller: Session) -> None:
    params = types.CompletionParams(types.TextDocumentIdentifier(puller.uri("tasks.py")), types.Position(0, 0))
    assert await puller.client.text_document_completion_async(params) is None


@pytest.mark.usefixtures("models")
async def test_a_plain_client_gets_plain_items(workspace: Path) -> None:
    capabilities = with_document(PULL.capabilities, completion=types.CompletionClientCapabilities())
    async with session(workspace, PULL, capabilities=capabilities) as editor:
        uri = editor.open(keyed('"input.user_id."'))
        items = {each.label: each for each in await editor.completions(uri, "user_id.", ".")}
        assert items["split"].insert_text_format is None
        assert isinstance(items["split"].text_edit, types.TextEdit)
        assert items["split"].text_edit.new_text == "split("
        assert isinstance(items["split"].documentation, types.MarkupContent)
        assert items["split"].documentation.kind == types.MarkupKind.PlainText
        empty = editor.open(keyed('""'), "empty.py")
        assert all(each.preselect is None for each in await editor.completions(empty, 'expression="'))


async def test_the_characters_that_ask_for_completion_are_named(puller: Session) -> None:
    options = puller.answer.capabilities.completion_provider
    assert options is not None
    assert set(options.trigger_characters or ()) == {".", '"', "'", "=", "(", "["}
