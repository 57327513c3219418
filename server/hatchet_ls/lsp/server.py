"""The language server: what it is made of."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from lsprotocol import types
from pygls.exceptions import FeatureRequestError, JsonRpcException, JsonRpcInternalError, PyglsError
from pygls.lsp.server import LanguageServer

from hatchet_ls import __version__
from hatchet_ls.lsp import (
    code_actions,
    completion,
    definition,
    hover,
    lifecycle,
    logs,
    references,
    rename,
    status,
    symbols,
    synchronization,
)
from hatchet_ls.lsp.analysis import Analyses
from hatchet_ls.lsp.capabilities import Client
from hatchet_ls.lsp.commands import COMMANDS
from hatchet_ls.lsp.configuration import Configuration
from hatchet_ls.lsp.diagnostics import Diagnostics
from hatchet_ls.lsp.documents import Documents
from hatchet_ls.lsp.engine import Engine
from hatchet_ls.lsp.garbage import Collector
from hatchet_ls.lsp.protocol import Protocol
from hatchet_ls.lsp.settings_diagnostics import SettingsDiagnostics
from hatchet_ls.lsp.uris import uri_of
from hatchet_ls.lsp.worker import Urgency, Worker

if TYPE_CHECKING:
    from hatchet_ls.lsp.configuration import Section
    from hatchet_ls.project.settings import SettingsProblem

log = logging.getLogger(__name__)

T = TypeVar("T")

_PATIENCE = 2.0
"""Seconds for which the first analysis waits for the editor's settings, at most: a client may never tell them."""

_FEATURES: dict[str, tuple[Callable[..., Any], Any]] = {
    types.INITIALIZE: (lifecycle.initialize, None),
    types.INITIALIZED: (lifecycle.initialized, None),
    types.SHUTDOWN: (lifecycle.shutdown, None),
    types.EXIT: (lifecycle.leave, None),
    types.WORKSPACE_DID_CHANGE_CONFIGURATION: (lifecycle.did_change_configuration, None),
    types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: (lifecycle.did_change_workspace_folders, None),
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: (synchronization.did_change_watched_files, None),
    types.TEXT_DOCUMENT_DID_OPEN: (synchronization.did_open, None),
    types.TEXT_DOCUMENT_DID_CHANGE: (synchronization.did_change, None),
    types.TEXT_DOCUMENT_DID_CLOSE: (synchronization.did_close, None),
    types.TEXT_DOCUMENT_DID_SAVE: (synchronization.did_save, None),
    types.TEXT_DOCUMENT_CODE_ACTION: (code_actions.code_actions, code_actions.OPTIONS),
    types.TEXT_DOCUMENT_HOVER: (hover.hover, None),
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: (symbols.document_symbols, symbols.OPTIONS),
    types.TEXT_DOCUMENT_DEFINITION: (definition.definition, None),
    types.TEXT_DOCUMENT_REFERENCES: (references.references, None),
    types.TEXT_DOCUMENT_PREPARE_RENAME: (rename.prepare_rename, None),
    types.TEXT_DOCUMENT_RENAME: (rename.rename, None),
    types.TEXT_DOCUMENT_COMPLETION: (completion.completion, completion.OPTIONS),
}
"""What is there for every client. ``textDocument/diagnostic`` comes with one that pulls."""


