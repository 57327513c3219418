"""One result for each version of a document: shared by all who ask, dropped when nobody can use it any more."""

from __future__ import annotations

import asyncio
import threading

import pytest

from hatchet_ls.lsp.analysis import Result
from hatchet_ls.lsp.documents import Document
from hatchet_ls.lsp.worker import Urgency, Worker
from lsp.bench import A, B, Bench, all_have_asked, run


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


@pytest.mark.parametrize("raises", [False, True])
def test_a_question_is_answered_again_when_the_text_has_changed_meanwhile(raises: bool) -> None:
    async def scenario(bench: Bench) -> None:
        begun, go_on = threading.Event(), threading.Event()

        def question(result: Result) -> int:
            if result.document.version == 1:
                begun.set()
                go_on.wait()
                if raises:
                    raise LookupError("the tree is another by now")
            return result.document.version

        bench.open(A)
        bench.worker.start()
        answer = asyncio.get_running_loop().create_task(bench.analyses.ask(A, question))
        await asyncio.to_thread(begun.wait)
        bench.edit(A, 2)
        go_on.set()
        assert await answer == 2

    run(scenario)


def test_what_goes_wrong_with_the_newest_text_is_told() -> None:
    async def scenario(bench: Bench) -> None:
        bench.open(A)
        bench.worker.start()
        with pytest.raises(ValueError, match="no number"):
            await bench.analyses.ask(A, lambda result: int("no number"))

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


def test_what_goes_wrong_between_two_pieces_of_work_is_logged_and_ends_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def tidy(_: bool) -> None:
        raise MemoryError("of all things")

    worker = Worker(tidy)
    worker.start()
    assert worker.submit(lambda: 1, Urgency.ASKED).result(60) == 1
    assert worker.submit(lambda: 2, Urgency.ASKED).result(60) == 2
    assert "of all things" in caplog.text
