"""Hovers on what is ours, and nothing elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from e2e.cel import MODELS, ODD, keyed
from e2e.session import PULL, Session, session, with_document
from e2e.texts import WRONG, task
from hatchet_ls.rules import rules

pytestmark = pytest.mark.asyncio


def text_of(hover: types.Hover | None) -> str:
    assert hover is not None
    assert isinstance(hover.contents, types.MarkupContent)
    return hover.contents.value


async def test_an_argument_explains_itself_where_it_stands(editor: Session) -> None:
    uri = editor.open(task('name="😀", retries=3'))
    hover = await editor.hover(uri, "retries")
    assert "retries" in text_of(hover)
    assert hover is not None
    assert hover.range is not None
    assert "retries" in editor.text_at(uri, hover.range)


async def test_a_rule_name_in_a_comment_shows_the_rule_s_page(editor: Session) -> None:
    uri = editor.open(WRONG.replace("-1)", "-1)  # 😀 # hatchet: ignore[negative-retries]"))
    hover = await editor.hover(uri, "negative-retries")
    rule = rules()["negative-retries"]
    assert rule.summary in text_of(hover)
    assert rule.url in text_of(hover)
    assert hover is not None
    assert hover.range is not None
    assert editor.text_at(uri, hover.range) == "negative-retries"


@pytest.mark.parametrize("place", ["from hatchet_sdk", "EmptyModel, Hatchet", "def work", "work(", ": ..."])
async def test_what_is_not_ours_has_no_hover(puller: Session, place: str) -> None:
    assert await puller.hover(puller.open(WRONG), place) is None


async def test_a_file_without_hatchet_has_no_hover(puller: Session) -> None:
    assert await puller.hover(puller.open("retries = 3  # hatchet: ignore[negative-retries]\n"), "negative") is None


async def test_what_is_not_open_has_no_hover(puller: Session) -> None:
    uri = puller.open(task("retries=3"))
    puller.close(uri)
    assert await puller.hover(uri, "retries") is None


async def test_the_newest_text_is_what_is_explained(puller: Session) -> None:
    uri = puller.open("")
    puller.retype(uri, task("retries=3"))
    assert "retries" in text_of(await puller.hover(uri, "retries"))


async def test_a_client_without_markdown_gets_plain_text(workspace: Path) -> None:
    capabilities = with_document(PULL.capabilities, hover=types.HoverClientCapabilities())
    async with session(workspace, PULL, capabilities=capabilities) as editor:
        uri = editor.open(WRONG.replace("-1)", "-1)  # hatchet: ignore[negative-retries]"))
        hover = await editor.hover(uri, "negative-retries")
        assert hover is not None
        assert isinstance(hover.contents, types.MarkupContent)
        assert hover.contents.kind == types.MarkupKind.PlainText
        assert "**" not in hover.contents.value
        assert "## " not in hover.contents.value


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
async def test_a_field_in_a_cel_string_is_explained_however_the_string_is_written(
    editor: Session, newline: str
) -> None:
    (editor.root / "models.py").write_text(MODELS, encoding="utf-8")
    for index, literal in enumerate(ODD):
        uri = editor.open(keyed(literal).replace("\n", newline), f"tasks{index}.py")
        hover = await editor.hover(uri, "user_id")
        assert "input.user_id: string" in text_of(hover)
        assert "Who has ordered 😀." in text_of(hover)
        assert "`user_id: str` of `Order` (models.py:9)" in text_of(hover)
        assert hover is not None
        assert hover.range is not None
        assert editor.text_at(uri, hover.range) == "user_id"


async def test_a_duration_says_what_the_engine_receives(editor: Session) -> None:
    uri = editor.open(
        task('name="😀", execution_timeout=timedelta(minutes=90)').replace(
            "from", "from datetime import timedelta\nfrom", 1
        )
    )
    hover = await editor.hover(uri, "timedelta(minutes")
    assert "the engine receives `90m`" in text_of(hover)
    assert hover is not None
    assert hover.range is not None
    assert editor.text_at(uri, hover.range) == "timedelta(minutes=90)"
