"""Each client gets what it can take, and no more."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest
from lsprotocol import types

from e2e.session import PULL, PUSH, UTF8, UTF16, Kind, Session, session
from e2e.texts import WRONG, task
from hatchet_ls import __version__
from hatchet_ls.rules import rules

pytestmark = pytest.mark.asyncio

DURABLE = """\
import requests
from hatchet_sdk import DurableContext, EmptyModel, Hatchet

hatchet = Hatchet()


def fetch() -> str:
    return requests.get("https://example.com").text


@hatchet.durable_task()
async def work(input: EmptyModel, ctx: DurableContext) -> str:
    return fetch()
"""


async def test_the_server_says_who_it_is(puller: Session) -> None:
    assert puller.answer.server_info == types.ServerInfo("hatchet-ls", __version__)


async def test_a_client_without_a_word_on_encodings_counts_in_utf16(workspace: Path) -> None:
    capabilities = attrs.evolve(PULL.capabilities, general=None)
    async with session(workspace, Kind(pulls=True, encoding=UTF16), capabilities=capabilities) as editor:
        assert editor.answer.capabilities.position_encoding == UTF16
        uri = editor.open(task('name="😀", retries=-1'))
        (diagnostic,) = await editor.diagnostics(uri)
        assert editor.text_at(uri, diagnostic.range) == "-1"


async def test_how_a_client_without_a_word_counts_may_be_said_at_the_start(workspace: Path) -> None:
    capabilities = attrs.evolve(PULL.capabilities, general=None)
    kind, arguments = Kind(pulls=True, encoding=UTF8), ["--position-encoding", "utf-8"]
    async with session(workspace, kind, capabilities=capabilities, arguments=arguments) as editor:
        assert editor.answer.capabilities.position_encoding == UTF8
        uri = editor.open(task('name="😀", retries=-1'))
        (diagnostic,) = await editor.diagnostics(uri)
        assert editor.text_at(uri, diagnostic.range) == "-1"


async def test_what_a_client_says_of_encodings_goes_first(workspace: Path) -> None:
    async with session(workspace, PULL, arguments=["--position-encoding", "utf-8"]) as editor:
        assert editor.answer.capabilities.position_encoding == UTF16


async def test_an_able_client_gets_everything(either: Session) -> None:
    (diagnostic,) = await either.diagnostics(either.open(WRONG))
    assert diagnostic.code_description == types.CodeDescription(rules()["negative-retries"].url)
    assert isinstance(diagnostic.data, dict) or hasattr(diagnostic.data, "rule")
    (deprecated,) = await either.diagnostics(either.open(task('execution_timeout="10m"'), "deprecated.py"))
    assert list(deprecated.tags or ()) == [types.DiagnosticTag.Deprecated]
    durable = either.open(DURABLE, "durable.py")
    (related,) = await either.diagnostics(durable)
    (first, *_) = related.related_information or ()
    assert first.location.uri == durable
    assert "requests.get" in either.text_at(durable, first.location.range)


@pytest.mark.parametrize("kind", [PULL, PUSH], ids=str)
async def test_a_plain_client_gets_none_of_it(workspace: Path, kind: Kind) -> None:
    plain = types.ClientCapabilities(
        general=kind.capabilities.general,
        text_document=types.TextDocumentClientCapabilities(
            diagnostic=types.DiagnosticClientCapabilities() if kind.pulls else None,
            publish_diagnostics=types.PublishDiagnosticsClientCapabilities(version_support=True),
        ),
    )
    async with session(workspace, kind, capabilities=plain) as editor:
        for name, text in {"a": WRONG, "b": task('execution_timeout="10m"'), "c": DURABLE}.items():
            (diagnostic,) = await editor.diagnostics(editor.open(text, f"{name}.py"))
            assert diagnostic.code_description is None
            assert diagnostic.tags is None
            assert diagnostic.related_information is None
            assert diagnostic.data is None


async def test_a_client_that_cannot_take_versions_gets_none(workspace: Path) -> None:
    plain = types.ClientCapabilities(text_document=types.TextDocumentClientCapabilities())
    async with session(workspace, Kind(pulls=False, encoding=UTF16), capabilities=plain) as editor:
        uri = editor.open(WRONG)
        await editor.client.until(lambda: bool(editor.published(uri)))
        assert [each.version for each in editor.published(uri)] == [None]


async def test_a_client_that_can_watch_files_is_asked_to(puller: Session) -> None:
    await puller.client.until(lambda: bool(puller.client.registrations))
    (registration,) = puller.client.registrations
    assert registration.method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES


async def test_a_client_that_cannot_is_not(workspace: Path) -> None:
    capabilities = attrs.evolve(PULL.capabilities, workspace=None)
    async with session(workspace, PULL, capabilities=capabilities) as editor:
        assert len(await editor.diagnostics(editor.open(WRONG))) == 1
    assert editor.client.registrations == []
