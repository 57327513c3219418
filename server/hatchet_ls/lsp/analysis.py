"""The newest result of each open document: computed once for all who ask, never for a text that has changed since."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from hatchet_ls.lsp.documents import Document, Documents
from hatchet_ls.lsp.uris import key_of
from hatchet_ls.lsp.worker import Urgency, Worker

if TYPE_CHECKING:
    from hatchet_ls.project.settings import SettingsProblem
    from hatchet_ls.project.workspace import Analysis

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Result:
    """What was found in one version of a document."""

    document: Document
    analysis: Analysis
    problems: tuple[SettingsProblem, ...] = ()
    """What is wrong with all settings that are known so far."""


@dataclass(eq=False, slots=True)
class _Job:
    document: Document
    state: int
    urgency: Urgency
    work: Future[Result]
    done: asyncio.Future[Result]
    """The same on the main thread's loop."""
    waiters: int = 0

    @property
    def waits(self) -> bool:
        return not self.work.running() and not self.work.done()


class Analyses:
    """Asks the worker for results and keeps the newest one of each document. For the main thread."""

    def __init__(
        self,
        documents: Documents,
        worker: Worker,
        analyse: Callable[[Document], Result],
        learn: Callable[[Result], None],
    ) -> None:
        """``analyse`` runs on the worker's thread and never raises; ``learn`` is told of every result."""
        self._documents = documents
        self._worker = worker
        self._analyse = analyse
        self._learn = learn
        self._jobs: dict[str, _Job] = {}
        self._state = 0

    def touch(self) -> None:
        """Something has changed that any result may depend on: a document, a file, the settings.

        Work that has not begun is dropped; who waits for it waits for the newer one instead.
        """
        self._state += 1
        for key, job in list(self._jobs.items()):
            job.work.cancel()
            if self._documents.get(job.document.uri) is None:
                del self._jobs[key]

    async def newest(self, uri: str, urgency: Urgency) -> Result | None:
        """The result for the newest text of a document; None when it is not open (any more).

        Cancelling this drops the work if it has not begun and nobody else waits for it.
        """
        while (document := self._documents.get(uri)) is not None:
            job = self._job(document, urgency)
            job.waiters += 1
            try:
                await asyncio.wait([job.done])
            finally:
                job.waiters -= 1
                if not job.waiters:
                    job.work.cancel()
            if not job.done.cancelled() and self._documents.get(uri) is document:
                return job.done.result()
        return None

    async def ask(self, uri: str, question: Callable[[Result], T]) -> T | None:
        """What a question about the newest result of a document gives; None when it is not open (any more).

        The question is answered on the worker's thread, and again when the document has changed meanwhile.
        """
        while (result := await self.newest(uri, Urgency.ASKED)) is not None:
            try:
                answer = await asyncio.wrap_future(self._worker.submit(partial(question, result), Urgency.ASKED))
            except Exception:
                # What goes wrong with a text that has changed meanwhile is nobody's concern.
                if self._documents.get(uri) is result.document:
                    raise
                continue
            if self._documents.get(uri) is result.document:
                return answer
        return None

    def _job(self, document: Document, urgency: Urgency) -> _Job:
        key = key_of(document.uri)
        job = self._jobs.get(key)
        if job is not None and job.document is document and job.state == self._state and not job.work.cancelled():
            if not (job.waits and urgency < job.urgency):
                return job
            job.work.cancel()
        work = self._worker.submit(partial(self._analyse, document), urgency)
        done = asyncio.wrap_future(work)
        done.add_done_callback(self._done)
        job = self._jobs[key] = _Job(document, self._state, urgency, work, done)
        return job

    def _done(self, done: asyncio.Future[Result]) -> None:
        if not done.cancelled():
            self._learn(done.result())
