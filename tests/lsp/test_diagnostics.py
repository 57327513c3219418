"""What a client is told of the documents that an edit elsewhere has changed."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, cast

import pytest

from hatchet_ls.lsp import diagnostics
from hatchet_ls.lsp.capabilities import Client
from hatchet_ls.lsp.diagnostics import Diagnostics
from hatchet_ls.lsp.documents import Document
from hatchet_ls.lsp.server import Server
from hatchet_ls.rules import Finding
from hatchet_ls.text import Span
from lsp.bench import A, B, Bench, C, run


class Desk:
    """Stands in for the server of a client that pulls."""

    def __init__(self, bench: Bench) -> None:
        self.client = Client(pulls=True, refreshes=True)
        self.documents, self.analyses = bench.documents, bench.analyses
        self.tasks: list[asyncio.Task[None]] = []
        self.refreshes = 0

    def uri_of(self, _: object) -> str:
        raise AssertionError("no finding names another file")

    def start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        self.tasks.append(asyncio.get_running_loop().create_task(work))
        return self.tasks[-1]

    def ask_to_pull(self) -> None:
        self.refreshes += 1


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnostics, "_QUIET_ELSEWHERE", 0.0)


def test_an_edit_while_others_are_looked_at_loses_no_refresh() -> None:
    async def scenario(bench: Bench) -> None:
        begun, go_on = threading.Event(), threading.Event()

        def version_of_a() -> int:
            document = bench.documents.get(A)
            return 0 if document is None else document.version

        def hold_the_last(document: Document) -> None:
            if document.uri == C and version_of_a() == 2:
                begun.set()
                go_on.wait()

        def findings(document: Document) -> tuple[Finding, ...]:
            return (Finding(Span(0, 0), "m", rule="r"),) if document.uri == B and version_of_a() > 1 else ()

        bench.before, bench.findings = hold_the_last, findings
        desk = Desk(bench)
        told = Diagnostics(cast("Server", desk))
        bench.worker.start()
        for uri in (A, B, C):
            bench.open(uri)
        for uri in (A, B, C):
            assert await told.of(uri) == []
        told.edited(bench.edit(A, 2))
        await asyncio.to_thread(begun.wait)
        told.edited(bench.edit(A, 3))
        go_on.set()
        await asyncio.wait(desk.tasks)
        assert desk.refreshes == 1

    run(scenario)
