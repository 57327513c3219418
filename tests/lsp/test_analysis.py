"""One result for each version of a document: shared by all who ask, dropped when nobody can use it any more."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from hatchet_ls.lsp.analysis import Analyses, Result
from hatchet_ls.lsp.documents import Document, Documents
from hatchet_ls.lsp.positions import Encoding
from hatchet_ls.lsp.worker import Urgency, Worker
from hatchet_ls.project.workspace import Analysis

A, B = "file:///app/a.py", "file:///app/b.py"


class Bench:
    """Analyses whose engine only notes what it is given. It starts to work when ``worker.start()`` is called."""

    def __init__(self) -> None:
        self.documents = Documents()
        self.worker = Worker()
        self.analysed: list[tuple[str, int]] = []
        self.learned: list[Result] = []
        self.before: Callable[[Document], None] = lambda document: None
        self.analyses = Analyses(self.documents, self.worker, self._analyse, self.learned.append)

    def _analyse(self, document: Document) -> Result:
        self.before(document)
        self.analysed.append((document.uri, document.version))
        return Result(document, Analysis(document.source))

    def open(self, uri: str) -> None:
        self.documents.open(types.TextDocumentItem(uri, "python", 1, ""), Path("/app"))
        self.analyses.touch()

    def edit(self, uri: str, version: int) -> None:
        identifier = types.VersionedTextDocumentIdentifier(version, uri)
        whole = types.TextDocumentContentChangeWholeDocument(f"version = {version}")
        self.documents.change(identifier, [whole], Encoding.Utf16)
        self.analyses.touch()

    def close(self, uri: str) -> None:
        self.documents.close(uri)
        self.analyses.touch()

    def ask(self, uri: str, urgency: Urgency = Urgency.ASKED) -> asyncio.Task[Result | None]:
        return asyncio.get_running_loop().create_task(self.analyses.newest(uri, urgency))


def run(scenario: Callable[[Bench], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(asyncio.wait_for(scenario(Bench()), 60))


async def all_have_asked() -> None:
    """Let every task that was started get to where it waits."""
    for _ in range(5):
        await asyncio.sleep(0)


def test_all_who_ask_for_one_version_share_one_result() -> None:
    async def scenario(bench: Bench) -> None:
        bench.open(A)
        asked = [bench.ask(A), bench.ask(A)]
        await all_have_asked()
        bench.worker.start()
        first, second = await asyncio.gather(*asked)
        assert first is not None
        assert first is second
        assert await bench.analyses.newest(A, Urgency.ASKED) is first
        assert bench.analysed == [(A, 1)]
        assert bench.learned == [first]

    run(scenario)


def test_an_edit_drops_work_that_has_not_begun_and_the_newest_result_answers() -> None:
    async def scenario(bench: Bench) -> None:
        bench.open(A)
        asked = bench.ask(A)
        await all_have_asked()
        bench.edit(A, 2)
        await all_have_asked()
        bench.edit(A, 3)
        bench.worker.start()
        result = await asked
        assert result is not None
        assert result.document.version == 3
        assert bench.analysed == [(A, 3)]

    run(scenario)


def test_a_result_of_a_text_that_changed_meanwhile_answers_nobody() -> None:
    async def scenario(bench: Bench) -> None:
        begun, go_on = threading.Event(), threading.Event()

        def hold_the_first(document: Document) -> None:
            if document.version == 1:
                begun.set()
                go_on.wait()

        bench.before = hold_the_first
        bench.open(A)
        bench.worker.start()
        asked = bench.ask(A)
        await asyncio.to_thread(begun.wait)
        bench.edit(A, 2)
        go_on.set()
        result = await asked
        assert result is not None
        assert result.document.version == 2
        assert bench.analysed == [(A, 1), (A, 2)]

    run(scenario)


def test_a_document_closed_in_mid_analysis_has_no_result() -> None:
    async def scenario(bench: Bench) -> None:
        begun, go_on = threading.Event(), threading.Event()

        def hold(_: Document) -> None:
            begun.set()
            go_on.wait()

        bench.before = hold
        bench.open(A)
        bench.worker.start()
        asked = bench.ask(A)
        await asyncio.to_thread(begun.wait)
        bench.close(A)
        go_on.set()
        assert await asked is None

    run(scenario)


def test_what_everyone_has_stopped_asking_for_is_not_done() -> None:
    async def scenario(bench: Bench) -> None:
        bench.open(A)
        bench.open(B)
        asked = bench.ask(A)
        await all_have_asked()
        asked.cancel()
        await all_have_asked()
        bench.worker.start()
        await bench.ask(B)
        assert bench.analysed == [(B, 1)]

    run(scenario)


def test_what_one_of_two_has_stopped_asking_for_is_done_for_the_other() -> None:
    async def scenario(bench: Bench) -> None:
        bench.open(A)
        first, second = bench.ask(A), bench.ask(A)
        await all_have_asked()
        first.cancel()
        bench.worker.start()
        assert await second is not None
        assert bench.analysed == [(A, 1)]

    run(scenario)


def test_who_waits_goes_before_what_is_done_in_the_background() -> None:
    async def scenario(bench: Bench) -> None:
        bench.open(A)
        bench.open(B)
        background = [bench.ask(A, Urgency.BACKGROUND), bench.ask(B, Urgency.BACKGROUND)]
        await all_have_asked()
        asked = bench.ask(B, Urgency.ASKED)
        await all_have_asked()
        bench.worker.start()
        await asyncio.gather(asked, *background)
        assert bench.analysed == [(B, 1), (A, 1)]

    run(scenario)


def test_an_edit_elsewhere_makes_a_result_old() -> None:
    async def scenario(bench: Bench) -> None:
        bench.open(A)
        bench.open(B)
        bench.worker.start()
        await bench.ask(B)
        bench.edit(A, 2)
        await bench.ask(B)
        assert bench.analysed == [(B, 1), (B, 1)]

    run(scenario)


def test_a_question_is_answered_again_when_the_text_has_changed_meanwhile() -> None:
    async def scenario(bench: Bench) -> None:
        begun, go_on = threading.Event(), threading.Event()

        def question(result: Result) -> int:
            if result.document.version == 1:
                begun.set()
                go_on.wait()
            return result.document.version

        bench.open(A)
        bench.worker.start()
        answer = asyncio.get_running_loop().create_task(bench.analyses.ask(A, question))
        await asyncio.to_thread(begun.wait)
        bench.edit(A, 2)
        go_on.set()
        assert await answer == 2

    run(scenario)


def test_of_what_is_not_open_there_is_no_result() -> None:
    async def scenario(bench: Bench) -> None:
        assert await bench.analyses.newest(A, Urgency.ASKED) is None
        assert await bench.analyses.ask(A, lambda result: result) is None

    run(scenario)


def test_work_that_fails_fails_alone() -> None:
    worker = Worker()
    failing = worker.submit(lambda: int("no number"), Urgency.ASKED)
    fine = worker.submit(lambda: "done", Urgency.ASKED)
    worker.start()
    with pytest.raises(ValueError, match="no number"):
        failing.result(60)
    assert fine.result(60) == "done"
