"""Clients that do not answer what they are asked for."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from e2e.texts import WRONG
from e2e.wire import Message, Wire, wire

ASKED = "workspace/configuration"
ABLE = {
    "workspace": {
        "configuration": True,
        "didChangeConfiguration": {"dynamicRegistration": True},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
        "semanticTokens": {"refreshSupport": True},
    },
    "textDocument": {
        "semanticTokens": {"requests": {"full": True}, "tokenTypes": [], "tokenModifiers": [], "formats": []}
    },
    "experimental": {"hatchetStatus": True},
}


def asked(it: Wire, method: str, times: int = 1) -> Message:
    """Wait until the server has asked for something so many times; the last question."""
    it.until(lambda _: len([each for each in it.received if each.get("method") == method]) >= times)
    return [each for each in it.received if each.get("method") == method][-1]


def test_a_client_that_never_answers_is_served(workspace: Path) -> None:
    with wire() as it:
        it.initialize(workspace, ABLE)
        uri = (workspace / "tasks.py").as_uri()
        it.open(uri, WRONG)
        assert len(it.diagnostics(uri)) == 1
        assert it.leave() == 0


@pytest.mark.parametrize(
    "content",
    [
        {"result": None},
        {"result": []},
        {"result": [None, None]},
        {"result": [3, "yes"]},
        {"result": [{"ignore": 3}, {"ignore": 3}, {}, {}, {}]},
        {"result": {"hatchet": {}}},
        {"error": {"code": -32601, "message": "no such method"}},
    ],
    ids=str,
)
def test_a_senseless_answer_changes_nothing_and_the_next_one_counts(workspace: Path, content: Message) -> None:
    with wire() as it:
        it.initialize(workspace, ABLE)
        it.reply(asked(it, ASKED)["id"], **content)
        uri = (workspace / "tasks.py").as_uri()
        it.open(uri, WRONG)
        assert len(it.diagnostics(uri)) == 1
        it.notify("workspace/didChangeConfiguration", {"settings": None})
        it.reply(asked(it, ASKED, 2)["id"], result=[{}, {"ignore": ["negative-retries"]}])
        it.until(
            lambda each: each.get("method") == "textDocument/publishDiagnostics" and not each["params"]["diagnostics"]
        )
        assert it.leave() == 0


def test_an_answer_that_is_overtaken_does_not_count(workspace: Path) -> None:
    with wire() as it:
        it.initialize(workspace, ABLE)
        first = asked(it, ASKED)
        it.notify("workspace/didChangeConfiguration", {"settings": None})
        second = asked(it, ASKED, 2)
        it.reply(second["id"], result=[{}, {"rules": {"negative-retries": "hint"}}])
        it.reply(first["id"], result=[{}, {"ignore": ["negative-retries"]}])
        uri = (workspace / "tasks.py").as_uri()
        it.open(uri, WRONG)
        (diagnostic,) = it.diagnostics(uri)
        assert diagnostic["severity"] == 4
        assert it.leave() == 0


def test_the_first_diagnostics_wait_for_the_newest_answer(workspace: Path) -> None:
    """Some clients announce their settings right after ``initialized``: two questions are out then."""
    with wire() as it:
        it.initialize(workspace, ABLE)
        uri = (workspace / "tasks.py").as_uri()
        it.open(uri, WRONG)
        first = asked(it, ASKED)
        it.notify("workspace/didChangeConfiguration", {"settings": None})
        second = asked(it, ASKED, 2)
        it.reply(first["id"], result=[{}, {}])
        time.sleep(0.5)  # enough for diagnostics that do not wait
        it.reply(second["id"], result=[{}, {"rules": {"negative-retries": "hint"}}])
        (diagnostic,) = it.diagnostics(uri)
        assert diagnostic["severity"] == 4
        assert it.leave() == 0


def test_a_client_that_refuses_to_be_asked_again_is_served(workspace: Path) -> None:
    """It says that it can register for news, refresh colours and take notifications, and then it does not."""
    with wire() as it:
        it.initialize(workspace, ABLE)
        refused = {"code": -32603, "message": "not today"}
        it.reply(asked(it, "client/registerCapability")["id"], error=refused)
        it.reply(asked(it, ASKED)["id"], result=[{}, {}])
        uri = (workspace / "tasks.py").as_uri()
        it.open(uri, WRONG)
        assert len(it.diagnostics(uri)) == 1
        it.notify("workspace/didChangeConfiguration", {"settings": None})
        it.reply(asked(it, ASKED, 2)["id"], result=[{}, {"semanticTokens": False}])
        it.reply(asked(it, "workspace/semanticTokens/refresh")["id"], error=refused)
        it.until(lambda each: each.get("method") == "hatchet/statusChanged")
        assert it.leave() == 0
