"""From a workflow in the code to its runs in the dashboard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import pytest_asyncio

from e2e.session import PULL, Session, session
from hatchet_ls.lsp.runs_url import page_of

pytestmark = pytest.mark.asyncio

TENANT = "https://cloud.onhatchet.run/tenants/707d0855-80ab-4e1f-a156-f1c4546cbf52"
FLOWS = """\
from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()
order = hatchet.workflow(name="order 😀")
unnamed = hatchet.workflow(name=input())


@hatchet.task()
def alone(input: EmptyModel, ctx: Context) -> None: ...
"""
TASKS = '''\
import flows
from flows import alone, hatchet, order, unnamed
from hatchet_sdk import Context, EmptyModel

"""😀"""; bill = hatchet.workflow(name="bill")


@order.task()
def pack(input: EmptyModel, ctx: Context) -> None:
    ctx.log("packing")
    bill.run_no_wait()


@bill.task()
def pay(input: EmptyModel, ctx: Context) -> None: ...


@hatchet.durable_task(name="by itself")
async def standalone(input: EmptyModel, ctx: Context) -> None:
    await alone.aio_run(EmptyModel())
    await flows.order.aio_run(EmptyModel())


async def main() -> None:
    print("nothing here")
    await unnamed.aio_run(EmptyModel())
'''


@pytest_asyncio.fixture
async def editor(workspace: Path) -> AsyncIterator[Session]:
    """A session with a dashboard."""
    (workspace / "flows.py").write_text(FLOWS, encoding="utf-8")
    async with session(workspace, PULL, settings={None: {"dashboardUrl": TENANT}}) as it:
        yield it


async def workflow_at(editor: Session, uri: str, snippet: str, behind: int = 0) -> str | None:
    """The workflow at a place of a snippet: so many characters into it."""
    start = editor.range_of(uri, snippet).start
    position = {"line": start.line, "character": start.character + behind}
    answer = await editor.execute("runsUrl", {"uri": uri, "position": position})
    return None if answer is None else str(answer["workflow"])


@pytest.mark.parametrize(
    ("snippet", "behind", "workflow"),
    [
        ("bill = ", 0, "bill"),
        ('"bill"', 3, "bill"),
        ("@order.task", 0, "order 😀"),
        ("pack(input", 2, "order 😀"),
        ("packing", 2, "order 😀"),
        ("bill.run_no_wait", 4, "bill"),
        ("run_no_wait", 3, "bill"),
        ("pay(input", 0, "bill"),
        ('"by itself"', 1, "by itself"),
        ("standalone(input", 0, "by itself"),
        ("await alone", 1, "by itself"),
        ("alone.aio_run", 2, "alone"),
        ("flows.order.aio", 7, "order 😀"),
        ("alone, hatchet", 1, "alone"),
        ("nothing here", 3, None),
        ("unnamed.aio_run", 3, None),
        ("import flows", 0, None),
    ],
)
async def test_the_workflow_is_the_one_that_is_named_or_else_the_one_around(
    editor: Session, snippet: str, behind: int, workflow: str | None
) -> None:
    uri = editor.open(TASKS)
    assert await workflow_at(editor, uri, snippet, behind) == workflow


async def test_the_page_is_the_tenant_s_list_of_workflows_searched_for_the_name(editor: Session) -> None:
    uri = editor.open(TASKS)
    start = editor.range_of(uri, "@order").start
    page = await editor.execute("runsUrl", {"uri": uri, "position": {"line": start.line, "character": 0}})
    parts = urlsplit(page["url"])
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{TENANT}/workflows"
    assert parse_qs(parts.query) == {"workflows-workflows-table": ['{"s":"order 😀"}']}


async def test_without_a_dashboard_there_is_no_page(puller: Session) -> None:
    uri = puller.open(FLOWS)
    assert await workflow_at(puller, uri, "order =") is None


@pytest.mark.parametrize(
    ("dashboard", "page"),
    [
        (f"{TENANT}/", f"{TENANT}/workflows?workflows-workflows-table=%7B%22s%22%3A%22a%20b%22%7D"),
        (f"{TENANT}/runs?tw=1d", f"{TENANT}/workflows?workflows-workflows-table=%7B%22s%22%3A%22a%20b%22%7D"),
        ("http://localhost:8888/", "http://localhost:8888/"),
        ("https://hatchet.example/find?q={workflow}&x", "https://hatchet.example/find?q=a%20b&x"),
    ],
)
async def test_what_users_write_leads_to_the_page(dashboard: str, page: str) -> None:
    assert page_of(dashboard, "a b") == page
