"""Crons in strings: the place inside the string, its fix, and its hover, however the string is written."""

from __future__ import annotations

import pytest
from lsprotocol import types

from e2e.session import Session
from e2e.texts import task

pytestmark = pytest.mark.asyncio

LITERALS = ['"0 9 * * 7"', 'r"0 9 * * 7"', r'"\x30 9 * * 7"', '"0 9 "\n    "* * 7"', '"""0 9 * * 7"""']


def with_cron(literal: str) -> str:
    return task(f'name="😀", on_crons=[{literal}]')


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
async def test_the_wrong_part_is_marked_and_mended_inside_the_string(editor: Session, newline: str) -> None:
    for index, literal in enumerate(LITERALS):
        uri = editor.open(with_cron(literal).replace("\n", newline), f"tasks{index}.py")
        (diagnostic,) = await editor.diagnostics(uri)
        assert diagnostic.code == "cron-invalid-expression"
        assert editor.text_at(uri, diagnostic.range) == "7"
        editor.apply((await editor.actions(uri, diagnostic.range))[0])
        assert literal.replace("7", "0").replace("\n", newline) in editor.texts[uri]
        assert list(await editor.diagnostics(uri)) == []


async def test_a_cron_is_put_into_words_with_its_next_runs(editor: Session) -> None:
    uri = editor.open(with_cron('"CRON_TZ=Asia/Tokyo 0 9 * * MON"'))
    hover = await editor.hover(uri, "0 9 * *")
    assert hover is not None
    assert isinstance(hover.contents, types.MarkupContent)
    assert "At 09:00, only on Monday" in hover.contents.value
    assert "| next runs, UTC | Asia/Tokyo |" in hover.contents.value
    assert hover.contents.value.count("| Mon ") == 6
    assert hover.range is not None
    assert editor.text_at(uri, hover.range) == '"CRON_TZ=Asia/Tokyo 0 9 * * MON"'
