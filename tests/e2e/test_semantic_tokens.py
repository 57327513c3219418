"""Colours of CEL strings, for clients that colour by meaning."""

from __future__ import annotations

from pathlib import Path

import pytest

from e2e.cel import ODD, keyed
from e2e.session import PULL, Session, session, with_document

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
async def test_names_are_coloured_however_the_string_is_written(editor: Session, newline: str) -> None:
    for index, literal in enumerate(ODD):
        uri = editor.open(keyed(literal).replace("\n", newline), f"tasks{index}.py")
        found = await editor.colours(uri)
        assert [text for text, kind in found if kind == "property"] == ["user_id"]
        assert "".join(text for text, kind in found if kind == "variable") == "input"


async def test_strings_beyond_ascii_have_their_length(editor: Session) -> None:
    uri = editor.open(keyed("\"'😀é' + input.user_id\""))
    assert await editor.colours(uri) == [
        ("'😀é'", "string"),
        ("+", "operator"),
        ("input", "variable"),
        ("user_id", "property"),
    ]


async def test_a_file_without_hatchet_has_no_colours(puller: Session) -> None:
    assert await puller.colours(puller.open('KEY = "input.user_id"\n')) == []


async def test_the_settings_can_turn_them_off(puller: Session) -> None:
    uri = puller.open(keyed(ODD[0]))
    assert await puller.colours(uri) != []
    puller.changed_on_disk("pyproject.toml", "[tool.hatchet-ls]\nsemantic-tokens = false\n")
    assert await puller.colours(uri) == []


async def test_a_client_that_does_not_colour_by_meaning_is_not_offered_it(workspace: Path) -> None:
    capabilities = with_document(PULL.capabilities, semantic_tokens=None)
    async with session(workspace, PULL, capabilities=capabilities) as editor:
        assert editor.answer.capabilities.semantic_tokens_provider is None
