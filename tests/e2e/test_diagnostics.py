"""Diagnostics come by one channel, for the newest text only, and go when there is no reason for them."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcMethodNotFound

from e2e.session import PULL, PUSH, Session, session
from e2e.texts import CLEAN, HEAD, WRONG, task

pytestmark = pytest.mark.asyncio


async def test_a_mistake_is_shown_where_it_is_and_goes_when_it_is_mended(editor: Session) -> None:
    uri = editor.open(WRONG)
    (diagnostic,) = await editor.diagnostics(uri)
    assert diagnostic.code == "negative-retries"
    assert diagnostic.source == "hatchet"
    assert diagnostic.severity == types.DiagnosticSeverity.Error
    assert editor.text_at(uri, diagnostic.range) == "-1"
    editor.replace(uri, "-1", "3")
    assert list(await editor.diagnostics(uri)) == []


async def test_characters_of_any_width_before_a_mistake_do_not_move_it(editor: Session) -> None:
    uri = editor.open(task('name="😀 é語", description="\U0001f469\u200d\U0001f680", retries=-1'))
    (diagnostic,) = await editor.diagnostics(uri)
    assert editor.text_at(uri, diagnostic.range) == "-1"
    editor.replace(uri, "😀", "a\U00010000")
    editor.replace(uri, "-1", "-20")
    (diagnostic,) = await editor.diagnostics(uri)
    assert editor.text_at(uri, diagnostic.range) == "-20"


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
async def test_line_ends_of_any_kind_do_not_move_it(either: Session, newline: str) -> None:
    uri = either.open(f"# a\f\x0b\u2028b{newline}{WRONG}".replace("\n", newline))
    (diagnostic,) = await either.diagnostics(uri)
    assert either.text_at(uri, diagnostic.range) == "-1"
    either.replace(uri, f"Hatchet{newline}", f"Hatchet{newline}{newline}")
    (diagnostic,) = await either.diagnostics(uri)
    assert either.text_at(uri, diagnostic.range) == "-1"


async def test_tabs_do_not_move_it(either: Session) -> None:
    uri = either.open(HEAD + "if hatchet:\n\t@hatchet.task(\n\t\tretries=\t-1,\n\t)\n\tdef work(input, ctx): ...\n")
    (diagnostic,) = await either.diagnostics(uri)
    assert either.text_at(uri, diagnostic.range) == "-1"


async def test_what_stands_around_a_broken_line_is_still_checked(either: Session) -> None:
    uri = either.open(WRONG + "def broken(:\n")
    (diagnostic,) = await either.diagnostics(uri)
    assert diagnostic.code == "negative-retries"


async def test_a_client_that_pulls_is_never_published_to(workspace: Path) -> None:
    async with session(workspace, PULL) as editor:
        assert editor.answer.capabilities.diagnostic_provider is not None
        uri, other = editor.open(WRONG), editor.open(WRONG, "other.py")
        assert len(await editor.diagnostics(uri)) == 1
        editor.replace(uri, "-1", "-2")
        assert len(await editor.diagnostics(uri)) == 1
        assert len(await editor.diagnostics(other)) == 1
        editor.close(other)
        editor.close(uri)
    assert editor.client.published == []


async def test_a_client_that_is_published_to_is_not_offered_to_pull(listener: Session) -> None:
    assert listener.answer.capabilities.diagnostic_provider is None
    uri = listener.open(WRONG)
    assert len(await listener.diagnostics(uri)) == 1
    with pytest.raises(JsonRpcMethodNotFound):
        await listener.pull(uri)


async def test_closing_takes_back_what_was_published(listener: Session) -> None:
    uri = listener.open(WRONG)
    assert len(await listener.diagnostics(uri)) == 1
    listener.close(uri)
    await listener.client.until(lambda: not listener.published(uri)[-1].diagnostics)


async def test_there_is_nothing_to_say_of_what_is_closed(puller: Session) -> None:
    uri = puller.open(WRONG)
    assert len(await puller.diagnostics(uri)) == 1
    puller.close(uri)
    assert list(await puller.diagnostics(uri)) == []


async def test_a_document_closed_in_mid_analysis_leaves_nothing_behind(workspace: Path) -> None:
    async with session(workspace, PUSH) as editor:
        uri = editor.open(WRONG)
        editor.close(uri)
        other = editor.open(WRONG, "other.py")
        assert len(await editor.diagnostics(other)) == 1
    assert all(not each.diagnostics for each in editor.published(uri)[-1:])


async def test_a_document_closed_and_opened_again_starts_anew(either: Session) -> None:
    uri = either.open(WRONG)
    either.close(uri)
    uri = either.open(CLEAN)
    either.replace(uri, "retries=2", "retries=-7")
    (diagnostic,) = await either.diagnostics(uri)
    assert either.text_at(uri, diagnostic.range) == "-7"


async def test_after_a_burst_of_edits_every_published_result_is_of_the_text_whose_version_it_bears(
    workspace: Path,
) -> None:
    async with session(workspace, PUSH) as editor:
        uri = editor.open(task("retries=-1"))
        for number in range(1, 60):
            editor.replace(uri, f"retries=-{number})", f"retries=-{number + 1})")
        await editor.diagnostics(uri)
    published = editor.published(uri)
    versions = [each.version or 0 for each in published if each.diagnostics]
    assert versions == sorted(set(versions))
    assert versions[-1] == 60
    for each in published:
        for diagnostic in each.diagnostics:
            assert f"`retries=-{each.version}`" in diagnostic.message


async def test_whoever_asked_during_a_burst_of_edits_gets_the_newest_result(puller: Session) -> None:
    uri = puller.open(task("retries=-1"))
    asked = []
    for number in range(1, 30):
        puller.replace(uri, f"retries=-{number})", f"retries=-{number + 1})")
        params = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri))
        asked.append(puller.client.protocol.send_request(types.TEXT_DOCUMENT_DIAGNOSTIC, params))
    await puller.diagnostics(uri)
    report = asked[-1].result(60)
    (diagnostic,) = report.items
    assert "`retries=-30`" in diagnostic.message


async def test_a_result_that_the_client_has_already_is_not_sent_again(puller: Session) -> None:
    uri = puller.open(WRONG)
    first = await puller.pull(uri)
    assert isinstance(first, types.RelatedFullDocumentDiagnosticReport)
    assert first.result_id is not None
    same = await puller.pull(uri, first.result_id)
    assert isinstance(same, types.RelatedUnchangedDocumentDiagnosticReport)
    assert same.result_id == first.result_id
    puller.replace(uri, "-1", "-2")
    other = await puller.pull(uri, first.result_id)
    assert isinstance(other, types.RelatedFullDocumentDiagnosticReport)
    assert other.result_id != first.result_id


CLIENT = "from hatchet_sdk import Hatchet\n\nhatchet = Hatchet()\n"
USER = """\
from client import hatchet