class Server(LanguageServer):
    """One server for one client."""

    protocol: Protocol

    def __init__(self) -> None:
        super().__init__("hatchet-ls", __version__, protocol_cls=Protocol)
        self.client = Client()
        self.client_name = "unknown"
        """Its name and version, as it gives them."""
        self.folders: dict[Path, str] = {}
        """The workspace's folders with their URIs as the client spells them; from ``initialize`` on never empty."""
        self.has_folders = False
        """The client has named them; else the working directory stands for them."""
        self.configuration = Configuration()
        self.asked = threading.Event()
        """The editor's settings are known, or will not be."""
        self.exit_code = 1
        """0 once the client has asked to shut down."""
        self.stopped = threading.Event()
        self.documents = Documents()
        self.engine = Engine(self.documents.text_of)
        self.settings = SettingsDiagnostics(self)
        self.diagnostics = Diagnostics(self)
        self.collector = Collector(lambda: self.engine.warm)
        self._worker = Worker(self._tidy)
        self.analyses = Analyses(
            self.documents, self._worker, self.engine.analyse, lambda result: self._learn(result.problems)
        )
        self._sections: tuple[Mapping[Path, Section], Section, bool] = ({}, {}, False)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        for method, (handler, options) in _FEATURES.items():
            self.answer(method, handler, options)
        for name, execute in COMMANDS.items():
            self._offer(name, execute)

    def _offer(self, name: str, execute: Callable[[Server, object], Awaitable[object]]) -> None:
        async def command(*arguments: Any) -> object:
            return await execute(self, arguments[0] if arguments else None)

        self.command(name)(command)

    def answer(self, method: str, handler: Callable[..., Any], options: object = None) -> None:
        """Have a method answered by ``handler(server, params)``."""
        self.feature(method, options)(partial(handler, self))

    @property
    def root(self) -> Path:
        """The first folder."""
        return next(iter(self.folders))

    def begin(self) -> None:
        """Load the engine, once the answer to ``initialize`` is out."""
        self._loop = asyncio.get_running_loop()
        logs.install(self._log)
        if not self.client.configuration:
            self.asked.set()

        def first() -> None:
            self.engine.load()
            # Without the settings the first analysis would only be done again.
            self.asked.wait(_PATIENCE)

        self._worker.submit(first, Urgency.ASKED)
        self.open_workspaces()
        self._loop.call_soon(self._worker.start)

    def open_workspaces(self) -> None:
        """Go by the folders and the editor's settings as they are now."""
        folders = {folder: self.configuration.of(folder) for folder in self.folders}
        sections = folders, self.configuration.of(None), self.has_folders
        if sections != self._sections:
            begun = bool(self._sections[0])
            self._sections = sections
            self._change(lambda: self.engine.open(*sections[:2], named=sections[2]), settings=begun)

    def invalidate(self, paths: Sequence[Path]) -> None:
        """Look again at files that have changed on disk."""
        self._change(lambda: self.engine.invalidate(paths), settings=any(path.suffix != ".py" for path in paths))

    def _change(self, work: Callable[[], None], *, settings: bool) -> None:
        """Have the engine changed before all further analyses, then look at all open documents again.

        ``settings``: settings or environments may be others.
        """

        def change() -> Sequence[SettingsProblem]:
            work()
            return self.engine.problems()

        async def learn() -> None:
            self._learn(await asyncio.wrap_future(done), settings=settings)
            if settings and self.client.token_refreshes and any(document.is_python for document in self.documents):
                self.workspace_semantic_tokens_refresh(None)

        done = self._worker.submit(change, Urgency.ASKED)
        self.analyses.touch()
        self.diagnostics.all_changed()
        self.start(learn())

    def _learn(self, problems: Sequence[SettingsProblem], *, settings: bool = False) -> None:
        """Tell of the problems with settings, and a client that shows the status that it may be another."""
        if (self.settings.learn(problems) or settings) and self.client.shows_status:
            self.protocol.notify(status.CHANGED)

    async def work(self, question: Callable[[], T]) -> T:
        """Have a question answered on the engine's thread, before all that nobody waits for."""
        return await asyncio.wrap_future(self._worker.submit(question, Urgency.ASKED))

    def _tidy(self, busy: bool) -> None:
        """Free memory between pieces of work."""
        self.engine.tidy(busy=busy)
        self.collector.tidy(busy=busy)

    def ask_to_pull(self) -> None:
        """Ask the client to ask for diagnostics again, if it can be asked."""
        if self.client.refreshes:
            self.workspace_diagnostic_refresh(None)

    def uri_of(self, path: Path) -> str:
        """A file's URI, as the client spells it if it has the file open."""
        document = self.documents.at(path)
        return uri_of(path) if document is None else document.uri

    def start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run something beside the requests. Its errors go to the log."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("internal error", exc_info=error)

    def report_server_error(self, error: Exception, source: type[PyglsError] | type[JsonRpcException]) -> None:
        """Log what goes wrong in pygls or in a handler. Never a popup."""
        if isinstance(error, JsonRpcInternalError) and isinstance(error.data, dict):
            log.error("%s\n%s", error, "".join(error.data.get("traceback", ())))
        elif source is not FeatureRequestError:
            log.warning("%s", error or type(error).__name__)

    def _log(self, message: types.LogMessageParams) -> None:
        """From any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.window_log_message, message)

    def shutdown(self) -> None:
        """Read no further message, and finish no further work."""
        self.stopped.set()
        self._worker.stop()
