"""Quick fixes for a place, whatever the client remembers of the diagnostics."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest
from lsprotocol import types
from lsprotocol.types import Position, Range

from e2e.session import PULL, Session, session, with_document
from e2e.texts import CLEAN, HEAD, WRONG, task

pytestmark = pytest.mark.asyncio

DEPRECATED = task('execution_timeout="10m"')


async def test_a_fix_that_is_applied_mends_the_text(editor: Session) -> None:
    uri = editor.open(task('name="😀", execution_timeout="10m"'))
    (diagnostic,) = await editor.diagnostics(uri)
    assert diagnostic.code == "duration-as-string"
    fix = (await editor.actions(uri, diagnostic.range))[0]
    assert fix.kind == types.CodeActionKind.QuickFix
    assert [each.code for each in fix.diagnostics or ()] == ["duration-as-string"]
    editor.apply(fix)
    assert "execution_timeout=timedelta(minutes=10)" in editor.texts[uri]
    assert "from datetime import timedelta" in editor.texts[uri]
    assert list(await editor.diagnostics(uri)) == []


async def test_a_fix_keeps_the_line_ends_of_the_file(either: Session) -> None:
    uri = either.open(DEPRECATED.replace("\n", "\r\n"))
    either.apply((await either.actions(uri, '"10m"'))[0])
    assert "timedelta(minutes=10)" in either.texts[uri]
    assert "\n" not in either.texts[uri].replace("\r\n", "")


async def test_all_that_may_be_meant_is_offered_the_likeliest_first(editor: Session) -> None:
    limit = 'RateLimit(dynamic_key="{}", units=1, limit=10)'
    text = task("rate_limits=[" + limit + "]").replace("Hatchet\n", "Hatchet, RateLimit\n", 1)
    field, constant = "Replace `{0}` with `input.{0}` (unsafe)", "Make it a `static_key` (unsafe)"
    for word, titles in (("tenant_id", [field, constant]), ("openai", [constant, field])):
        uri = editor.open(text.format(word), f"{word}.py")
        offered = [action.title for action in await editor.actions(uri, word) if "gnore" not in action.title]
        assert offered == [title.format(word) for title in titles]


async def test_a_finding_can_be_ignored_by_a_comment(editor: Session) -> None:
    uri = editor.open(WRONG)
    titles = {action.title: action for action in await editor.actions(uri, "-1")}
    editor.apply(titles["Ignore `negative-retries` for this line"])
    assert "@hatchet.task(retries=-1)  # hatchet: ignore[negative-retries]\n" in editor.texts[uri]
    assert list(await editor.diagnostics(uri)) == []


async def test_a_cursor_next_to_the_place_is_enough_and_elsewhere_there_is_nothing(puller: Session) -> None:
    uri = puller.open(WRONG)
    place = puller.range_of(uri, "-1")
    assert await puller.actions(uri, Range(place.start, place.start))
    assert await puller.actions(uri, Range(place.end, place.end))
    assert await puller.actions(uri, "hatchet = Hatchet()") == []


async def test_a_selection_gets_the_actions_of_all_that_it_touches(puller: Session) -> None:
    uri = puller.open(task("retries=-1") + task("retries=-2", "other").removeprefix(HEAD))
    everything = Range(Position(0, 0), Position(10_000, 0))
    ignored = [action for action in await puller.actions(uri, everything) if action.title.startswith("Ignore")]
    assert len(ignored) == 2


async def test_what_the_client_says_about_diagnostics_does_not_matter(puller: Session) -> None:
    uri = puller.open(DEPRECATED)
    invented = types.Diagnostic(Range(Position(0, 0), Position(0, 1)), "made up", code="made-up", data={"fix": "x"})
    from_nothing = await puller.actions(uri, '"10m"')
    from_nonsense = await puller.actions(uri, '"10m"', diagnostics=[invented])
    assert [action.title for action in from_nothing] == [action.title for action in from_nonsense] != []


async def test_actions_asked_for_right_after_an_edit_are_for_the_edited_text(editor: Session) -> None:
    uri = editor.open(CLEAN)
    editor.replace(uri, "retries=2", 'execution_timeout="30m"')
    editor.apply((await editor.actions(uri, '"30m"'))[0])
    assert "timedelta(minutes=30)" in editor.texts[uri]


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        ([types.CodeActionKind.QuickFix], True),
        ([""], True),
        ([types.CodeActionKind.Refactor, types.CodeActionKind.QuickFix], True),
        ([types.CodeActionKind.Refactor], False),
        ([types.CodeActionKind.SourceFixAll], False),
        (["quickfix.other"], False),
        ([], False),
    ],
)
async def test_only_the_kinds_asked_for_are_offered(puller: Session, only: list[str], expected: bool) -> None:
    uri = puller.open(WRONG)
    assert bool(await puller.actions(uri, "-1", only=only)) is expected


async def test_only_a_safe_fix_is_preferred_and_an_unsafe_one_says_so(puller: Session) -> None:
    uri = puller.open(task('execution_timeout="10m", retries=5') + UNSAFE)
    actions = await puller.actions(uri, Range(Position(0, 0), Position(10_000, 0)))
    preferred = [action for action in actions if action.is_preferred]
    unsafe = [action for action in actions if action.title.endswith(" (unsafe)")]
    assert preferred
    assert unsafe
    assert not set(map(id, preferred)) & set(map(id, unsafe))
    assert not any(action.is_preferred for action in actions if action.title.startswith("Ignore"))


UNSAFE = """

@hatchet.durable_task()
def sleepy(input: EmptyModel, ctx: Context) -> None: ...
"""


async def test_a_client_without_versioned_edits_gets_plain_changes(workspace: Path) -> None:
    capabilities = attrs.evolve(PULL.capabilities, workspace=types.WorkspaceClientCapabilities())
    async with session(workspace, PULL, capabilities=capabilities) as editor:
        uri = editor.open(DEPRECATED)
        fix = (await editor.actions(uri, '"10m"'))[0]
        assert fix.edit is not None
        assert fix.edit.document_changes is None
        assert list(fix.edit.changes or {}) == [uri]
        editor.apply(fix)
        assert list(await editor.diagnostics(uri)) == []


async def test_a_client_that_takes_commands_only_is_offered_nothing(workspace: Path) -> None:
    capabilities = with_document(PULL.capabilities, code_action=None)
    async with session(workspace, PULL, capabilities=capabilities) as editor:
        assert await editor.actions(editor.open(WRONG), "-1") == []


async def test_what_is_not_open_has_no_actions(puller: Session) -> None:
    uri = puller.open(WRONG)
    puller.close(uri)
    assert await puller.actions(uri, "-1") == []


async def test_the_kinds_are_announced(puller: Session) -> None:
    provider = puller.answer.capabilities.code_action_provider
    assert isinstance(provider, types.CodeActionOptions)
    assert list(provider.code_action_kinds or ()) == [types.CodeActionKind.QuickFix, "source.fixAll.hatchet"]