@hatchet.task(retries=-1)
def work(input, ctx) -> None: ...
"""


async def test_an_edit_in_one_module_changes_what_is_published_of_another(listener: Session) -> None:
    (listener.root / "client.py").write_text(CLIENT, encoding="utf-8")
    client, user = listener.open(CLIENT, "client.py"), listener.open(USER, "user.py")
    assert len(await listener.diagnostics(user)) == 1
    listener.replace(client, "from hatchet_sdk import Hatchet", "from celery import Celery as Hatchet")
    await listener.client.until(lambda: not listener.published(user)[-1].diagnostics)
    assert listener.published(user)[-1].version == 1
    listener.replace(client, "from celery import Celery as Hatchet", "from hatchet_sdk import Hatchet")
    await listener.client.until(lambda: len(listener.published(user)[-1].diagnostics) == 1)


async def test_an_edit_in_one_module_asks_a_client_to_pull_another_again(puller: Session) -> None:
    (puller.root / "client.py").write_text(CLIENT, encoding="utf-8")
    client, user = puller.open(CLIENT, "client.py"), puller.open(USER, "user.py")
    assert len(await puller.diagnostics(user)) == 1
    puller.replace(client, "from hatchet_sdk import Hatchet", "from celery import Celery as Hatchet")
    await puller.client.until(lambda: puller.client.diagnostic_refresh_count > 0)
    assert list(await puller.diagnostics(user)) == []


async def test_a_module_that_is_not_open_counts_as_it_is_on_disk(either: Session) -> None:
    (either.root / "client.py").write_text(CLIENT, encoding="utf-8")
    user = either.open(USER, "user.py")
    assert len(await either.diagnostics(user)) == 1


@pytest.mark.parametrize("uri", ["untitled:Untitled-1", "vscode-vfs://github/me/app/tasks.py"])
async def test_what_is_in_no_file_is_checked_too_under_its_own_name(either: Session, uri: str) -> None:
    assert either.open(WRONG, uri=uri) == uri
    assert len(await either.diagnostics(uri)) == 1


async def test_the_client_s_own_spelling_of_a_uri_comes_back(listener: Session) -> None:
    uri = listener.uri("tasks.py").replace("tasks.py", "t%61sks.py")
    listener.open(WRONG, uri=uri)
    assert len(await listener.diagnostics(uri)) == 1
    assert {each.uri for each in listener.client.published} == {uri}


async def test_past_versions_and_other_languages_are_left_alone(workspace: Path) -> None:
    async with session(workspace, PUSH) as editor:
        editor.open(WRONG, uri="git:/app/tasks.py?%7B%22ref%22%3A%22HEAD%22%7D")
        editor.open(WRONG, "notes.md", language="markdown")
        assert len(await editor.diagnostics(editor.open(WRONG))) == 1
    assert {each.uri for each in editor.client.published} == {editor.uri("tasks.py")}


async def test_what_the_settings_exclude_is_left_alone(either: Session) -> None:
    (either.root / ".venv").mkdir()
    uri = either.open(WRONG, ".venv/library.py")
    assert list(await either.diagnostics(uri)) == []
