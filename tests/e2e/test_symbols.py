"""The outline of a document: workflows, their tasks, durable operations, workers."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from e2e.session import PULL, Session, session, with_document
from e2e.texts import CLEAN

pytestmark = pytest.mark.asyncio

SHOP = '''\
from datetime import timedelta

from hatchet_sdk import Context, DurableContext, EmptyModel, Hatchet

hatchet = Hatchet()
order = hatchet.workflow(name="order 😀")


@hatchet.task(name="alone")
def standalone(input: EmptyModel, ctx: Context) -> None: ...


@order.task(name="😀", retries=1)
def 支払う(input: EmptyModel, ctx: Context) -> None:
    ctx.log("paid")


@order.durable_task()
async def deliver(input: EmptyModel, ctx: DurableContext) -> None:
    ctx.log("waiting")
    """😀"""; await ctx.aio_sleep_for(timedelta(hours=1))


@order.on_failure_task()
def refund(input: EmptyModel, ctx: Context) -> None: ...


def main() -> None:
    worker = hatchet.worker("shop", workflows=[order, standalone])
    worker.start()
'''
Entry = tuple[str, str, str, str]


def entries(editor: Session, uri: str, symbols: object, depth: int = 0) -> list[Entry]:
    """Name (indented), kind, detail, and the text where an editor goes to."""
    found: list[Entry] = []
    assert isinstance(symbols, (list, tuple))
    for symbol in symbols:
        assert isinstance(symbol, types.DocumentSymbol)
        goes_to = editor.text_at(uri, symbol.selection_range)
        assert goes_to in editor.text_at(uri, symbol.range)
        found.append(("  " * depth + symbol.name, symbol.kind.name, symbol.detail or "", goes_to))
        found += entries(editor, uri, symbol.children, depth + 1)
    return found


async def test_tasks_stand_under_their_workflow_in_the_order_of_the_text(editor: Session) -> None:
    uri = editor.open(SHOP)
    assert entries(editor, uri, await editor.outline(uri)) == [
        ("order 😀", "Class", "workflow", '"order 😀"'),
        ("  😀", "Method", "task", "支払う"),
        ("  deliver", "Method", "durable_task", "deliver"),
        ("    aio_sleep_for", "Event", "", "aio_sleep_for"),
        ("  refund", "Method", "on_failure_task", "refund"),
        ("alone", "Function", "task", "standalone"),
        ("shop", "Object", "worker", '"shop"'),
    ]


async def test_a_task_reaches_from_its_decorator_to_the_end_of_its_body(puller: Session) -> None:
    uri = puller.open(SHOP)
    workflow, *_ = await puller.outline(uri) or ()
    assert isinstance(workflow, types.DocumentSymbol)
    assert puller.text_at(uri, workflow.range) == 'order = hatchet.workflow(name="order 😀")'
    first = (workflow.children or ())[0]
    text = puller.text_at(uri, first.range)
    assert text.startswith('@order.task(name="😀"')
    assert text.endswith('ctx.log("paid")')


OTHER = """\
from hatchet_sdk import Context, EmptyModel
from flows import order, hatchet, NAME


@order.task()
def pack(input: EmptyModel, ctx: Context) -> None: ...


def handler(input: EmptyModel, ctx: Context) -> None: ...


named = hatchet.task(name=NAME + "x")(handler)
order.task(name="")(lambda input, ctx: None)
"""


async def test_a_task_of_a_workflow_elsewhere_stands_by_itself_and_says_so(puller: Session) -> None:
    puller.changed_on_disk("flows.py", SHOP + 'NAME = input("name")\n')
    uri = puller.open(OTHER)
    assert entries(puller, uri, await puller.outline(uri)) == [
        ("pack", "Method", "task of order 😀", "pack"),
        ("handler", "Function", "task", "handler"),
        ("<lambda>", "Method", "task of order 😀", "lambda"),
    ]


async def test_half_typed_code_keeps_the_outline_of_the_rest(puller: Session) -> None:
    uri = puller.open(SHOP)
    puller.replace(uri, 'name="alone")', 'name="alone", retries=')
    names = [entry[0].strip() for entry in entries(puller, uri, await puller.outline(uri))]
    assert {"order 😀", "deliver", "refund", "shop"} <= set(names)


async def test_a_client_that_takes_no_trees_gets_a_list_with_containers(workspace: Path) -> None:
    capabilities = with_document(PULL.capabilities, document_symbol=types.DocumentSymbolClientCapabilities())
    async with session(workspace, PULL, capabilities=capabilities) as editor:
        uri = editor.open(SHOP)
        found = await editor.outline(uri) or ()
        assert all(isinstance(symbol, types.SymbolInformation) for symbol in found)
        assert [(symbol.name, getattr(symbol, "container_name", None)) for symbol in found] == [
            ("order 😀", None),
            ("😀", "order 😀"),
            ("deliver", "order 😀"),
            ("aio_sleep_for", "deliver"),
            ("refund", "order 😀"),
            ("alone", None),
            ("shop", None),
        ]


@pytest.mark.parametrize("text", ["", "def f(): ...\n", "from hatchet_sdk import Hatchet\n"])
async def test_a_file_without_workflows_has_none(puller: Session, text: str) -> None:
    assert await puller.outline(puller.open(text)) is None


async def test_what_is_not_open_has_none(puller: Session) -> None:
    uri = puller.open(CLEAN)
    puller.close(uri)
    assert await puller.outline(uri) is None
