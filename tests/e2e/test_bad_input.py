"""Nothing that is sent stops the server, pops anything up or leaves something wrong behind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from e2e.session import SECONDS, Session
from e2e.texts import CLEAN, WRONG
from e2e.wire import Wire, wire

INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS = -32600, -32601, -32602
NOT_INITIALIZED, CANCELLED = -32002, -32800


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    """A server with a client that is published to. It gets through all of this, and ends well."""
    with wire() as it:
        it.initialize(tmp_path_factory.mktemp("app"))
        yield it
        assert it.leave() == 0


def works(it: Wire, workspace: Path) -> bool:
    """Whether the server still does its work."""
    uri = (workspace / "after.py").as_uri()
    it.open(uri, WRONG)
    (diagnostic,) = it.diagnostics(uri)
    return bool(diagnostic["code"] == "negative-retries")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\r\n", id="an empty line"),
        pytest.param(b"Content-Length: nonsense\r\n\r\n", id="a length that is no number"),
        pytest.param(b"Content-Length: 0\r\n\r\n", id="an empty body"),
        pytest.param(b"Content-Length: 9\r\n\r\n{not json", id="no JSON"),
        pytest.param(b"Content-Length: 4\r\n\r\n\xff\xfe\x00\x01", id="no text"),
        pytest.param(b"Content-Length: 4\r\n\r\nnull", id="null"),
        pytest.param(b"Content-Length: 2\r\n\r\n[]", id="a list"),
        pytest.param(b"Content-Length: 2\r\n\r\n{}", id="an empty object"),
        pytest.param(b"Content-Length: 17\r\n\r\n" + b'{"jsonrpc":"1.0"}', id="another protocol"),
        pytest.param(b"Content-Length: 50002\r\n\r\n" + b"[" * 25001 + b"]" * 25001, id="deep nesting"),
    ],
)
def test_what_is_no_message_is_passed_over(begun: Wire, workspace: Path, data: bytes) -> None:
    begun.raw(data)
    assert works(begun, workspace)


@pytest.mark.parametrize(
    "message",
    [
        {"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": 3}},
        {"jsonrpc": "2.0", "method": "textDocument/didChange", "params": None},
        {"jsonrpc": "2.0", "method": "no/such/notification", "params": {}},
        {"jsonrpc": "2.0", "method": "$/optional", "params": [1, 2]},
        {"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 99}},
        {"jsonrpc": "2.0", "id": 99, "result": "an answer to nothing"},
        {"jsonrpc": "2.0", "id": 99, "error": {"code": 1, "message": "an answer to nothing"}},
        {"jsonrpc": "2.0", "method": "workspace/didChangeWatchedFiles", "params": {"changes": []}},
        {"jsonrpc": "2.0", "method": "workspace/didChangeConfiguration", "params": {"settings": 3}},
    ],
    ids=lambda message: json.dumps(message)[:60],
)
def test_notifications_that_make_no_sense_are_passed_over(begun: Wire, workspace: Path, message: object) -> None:
    begun.body(json.dumps(message).encode())
    assert works(begun, workspace)


def test_an_unknown_request_is_refused(begun: Wire, workspace: Path) -> None:
    assert begun.request("no/such/request", {})["error"]["code"] == METHOD_NOT_FOUND
    assert works(begun, workspace)


def test_a_request_with_wrong_parameters_is_refused(begun: Wire, workspace: Path) -> None:
    assert begun.request("textDocument/hover", {"textDocument": 3})["error"]["code"] == INVALID_PARAMS
    assert works(begun, workspace)


def test_a_request_before_the_beginning_is_refused(workspace: Path) -> None:
    with wire() as it:
        assert it.request("textDocument/hover", {})["error"]["code"] in (NOT_INITIALIZED, INVALID_PARAMS)
        assert it.request("shutdown")["error"]["code"] == NOT_INITIALIZED
        it.notify("textDocument/didSave", {"textDocument": {"uri": "file:///a.py"}})
        it.initialize(workspace)
        assert works(it, workspace)


def test_a_second_beginning_is_refused(begun: Wire, workspace: Path) -> None:
    assert begun.request("initialize", {"processId": None, "capabilities": {}})["error"]["code"] == INVALID_REQUEST
    assert works(begun, workspace)


def test_a_request_after_the_end_is_refused(workspace: Path) -> None:
    with wire() as it:
        it.initialize(workspace)
        it.request("shutdown")
        hover = {"textDocument": {"uri": "file:///a.py"}, "position": {"line": 0, "character": 0}}
        assert it.request("textDocument/hover", hover)["error"]["code"] == INVALID_REQUEST
        it.notify("exit")
        assert it.process.wait(SECONDS) == 0


def change(uri: str, text: str, place: tuple[int, int] | None = None, version: int = 2) -> dict[str, object]:
    content: dict[str, object] = {"text": text}
    if place is not None:
        position = {"line": place[0], "character": place[1]}
        content["range"] = {"start": position, "end": position}
    return {"textDocument": {"uri": uri, "version": version}, "contentChanges": [content]}


def test_edits_of_a_document_that_is_not_open_are_passed_over(begun: Wire, workspace: Path) -> None:
    uri = (workspace / "closed.py").as_uri()
    begun.notify("textDocument/didChange", change(uri, WRONG))
    begun.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    begun.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
    assert works(begun, workspace)
    assert not [each for each in begun.received if uri in str(each.get("params"))]


def test_an_edit_out_of_range_lands_at_the_end(begun: Wire, workspace: Path) -> None:
    uri = (workspace / "tasks.py").as_uri()
    begun.open(uri, WRONG.removesuffix("\n"))
    begun.notify("textDocument/didChange", change(uri, "\n# the end", (10_000, 10_000)))
    (diagnostic,) = begun.diagnostics(uri)
    assert diagnostic["range"]["start"]["line"] == 5
    assert works(begun, workspace)


def test_a_cancelled_request_is_answered_as_cancelled(workspace: Path) -> None:
    with wire() as it:
        it.initialize(workspace, {"textDocument": {"diagnostic": {}}})
        uri = (workspace / "tasks.py").as_uri()
        it.open(uri, WRONG)
        asked = it.send("textDocument/diagnostic", {"textDocument": {"uri": uri}})
        it.notify("$/cancelRequest", {"id": asked})
        answer = it.answer(asked)
        assert "result" in answer or answer["error"]["code"] == CANCELLED
        again = it.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})
        assert len(again["result"]["items"]) == 1
        assert it.leave() == 0


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("\ufeff" + WRONG, id="with a byte order mark"),
        pytest.param("\0\x01\x02\ufffd" * 1000, id="binary"),
        pytest.param("this is: not Python at all ((((\n" * 200, id="not Python"),
        pytest.param("from hatchet_sdk import Hatchet\nx = " + "(" * 3000 + ")" * 3000, id="nested deeply"),
        pytest.param("from hatchet_sdk import Hatchet\nx = " + "-" * 20000 + "1", id="nested deeply in operators"),
        pytest.param("from hatchet_sdk import Hatchet\n" + "x" * 1_000_000, id="one long line"),
        pytest.param("# " + "x" * 100 + "\n" + "x = 1\n" * 900_000, id="five megabytes"),
    ],
)
async def test_any_text_can_be_opened_edited_and_closed(listener: Session, text: str) -> None:
    uri = listener.open(text)
    listener.retype(uri, text + "\n")
    await listener.diagnostics(uri)
    assert await listener.hover(listener.open(CLEAN, "other.py"), "from hatchet_sdk") is None
    listener.retype(uri, WRONG)
    (diagnostic,) = await listener.diagnostics(uri)
    assert listener.text_at(uri, diagnostic.range) == "-1"
    listener.close(uri)
